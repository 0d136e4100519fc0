import * as vscode from 'vscode';
import { checkLines } from './core/checkStep.js';
import { startRhythm } from './schedule/rhythm.js';
import { engineThread } from './thread/client.js';
import { registerMenu } from './ui/bar/showMenu.js';
import { StatusBar } from './ui/bar/statusBar.js';
import { registerCommands } from './ui/commands/commands.js';
import { ConfigProblems } from './ui/configProblems.js';
import { DailyNotices } from './ui/dailyNotices.js';
import { Decorations } from './ui/decorations.js';
import { Documents } from './ui/documents/documents.js';
import { GitHubToken } from './ui/githubToken.js';
import { KnownTokens } from './ui/knownTokens.js';
import { KPI_PANEL_TYPE, KpiPanel } from './ui/panel/kpiPanel.js';
import { figuresChange, panelSources } from './ui/panel/panelTargets.js';
import { Polling } from './ui/polling.js';
import { SourceToken } from './ui/sourceToken.js';
import { Target } from './ui/state/target.js';
import { Targets } from './ui/state/targets.js';
import { IncomingView } from './ui/tree/incomingView.js';
import { wakeWhenIdle } from './ui/wake.js';
import { followContext } from './ui/windowContext.js';

/** What an engine is given to work with: one token for the siblings, one for the target. */
interface Tokens {
  readonly token: SourceToken;
  readonly github: GitHubToken;
}

/** Makes the target of an open folder; its engine's thread starts with the first question. */
function makeTarget(extension: vscode.Uri, { token, github }: Tokens, log: vscode.LogOutputChannel) {
  const entry = vscode.Uri.joinPath(extension, 'dist', 'engine.cjs').fsPath;
  return (folder: vscode.WorkspaceFolder): Target =>
    new Target(folder, (progress) =>
      engineThread({
        entry,
        progress: (step) => {
          for (const line of step.check === undefined ? [] : checkLines(step.check)) log.info(token.redact(line));
          progress(step);
        },
        options: async () => ({
          workspace: folder.uri.fsPath,
          environment: { ...(await token.environment()), ...(await github.environment()) },
        }),
      }),
    );
}

/** Lets every engine start anew with the tokens of now, and says what is true then. */
function restart(targets: Targets): void {
  for (const target of targets.all) {
    const isRead = target.state.overview !== null || target.state.trouble !== null;
    void target.restart().then(() => (isRead ? target.refresh() : undefined));
  }
}

/** What has to end in order when the window closes; null before the extension is used. */
let running: Targets | null = null;

/** Called by the editor once: when a workspace with a configuration is open, the view is shown or a command is used. */
export function activate(context: vscode.ExtensionContext): void {
  const { subscriptions, extensionUri, secrets, workspaceState, globalState, globalStorageUri } = context;
  const keep = <One extends vscode.Disposable>(one: One): One => {
    subscriptions.push(one);
    return one;
  };
  const log = keep(vscode.window.createOutputChannel('AutoSync', { log: true }));
  const tokens = new KnownTokens();
  const token = keep(new SourceToken(secrets, tokens));
  const github = keep(new GitHubToken(secrets, tokens));
  const daily = new DailyNotices(globalState, { log, token });
  const targets = keep(new Targets(makeTarget(extensionUri, { token, github }, log)));
  running = targets;
  const idle = keep(wakeWhenIdle(targets));
  const documents = keep(new Documents({ targets, storage: globalStorageUri, telling: { log, token } }));
  const view = keep(new IncomingView({ targets, memory: workspaceState, onFirstShown: () => idle.wake() }));
  const show: IncomingView['show'] = (target, filter) => view.show(target, filter);
  const redact = (text: string): string => token.redact(text);
  const polling = keep(new Polling({ targets, memory: workspaceState, log, redact, daily, rhythm: startRhythm, show }));
  keep(followContext(targets));
  keep(new StatusBar(targets));
  keep(registerMenu({ targets, polling, show }));
  keep(new Decorations(targets));
  keep(new ConfigProblems(targets));
  keep(token.onDidChange(() => restart(targets)));
  keep(github.onDidChange(() => restart(targets)));
  keep(github.onDidMiss(() => daily.missed()));
  const panel = keep(
    new KpiPanel({
      extension: extensionUri,
      sources: () => panelSources(targets),
      onDidChange: keep(figuresChange(targets)).event,
      reveal: (target, filter) => void show(target, filter),
      run: (command) => void vscode.commands.executeCommand(command),
    }),
  );
  keep(vscode.window.registerWebviewPanelSerializer(KPI_PANEL_TYPE, panel));
  keep(
    registerCommands({
      targets,
      view,
      documents,
      polling,
      token,
      github,
      daily,
      log,
      memory: workspaceState,
      showPanel: (target) => panel.show(target),
    }),
  );
}

/** Called by the editor when the window closes. It waits a few seconds, so that no check goes on without anybody. */
export async function deactivate(): Promise<void> {
  await running?.stop();
}

import * as vscode from 'vscode';
import { CONFIG_FILE } from './core/config.js';
import type { StatusReport } from './core/reports.js';
import { COMMANDS } from './ui/contributions.js';
import { StateFeed } from './ui/stateFeed.js';
import { StatePanel } from './ui/statePanel.js';
import { StatusBar } from './ui/statusBar.js';

/** What changes when a run ends, or when a person edits the configuration. */
const WATCHED = '.autosync/{state.json,config.json}';

const hasConfig = (folder: vscode.WorkspaceFolder): Thenable<boolean> =>
  vscode.workspace.fs.stat(vscode.Uri.joinPath(folder.uri, CONFIG_FILE)).then(
    () => true,
    () => false,
  );

/** The folder AutoSync works on: the first with a configuration, else the first. */
async function chosenFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const configured = await Promise.all(folders.map(hasConfig));
  return folders.find((_, index) => configured[index]) ?? folders[0];
}

/** Reads what the store remembers of the open folder; the engine is loaded at its first use. */
async function readStatus(): Promise<StatusReport> {
  const folder = await chosenFolder();
  if (folder === undefined) throw new Error('Open a folder first: AutoSync works on the repository that is open.');
  const { createEngine } = await import('./engine.js');
  return createEngine({ workspace: folder.uri.fsPath, environment: {}, progress: () => undefined }).status();
}

/** Refreshes when a file that is shown changes, appears or goes away, in any open folder. */
function watch(feed: StateFeed): readonly vscode.Disposable[] {
  return (vscode.workspace.workspaceFolders ?? []).flatMap((folder) => {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, WATCHED));
    const refresh = (): Promise<void> => feed.refresh();
    return [watcher, watcher.onDidChange(refresh), watcher.onDidCreate(refresh), watcher.onDidDelete(refresh)];
  });
}

/** Called by the editor once, when a workspace with a configuration is open or a command is used. */
export function activate(context: vscode.ExtensionContext): void {
  const feed = new StateFeed(readStatus);
  const panel = new StatePanel(context.extensionUri, feed);
  context.subscriptions.push(
    panel,
    new StatusBar(feed),
    ...watch(feed),
    vscode.commands.registerCommand(COMMANDS.showState, () => panel.show()),
    vscode.commands.registerCommand(COMMANDS.refresh, () => feed.refresh()),
  );
  void feed.refresh();
}

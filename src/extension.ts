import * as vscode from 'vscode';
import { CONFIG_FILE } from './core/config.js';
import type { StatusReport } from './core/reports.js';
import { COMMANDS } from './ui/contributions.js';
import { openStatePanel } from './ui/statePanel.js';
import { StatusBar } from './ui/statusBar.js';

/** Reads what the store remembers of a folder; the engine is loaded at its first use. */
async function readStatus(folder: vscode.WorkspaceFolder): Promise<StatusReport> {
  const { createEngine } = await import('./engine.js');
  return createEngine({ workspace: folder.uri.fsPath, environment: {}, progress: () => undefined }).status();
}

/** Called by the editor once, when a workspace with a configuration is open or a command is used. */
export function activate(context: vscode.ExtensionContext): void {
  const folder = vscode.workspace.workspaceFolders?.[0];
  const read = (): Promise<StatusReport> =>
    folder === undefined
      ? Promise.reject(new Error('Open a folder first: AutoSync works on the repository that is open.'))
      : readStatus(folder);
  const bar = new StatusBar(read);
  context.subscriptions.push(
    bar,
    vscode.commands.registerCommand(COMMANDS.showState, () => openStatePanel(context, read)),
    vscode.commands.registerCommand(COMMANDS.refresh, () => bar.refresh()),
  );
  if (folder === undefined) return;
  const mirror = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(folder, '.autosync/{state.json,config.json}'),
  );
  context.subscriptions.push(
    mirror,
    mirror.onDidChange(() => bar.refresh()),
    mirror.onDidCreate(() => bar.refresh()),
  );
  void vscode.workspace.fs.stat(vscode.Uri.joinPath(folder.uri, CONFIG_FILE)).then(
    () => bar.refresh(),
    () => undefined,
  );
}

import * as vscode from 'vscode';
import type { ForgeServer } from '../forgeServer.js';
import type { GitHubToken } from '../githubToken.js';

/** The configured GitHub; null when it is no address, which is said then. */
export function serverOr({ server }: Pick<GitHubToken, 'server'>): ForgeServer | null {
  if (server !== null) return server;
  const open = 'Open Settings';
  void vscode.window
    .showErrorMessage(
      'The setting "autosync.github.server" is no address that a token may be sent to. It takes https:// and a host, without a path.',
      open,
    )
    .then((chosen) =>
      chosen === open
        ? vscode.commands.executeCommand('workbench.action.openSettings', 'autosync.github.server')
        : undefined,
    );
  return null;
}

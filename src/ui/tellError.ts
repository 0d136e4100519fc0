import * as vscode from 'vscode';
import { toldOf } from './commands/problemWords.js';
import { errorText } from './errorText.js';
import type { SourceToken } from './sourceToken.js';

/** Where errors are told: the log, without any token in it. */
export interface Telling {
  readonly log: vscode.LogOutputChannel;
  readonly token: Pick<SourceToken, 'redact'>;
}

/** A window that closes ends what is under way, and its log before that. */
function note(log: vscode.LogOutputChannel, kind: 'info' | 'error', text: string): void {
  try {
    log[kind](text);
  } catch {
    // Nobody is there to read it any more.
  }
}

/** Says an error in the editor's words with what mends it; the whole of it goes into the log. */
export async function tellError({ log, token }: Telling, error: unknown): Promise<void> {
  const { kind, text, ways } = toldOf(error);
  if (kind === 'silent') {
    note(log, 'info', 'A run was cancelled.');
    vscode.window.setStatusBarMessage('AutoSync: cancelled', 5_000);
    return;
  }
  if (kind === 'error')
    note(
      log,
      'error',
      errorText(error, (found) => token.redact(found)),
    );
  const show = kind === 'error' ? vscode.window.showErrorMessage : vscode.window.showInformationMessage;
  const chosen = await show(token.redact(text), ...ways);
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen.command);
}

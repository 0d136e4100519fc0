import * as vscode from 'vscode';
import { COMMANDS } from '../contributions.js';
import { plainLabel } from '../plainLabel.js';
import { isTrusted } from './ask.js';
import { serverOr } from './forgeSetting.js';
import type { CommandParts } from './parts.js';
import { tellResult } from './tell.js';
import { accessWords, tokenProblem, withoutBlanks } from './tokenWords.js';

/**
 * Set GitHub Token: keeps a token that works on the target in the editor's secret storage, for a GitHub that the editor
 * has no account of, or for somebody who wants to grant less than an account does.
 */
export async function setGitHubToken({ github }: Pick<CommandParts, 'github'>): Promise<void> {
  if (!isTrusted()) return;
  const server = serverOr(github);
  if (server === null) return;
  const typed = await vscode.window.showInputBox({
    title: 'Set GitHub Token',
    prompt: `A token for the target, with "Contents: read and write" and "Pull requests: read and write". ${accessWords(server.origin)}`,
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' ? null : tokenProblem(text)),
  });
  if (typed === undefined || tokenProblem(typed) !== null) return;
  await github.set(withoutBlanks(typed), server.origin);
  tellResult('information', `The GitHub token for ${plainLabel(server.origin)} is kept by the editor.`, [
    { title: 'Run Doctor', command: COMMANDS.doctor },
  ]);
}

import * as vscode from 'vscode';
import { COMMANDS } from '../contributions.js';
import { plainLabel } from '../plainLabel.js';
import { ask, isTrusted } from './ask.js';
import { serverOr } from './forgeSetting.js';
import type { CommandParts } from './parts.js';
import { tellResult } from './tell.js';
import { accessWords, USUAL_ORIGIN } from './tokenWords.js';

type Parts = Pick<CommandParts, 'github'>;

/** Accounts of the editor are those of github.com; another GitHub takes a token. */
function offerToken(text: string): void {
  tellResult('information', text, [{ title: 'Set GitHub Token...', command: COMMANDS.setGitHubToken }]);
}

/** Sign In to GitHub: says what the account will be used for, lets the editor ask which one, and uses it from then on. */
export async function signIn({ github }: Parts): Promise<void> {
  if (!isTrusted()) return;
  const server = serverOr(github);
  if (server === null) return;
  if (server.origin !== USUAL_ORIGIN) {
    offerToken(`The editor signs in to github.com only; for ${plainLabel(server.origin)} AutoSync takes a token.`);
    return;
  }
  const question = { text: 'Sign in to GitHub?', detail: accessWords(server.origin), yes: 'Sign In' };
  if (!(await ask(question))) return;
  try {
    const account = await github.signIn();
    void vscode.window.showInformationMessage(`AutoSync works on GitHub as ${plainLabel(account, 60)} from now on.`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    offerToken(`AutoSync was not signed in to GitHub: ${plainLabel(why)}`);
  }
}

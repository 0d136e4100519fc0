import * as vscode from 'vscode';
import { chooseCommit } from './chooseCommit.js';
import { pullRequestPage } from './forgePages.js';
import type { CommandParts } from './parts.js';
import type { Given } from './rows.js';

const QUESTION = {
  title: 'Open Pull Request',
  suits: (row: Parameters<typeof pullRequestPage>[0]): boolean => pullRequestPage(row) !== null,
  none: 'No incoming commit has a pull request.',
};

/** Open Pull Request: the one that carries a commit, in the browser. */
export async function openPullRequest(parts: Pick<CommandParts, 'targets'>, given?: Given): Promise<void> {
  const commit = await chooseCommit(parts, given, QUESTION);
  const page = commit === undefined ? null : pullRequestPage(commit.row);
  if (page !== null) await vscode.env.openExternal(vscode.Uri.parse(page, true));
}

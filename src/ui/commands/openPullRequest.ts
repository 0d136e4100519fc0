import * as vscode from 'vscode';
import type { IncomingRow } from '../../core/overview.js';
import { chooseCommit } from './chooseCommit.js';
import { pullRequestPage } from './forgePages.js';
import type { CommandParts } from './parts.js';
import type { Given } from './rows.js';

/** Open Pull Request: the one that carries a commit, in the browser. */
export async function openPullRequest(parts: Pick<CommandParts, 'targets'>, given?: Given): Promise<void> {
  const overviews = parts.targets.all.map(({ state }) => state.overview);
  const commit = await chooseCommit(parts, given, {
    title: 'Open Pull Request',
    suits: (row: IncomingRow) => overviews.some((overview) => pullRequestPage(overview, row) !== null),
    none: 'No incoming commit has a pull request.',
  });
  if (commit === undefined) return;
  const page = pullRequestPage(parts.targets.get(commit.target)?.state.overview ?? null, commit.row);
  if (page !== null) await vscode.env.openExternal(vscode.Uri.parse(page, true));
  else
    void vscode.window.showInformationMessage(
      'That pull request is on no GitHub that this window works with; "autosync.github.server" in the settings names it.',
    );
}

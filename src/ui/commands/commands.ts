import * as vscode from 'vscode';
import { AutoSyncError } from '../../core/errors.js';
import { COMMANDS, type CommandId } from '../contributions.js';
import { tellError } from '../tellError.js';
import { addSibling } from './addSibling.js';
import { apply } from './apply.js';
import { cancel } from './cancel.js';
import { copySha } from './copySha.js';
import { decline } from './decline.js';
import { doctor } from './doctor.js';
import { explain } from './explain.js';
import { findSiblings } from './findSiblings.js';
import { forgetSourceToken } from './forgetSourceToken.js';
import { type Known, knownRows } from './knownRows.js';
import { openConfig } from './openConfig.js';
import { openOnForge } from './openOnForge.js';
import { openPullRequest } from './openPullRequest.js';
import { openWalkthrough } from './openWalkthrough.js';
import type { CommandParts } from './parts.js';
import { pausePolling, resumePolling } from './polling.js';
import { preview, previewFile, previewOwn, resolve } from './preview.js';
import type { Given } from './rows.js';
import { scan } from './scan.js';
import { setGitHubToken } from './setGitHubToken.js';
import { setSourceToken } from './setSourceToken.js';
import { showPanel } from './showPanel.js';
import { signIn } from './signIn.js';
import { signOut } from './signOut.js';
import { sync } from './sync.js';
import { TextDocuments } from './textDocuments.js';
import { undo } from './undo.js';
import { writeWorkflow } from './writeWorkflow.js';

/** What a command does with the row it was called on, and with all that were selected. */
type Run = (clicked: unknown, selected: unknown) => void | Promise<void>;

/** Every command of this folder, by its id. */
const runsOf = (parts: CommandParts, texts: TextDocuments): readonly (readonly [CommandId, Run])[] => [
  [COMMANDS.sync, (row) => sync(parts, row)],
  [COMMANDS.scan, (row) => scan(parts, row)],
  [COMMANDS.cancel, () => cancel(parts)],
  [COMMANDS.findSiblings, (row) => findSiblings(parts, row)],
  [COMMANDS.addSibling, (row) => addSibling(parts, row)],
  [COMMANDS.apply, (row, rows) => apply(parts, row, rows)],
  [COMMANDS.decline, (row, rows) => decline(parts, row, rows)],
  [COMMANDS.explain, (row) => explain(parts, texts, row)],
  [COMMANDS.preview, (row) => preview(parts, row)],
  [COMMANDS.previewFile, (row) => previewFile(parts, row)],
  [COMMANDS.previewOwn, (row) => previewOwn(parts, row)],
  [COMMANDS.resolve, (row) => resolve(parts, row)],
  [COMMANDS.undo, (given) => undo(parts, given)],
  [COMMANDS.pausePolling, () => pausePolling(parts)],
  [COMMANDS.resumePolling, () => resumePolling(parts)],
  [COMMANDS.openConfig, (row) => openConfig(parts, row)],
  [COMMANDS.setSourceToken, (row) => setSourceToken(parts, row)],
  [COMMANDS.forgetSourceToken, () => forgetSourceToken(parts)],
  [COMMANDS.signIn, () => signIn(parts)],
  [COMMANDS.signOut, () => signOut(parts)],
  [COMMANDS.setGitHubToken, () => setGitHubToken(parts)],
  [COMMANDS.showPanel, (row) => showPanel(parts, row)],
  [COMMANDS.showLog, () => parts.log.show()],
  [COMMANDS.doctor, (row) => doctor(parts, texts, row)],
  [COMMANDS.writeWorkflow, (row) => writeWorkflow(parts, row)],
  [COMMANDS.copySha, (row, rows) => copySha(parts, row, rows)],
  [COMMANDS.openOnForge, (row) => openOnForge(parts, row)],
  [COMMANDS.openPullRequest, (row) => openPullRequest(parts, row)],
  [COMMANDS.openWalkthrough, () => openWalkthrough()],
];

/** What is known of the row. Throws `unknown-commit`. */
function needed(row: Known): Given {
  if (row.kind === 'known') return row.given;
  const why = 'no sibling has it any more';
  throw new AutoSyncError({ code: 'unknown-commit', given: row.sha, why });
}

/** What is known of selected rows; those that are gone are left out. */
const remaining = (selected: unknown, known: (given: Given) => Known): readonly Given[] =>
  (Array.isArray(selected) ? selected : []).map(known).flatMap((row) => (row.kind === 'known' ? [row.given] : []));

/** Registers every contributed command that no view registers itself. Whatever one of them throws is said to the person. */
export function registerCommands(parts: CommandParts): vscode.Disposable {
  const texts = new TextDocuments();
  const registered = runsOf(parts, texts).map(([id, run]) =>
    vscode.commands.registerCommand(id, async (clicked: unknown, selected: unknown) => {
      try {
        const known = knownRows(parts.targets.state.targets);
        await run(needed(known(clicked)), remaining(selected, known));
      } catch (error) {
        await tellError(parts, error);
      }
    }),
  );
  return vscode.Disposable.from(texts, ...registered);
}

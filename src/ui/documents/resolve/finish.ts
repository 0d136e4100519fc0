import * as vscode from 'vscode';
import type { IncomingCommit } from '../../../core/enhancement.js';
import { isProblem } from '../../../core/errors.js';
import type { ResolvedFile } from '../../../core/preview.js';
import { COMMANDS } from '../../contributions.js';
import { editorWords } from '../../editorWords.js';
import { plainLabel } from '../../plainLabel.js';
import type { Target } from '../../state/target.js';
import { AGAIN, rowOf, sayWith } from './questions.js';
import { type RecordedFile, type ResolveRecord, stillConflicts } from './record.js';
import type { ResolutionFolder } from './resolutionFolder.js';

const APPLY = { title: 'Apply...', command: COMMANDS.apply } as const;

async function fileOf(folder: ResolutionFolder, record: ResolveRecord, file: RecordedFile): Promise<ResolvedFile> {
  const { path, answer } = file;
  if (answer === 'ours' || answer === 'theirs') return { path, keep: answer };
  return { path, text: answer === 'deleted' ? null : await folder.text(record, file) };
}

/** What a person made of every file. */
const filesOf = (folder: ResolutionFolder, record: ResolveRecord): Promise<readonly ResolvedFile[]> =>
  Promise.all(record.files.map((file) => fileOf(folder, record, file)));

/** Hands the resolution to the engine; null when something else conflicts by now. */
function handOver(
  target: Target,
  record: ResolveRecord,
  files: readonly ResolvedFile[],
): Promise<IncomingCommit | null> {
  return target.work('resolve', async (engine, signal) => {
    const now = await engine.conflict(record.sha, signal);
    return stillConflicts(record, now) ? engine.resolve(record.sha, files, signal) : null;
  });
}

function sayResolved(target: Target, record: ResolveRecord, { standing, reason }: IncomingCommit): void {
  const resolved = `The conflict of "${plainLabel(record.subject)}" is resolved.`;
  if (standing === 'candidate') sayWith(`${resolved} Apply lands it after the checks.`, APPLY, rowOf(target, record));
  else void vscode.window.showInformationMessage(`${resolved} ${plainLabel(editorWords(reason), 300)}`);
}

/**
 * Records how the conflicts of a commit were resolved, and says what comes next. When the target changed meanwhile it
 * says so, and the changed files start again. Throws what the engine throws; what a person did stays on disk then.
 */
export async function finishResolving(folder: ResolutionFolder, target: Target, record: ResolveRecord): Promise<void> {
  const files = await filesOf(folder, record);
  try {
    const commit = await handOver(target, record, files);
    if (commit === null) {
      sayWith('The files changed while their conflict was resolved, so it starts again.', AGAIN, rowOf(target, record));
      return;
    }
    await folder.remove(record);
    sayResolved(target, record, commit);
  } catch (error) {
    if (isProblem(error, 'locked')) {
      const kept = 'Your resolution is kept; AutoSync is busy with something else here just now.';
      sayWith(kept, { ...AGAIN, title: 'Try Again' }, rowOf(target, record));
      return;
    }
    if (!isProblem(error, 'cannot-land')) throw error;
    await folder.remove(record);
    sayWith(plainLabel(editorWords(error.message), 600), AGAIN, rowOf(target, record));
  }
}

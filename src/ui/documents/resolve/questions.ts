import * as vscode from 'vscode';
import { COMMANDS } from '../../contributions.js';
import { plainLabel } from '../../plainLabel.js';
import type { Target } from '../../state/target.js';
import { enhancementId } from '../../tree/enhancementId.js';
import type { EnhancementRow } from '../../tree/row.js';
import { nameOf } from '../titles.js';
import { choicesFor, choiceTitle, type Sides } from './choices.js';
import type { RecordedFile, ResolveRecord, Resolving } from './record.js';

/** The row of a commit as the view has it now; null when it is not known any more. */
export function rowOf(target: Target, { sibling, sha }: ResolveRecord): EnhancementRow | null {
  const row = target.state.overview?.rows.find((one) => one.sibling === sibling && one.sha === sha);
  const { id } = target.state;
  return row === undefined ? null : { kind: 'enhancement', id: enhancementId(id, row), target: id, row };
}

/** A button that runs a command on the commit. */
interface Way {
  readonly title: string;
  readonly command: typeof COMMANDS.resolve | typeof COMMANDS.apply;
}

/** Says something with a button that leads on; nobody waits for the answer. */
export function sayWith(text: string, way: Way, row: EnhancementRow | null): void {
  const ways = row === null ? [] : [way];
  void vscode.window.showInformationMessage(text, ...ways).then((chosen) => {
    if (chosen !== undefined) void vscode.commands.executeCommand(chosen.command, row);
  });
}

/** Leads back to the conflicts of a commit. */
export const AGAIN: Way = { title: 'Start Again', command: COMMANDS.resolve };

/** Asks how a file is resolved that cannot be merged line by line; undefined when the person does not say. */
export async function askChoice(
  file: RecordedFile,
  sides: Sides,
  record: ResolveRecord,
  branch: string,
): Promise<Resolving | undefined> {
  const chosen = await vscode.window.showQuickPick([...choicesFor(sides, branch, record.sibling)], {
    title: `Resolve ${plainLabel(record.subject)}`,
    placeHolder: choiceTitle(file, sides),
    ignoreFocusOut: true,
  });
  return chosen?.answer;
}

/** Asks whether a file whose editor was left is done. */
export async function askDone({ path }: RecordedFile): Promise<'done' | 'again' | undefined> {
  const [done, again] = ['It Is Resolved', 'Open Again'];
  const text = `No conflict marker is left in ${plainLabel(nameOf(path))}. Is its conflict resolved?`;
  const chosen = await vscode.window.showInformationMessage(text, done, again);
  return chosen === done ? 'done' : chosen === again ? 'again' : undefined;
}

/** Says that a file cannot be finished yet. */
export async function sayMarkers({ path }: RecordedFile): Promise<void> {
  await vscode.window.showWarningMessage(
    `${plainLabel(nameOf(path))} still has conflict markers. Take them out, then complete the merge.`,
  );
}

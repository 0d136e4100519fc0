import * as vscode from 'vscode';
import { plainLabel } from '../plainLabel.js';
import type { TargetState } from '../state/model.js';
import type { Target } from '../state/target.js';
import type { CommandParts } from './parts.js';
import { type Given, rowOf } from './rows.js';

/** Which target a command can work on, and what is said when there is none. */
export interface TargetQuestion {
  readonly title: string;
  readonly suits?: (state: TargetState) => boolean;
  readonly none?: string;
}

/** Reads every target that was not read yet: a person asked, so nothing waits for a quiet moment any more. */
async function allRead({ targets }: Pick<CommandParts, 'targets'>): Promise<readonly Target[]> {
  targets.wake();
  const unread = targets.all.filter(({ state }) => state.overview === null && state.trouble === null);
  await Promise.all(unread.map((target) => target.refresh()));
  return targets.all;
}

/**
 * The target that a command is about: that of the row it was called on, the only one it can work on, or the one that a
 * person picks. Undefined when there is none, which is said, or when nothing was picked.
 */
export async function chooseTarget(
  parts: Pick<CommandParts, 'targets'>,
  given: Given,
  { title, suits = () => true, none = 'Open the folder of a repository first.' }: TargetQuestion,
): Promise<Target | undefined> {
  const row = rowOf(given);
  if (row !== null) return parts.targets.get(row.target);
  const all = (await allRead(parts)).filter(({ state }) => suits(state));
  if (all.length === 0) void vscode.window.showInformationMessage(none);
  if (all.length < 2) return all[0];
  const items = all.map((target) => ({
    label: plainLabel(target.state.name),
    description: plainLabel(target.state.folder),
    target,
  }));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'Which repository?' }))?.target;
}

/** What is said when no folder has siblings. */
export const NO_SIBLINGS = 'No sibling is known yet. Run "AutoSync: Find Siblings" first.';

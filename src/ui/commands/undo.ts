import * as vscode from 'vscode';
import { isText, objectOf } from '../../core/shape.js';
import { momentText } from '../moment.js';
import { plainLabel } from '../plainLabel.js';
import { listing, quantity } from '../quantity.js';
import type { Target } from '../state/target.js';
import { ask, isTrusted } from './ask.js';
import { chooseTarget } from './chooseTarget.js';
import { landsNothing, type UndoableRun, undoableRuns, undoQuestion } from './landingWords.js';
import type { CommandParts } from './parts.js';
import { branchOf, landsOf } from './policyOfTarget.js';
import { tellRun } from './runs.js';
import { undoneTold } from './runWords.js';
import { working } from './working.js';

type Parts = Pick<CommandParts, 'targets' | 'log' | 'token' | 'daily'>;

/** A run of a target, as the notification that tells of it names it. */
export interface RunGiven {
  readonly target: string;
  readonly run: string;
}

const runsOf = ({ state }: Pick<Target, 'state'>): readonly UndoableRun[] =>
  undoableRuns(state.overview?.landings ?? []);

const isRun = objectOf<RunGiven>({ target: isText, run: isText });

async function pickRun(runs: readonly UndoableRun[]): Promise<UndoableRun | undefined> {
  if (runs.length < 2) return runs[0];
  const items = runs.map((run) => ({
    label: momentText(run.at),
    description: plainLabel(`${quantity(run.picks.length, 'commit')} of ${listing(run.siblings)}`),
    detail: run.run,
    run,
  }));
  return (await vscode.window.showQuickPick(items, { title: 'Undo Run', placeHolder: 'Which run is taken back?' }))
    ?.run;
}

/** Undo Run: takes back what a run landed, after saying what that does. */
export async function undo(parts: Parts, given?: unknown): Promise<void> {
  if (!isTrusted()) return;
  const named = isRun(given) ? given : undefined;
  const none = 'There is no run to undo: nothing that AutoSync landed stands.';
  const suits = (state: Target['state']): boolean => runsOf({ state }).length > 0;
  const target =
    named === undefined
      ? await chooseTarget(parts, given, { title: 'Undo Run', suits, none })
      : parts.targets.get(named.target);
  if (target === undefined) return;
  const runs = runsOf(target);
  const run = runs.find((one) => one.run === named?.run) ?? (await pickRun(runs));
  if (run === undefined) return;
  const subjects = new Map(target.state.overview?.rows.map(({ sha, subject }) => [sha, subject]));
  const lands = landsOf(target);
  if (!landsNothing(lands) && !(await ask(undoQuestion(run, branchOf(target), subjects, lands)))) return;
  const report = await working(target, {
    kind: 'undo',
    title: 'AutoSync undoes a run',
    run: (engine, signal) => engine.undo(run.run, signal),
  });
  tellRun(parts, target, report, undoneTold(report, landsOf(target)));
}

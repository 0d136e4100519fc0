import type { IncomingRow } from '../../core/overview.js';
import { applicable, canApply } from '../possible.js';
import type { Target } from '../state/target.js';
import { ask, isTrusted } from './ask.js';
import { chooseCommit } from './chooseCommit.js';
import { applyQuestion, landsNothing } from './landingWords.js';
import type { CommandParts } from './parts.js';
import { branchOf, landsOf, readPolicy } from './policyOfTarget.js';
import { byTarget, type Given, selectedEnhancements } from './rows.js';
import { tellRun } from './runs.js';
import { appliedTold } from './runWords.js';
import { tellResult } from './tell.js';
import { working } from './working.js';

type Parts = Pick<CommandParts, 'targets' | 'log' | 'token' | 'daily'>;

const QUESTION = {
  title: 'Apply',
  suits: canApply,
  none: 'Nothing can be applied: no commit of a sibling waits. "AutoSync: Scan" looks again.',
};

async function applyTo(parts: Parts, target: Target, rows: readonly IncomingRow[]): Promise<void> {
  const lands = landsOf(target);
  const agreed =
    landsNothing(lands) || (await ask(applyQuestion(rows, branchOf(target), await readPolicy(target), lands)));
  if (!agreed) return;
  const report = await working(target, {
    kind: 'apply',
    title: 'AutoSync applies',
    run: (engine, signal) =>
      engine.apply(
        rows.map(({ sha }) => sha),
        signal,
      ),
  });
  tellRun(parts, target, report, appliedTold(report, landsOf(target)));
}

/** Apply: lands the selected commits, or one that a person picks, after saying what that does. */
export async function apply(parts: Parts, clicked?: Given, selected?: Given): Promise<void> {
  if (!isTrusted()) return;
  const chosen = selectedEnhancements(clicked, selected);
  const picked = chosen.length > 0 ? undefined : await chooseCommit(parts, clicked, QUESTION);
  for (const [id, rows] of byTarget(picked === undefined ? chosen : [picked])) {
    const target = parts.targets.get(id);
    const able = applicable(rows.map(({ row }) => row));
    if (able.length === 0) tellResult('information', 'Nothing of what is selected can be applied.', []);
    else if (target !== undefined) await applyTo(parts, target, able);
  }
}

import { forgeName } from '../landingPlace.js';
import { hasSiblings } from '../state/model.js';
import type { Target } from '../state/target.js';
import { ask, isTrusted } from './ask.js';
import { chooseTarget, NO_SIBLINGS } from './chooseTarget.js';
import { landsNothing, syncQuestion } from './landingWords.js';
import type { CommandParts } from './parts.js';
import { branchOf, landsOf, readPolicy } from './policyOfTarget.js';
import type { Given } from './rows.js';
import { tellRun } from './runs.js';
import { runTold } from './runWords.js';
import { siblingOf } from './scan.js';
import { working } from './working.js';

/** Under which key a workspace remembers to what a person agreed for a target. */
const agreedKey = (target: string): string => `autosync.agreedToSync:${target}`;

type Parts = Pick<CommandParts, 'targets' | 'log' | 'token' | 'daily' | 'memory'>;

/** True when a person agreed to what the policy lands, now or before; what lands otherwise, or elsewhere, is asked for again. */
async function agrees({ memory }: Parts, target: Target): Promise<boolean> {
  const lands = landsOf(target);
  // Nothing is validated or landed then: the run only looks, and says so.
  if (landsNothing(lands)) return true;
  const policy = await readPolicy(target);
  const terms = [policy.autoMerge, policy.maxRisk, ...(lands?.kind === 'forge' ? [forgeName(lands)] : [])].join(' ');
  const key = agreedKey(target.state.id);
  if (memory.get<string>(key) === terms) return true;
  const names = target.state.overview?.siblings.map(({ name }) => name) ?? [];
  if (!(await ask(syncQuestion(names, branchOf(target), policy, lands)))) return false;
  await memory.update(key, terms);
  return true;
}

/** Sync Now: the whole run, with landing; of a sibling's row for that sibling alone. */
export async function sync(parts: Parts, given?: Given): Promise<void> {
  if (!isTrusted()) return;
  const target = await chooseTarget(parts, given, { title: 'Sync Now', suits: hasSiblings, none: NO_SIBLINGS });
  if (target === undefined || !(await agrees(parts, target))) return;
  const sibling = siblingOf(given);
  const report = await working(target, {
    kind: 'sync',
    title: 'AutoSync syncs',
    run: (engine, signal) => engine.sync({ ...(sibling === undefined ? {} : { sibling }), dryRun: false, signal }),
  });
  const { overview } = target.state;
  if (overview !== null) tellRun(parts, target, report, runTold(report, overview));
}

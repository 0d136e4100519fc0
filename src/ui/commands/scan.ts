import { hasSiblings } from '../state/model.js';
import type { Target } from '../state/target.js';
import { isTrusted } from './ask.js';
import { chooseTarget, NO_SIBLINGS } from './chooseTarget.js';
import type { CommandParts } from './parts.js';
import { type Given, rowOf } from './rows.js';
import { tellRun } from './runs.js';
import { runTold } from './runWords.js';
import { working } from './working.js';

type Parts = Pick<CommandParts, 'targets' | 'log' | 'token' | 'daily'>;

/** Looks at the siblings of a target, or at one of them. */
export async function scanTarget(parts: Parts, target: Target, sibling?: string): Promise<void> {
  const report = await working(target, {
    kind: 'scan',
    title: 'AutoSync scans',
    run: (engine, signal) => engine.scan({ ...(sibling === undefined ? {} : { sibling }), signal }),
  });
  const { overview } = target.state;
  if (overview !== null) tellRun(parts, target, report, runTold(report, overview));
}

/** The sibling that a row stands for; undefined for the whole target. */
export function siblingOf(given: Given): string | undefined {
  const row = rowOf(given);
  return row?.kind === 'sibling' ? row.sibling : undefined;
}

/** Scan: of a sibling's row that sibling, else the whole target. */
export async function scan(parts: Parts, given?: Given): Promise<void> {
  if (!isTrusted()) return;
  const target = await chooseTarget(parts, given, { title: 'Scan', suits: hasSiblings, none: NO_SIBLINGS });
  if (target !== undefined) await scanTarget(parts, target, siblingOf(given));
}

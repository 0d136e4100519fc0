import type { IncomingCommit } from '../core/enhancement.js';
import { PRESENT_WORDS } from './standingWords.js';

/** How often a label occurs. */
export interface Tally {
  readonly label: string;
  readonly count: number;
}

/** The labels counted, the most frequent first, equal ones by name. */
export function tally(labels: readonly string[]): readonly Tally[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .map(([label, count]) => ({ label, count }))
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}

/** What commits of one standing are told apart by when they are summarised: the rule, the rung, or the reason. */
export function ruleOf({ evidence, reason }: Pick<IncomingCommit, 'evidence' | 'reason'>): string {
  if (evidence.kind === 'rule') return evidence.rule;
  if (evidence.kind === 'present') return PRESENT_WORDS[evidence.by];
  if (evidence.kind === 'cancelled') return 'taken back by the sibling itself';
  if (evidence.kind === 'declined') return `by ${evidence.by}`;
  if (evidence.kind === 'landed') return `by ${evidence.how}`;
  return reason;
}

import type { Verdict } from './enhancement.js';
import type { Risk } from './risk.js';

/** What a decision is made from. Counts are of failures that the baseline lacks. */
export interface DecisionFacts {
  readonly risk: Pick<Risk, 'score'>;
  readonly newTypeErrors: number;
  readonly newTestFailures: number;
  readonly newOtherFailures: number;
  readonly vetoes: readonly string[];
  readonly maxRisk: number;
  readonly autoMerge: boolean;
}

/** A verdict with its reason: one sentence a person can read. */
export interface Decided {
  readonly verdict: Verdict;
  readonly reason: string;
}

/**
 * Auto-merge when the risk is low, nothing new fails and nothing forbids it; rejected when something new fails;
 * otherwise review (design: product, "Decide").
 */
export function decide(facts: DecisionFacts): Decided {
  const failures = failuresOf(facts);
  if (failures !== '') return { verdict: 'rejected', reason: `It brings ${failures} that the target does not have.` };
  const doubts = doubtsOf(facts);
  if (doubts.length > 0) return { verdict: 'review', reason: doubts.join(' ') };
  const { risk, maxRisk } = facts;
  return { verdict: 'auto-merge', reason: `Risk ${risk.score} of at most ${maxRisk}, nothing new fails, and no veto.` };
}

function failuresOf({ newTypeErrors, newTestFailures, newOtherFailures }: DecisionFacts): string {
  const counted = [
    counts(newTypeErrors, 'new type error'),
    counts(newTestFailures, 'new test failure'),
    counts(newOtherFailures, 'other new failure'),
  ];
  return counted.filter((text) => text !== '').join(' and ');
}

function counts(count: number, what: string): string {
  return count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Written so that a risk that is no number counts as too high. */
function doubtsOf({ risk, vetoes, maxRisk, autoMerge }: DecisionFacts): readonly string[] {
  return [
    ...vetoes,
    ...(risk.score <= maxRisk ? [] : [`Its risk of ${risk.score} is above ${maxRisk}.`]),
    ...(autoMerge ? [] : ['Auto-merge is switched off (land.autoMerge).']),
  ];
}

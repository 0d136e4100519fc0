import { describe, expect, it } from 'vitest';
import { type DecisionFacts, decide } from '../../src/core/decision.js';

const good: DecisionFacts = {
  risk: { score: 5 },
  newTypeErrors: 0,
  newTestFailures: 0,
  newOtherFailures: 0,
  vetoes: [],
  maxRisk: 5,
  autoMerge: true,
};

describe('decide', () => {
  it.each<readonly [string, Partial<DecisionFacts>, string, string]>([
    ['merges at the highest allowed risk', {}, 'auto-merge', 'Risk 5 of at most 5, nothing new fails, and no veto.'],
    ['asks above it', { risk: { score: 6 } }, 'review', 'Its risk of 6 is above 5.'],
    ['asks when the risk is no number', { risk: { score: Number.NaN } }, 'review', 'Its risk of NaN is above 5.'],
    ['asks for a veto', { vetoes: ['It is a.', 'It is b.'] }, 'review', 'It is a. It is b.'],
    ['asks when auto-merge is off', { autoMerge: false }, 'review', 'Auto-merge is switched off (land.autoMerge).'],
    [
      'rejects one type error',
      { newTypeErrors: 1 },
      'rejected',
      'It brings 1 new type error that the target does not have.',
    ],
    [
      'rejects failures whatever the vetoes',
      { newTestFailures: 2, newOtherFailures: 1, vetoes: ['x'] },
      'rejected',
      'It brings 2 new test failures and 1 other new failure that the target does not have.',
    ],
  ])('%s', (_, facts, verdict, reason) => {
    expect(decide({ ...good, ...facts })).toEqual({ verdict, reason });
  });
});

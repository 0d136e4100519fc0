import { expect, it } from 'vitest';
import { runSummary } from '../../webview/runSummary.js';
import { noKpis } from '../support/kpis.js';

it('names only the ends that runs came to, and those that came to none', () => {
  const { runs } = noKpis();
  expect(runSummary(runs)).toBe('No run ended yet.');
  const some = { ...runs, total: 3, killed: 1, outcomes: { ...runs.outcomes, done: 2, failed: 1 } };
  expect(runSummary(some)).toBe('3 runs: 2 done, 1 failed. 1 run did not come to an end.');
});

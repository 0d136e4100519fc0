import { describe, expect, it } from 'vitest';
import { stateOf } from '../../src/github/workflows.js';

describe('the state of a job', () => {
  it.each([
    ['queued', null, 'queued'],
    ['waiting', null, 'queued'],
    ['in_progress', null, 'running'],
    ['completed', 'success', 'passed'],
    ['completed', 'neutral', 'passed'],
    ['completed', 'skipped', 'skipped'],
    ['completed', 'cancelled', 'cancelled'],
    ['completed', 'failure', 'failed'],
    ['completed', 'timed_out', 'failed'],
    ['completed', 'something new', 'failed'],
    [null, null, 'queued'],
  ])('%s, %s is %s', (status, conclusion, state) => {
    expect(stateOf(status, conclusion)).toBe(state);
  });
});

import { describe, expect, it } from 'vitest';
import { chainStep, type SeenRun, stageOf, stagesOf } from '../../src/core/chain.js';
import { type ChainConfig, DEFAULT_CONFIG } from '../../src/core/config.js';
import type { ForgeJob, ForgeRun } from '../../src/core/forgePort.js';
import { makeChain } from '../store/sampleFacts.js';

const CONFIG: ChainConfig = { ...DEFAULT_CONFIG.chain, follow: true };
const SINCE = Date.parse('2026-01-02T03:04:05Z');
const MINUTE = 60_000;

type Jobs = Readonly<Record<string, ForgeJob['state']>>;

/** A run whose state follows from its jobs. */
function runOf(jobs: Jobs, change: Partial<ForgeRun> = {}): SeenRun {
  const states = Object.values(jobs);
  const has = (state: ForgeJob['state']): boolean => states.includes(state);
  const isOpen = has('running') || has('queued');
  const state = isOpen ? 'running' : has('failed') ? 'failed' : has('cancelled') ? 'cancelled' : 'passed';
  const createdAt = new Date(SINCE).toISOString();
  const run = { id: 7, workflow: 'ci.yml', page: '', head: '', state, attempt: 1, createdAt, ...change } as const;
  return { run, jobs: Object.entries(jobs).map(([name, now]) => ({ name, state: now, page: `https://f/${name}` })) };
}

const stepOf = (seen: readonly SeenRun[], minutes = 1, change: Parameters<typeof makeChain>[1] = {}) =>
  chainStep(makeChain(1, change), seen, CONFIG, SINCE + minutes * MINUTE);

describe('the stage of a job', () => {
  it.each([
    ['build', 'build'],
    ['Build (20)', 'build'],
    ['unit tests', 'unitTest'],
    ['test / node 24', 'unitTest'],
    ['Integration', 'integrationTest'],
    ['deploy-production', 'deploy'],
    ['report', 'report'],
    ['lint', null],
    ['rebuild', null],
  ])('of %s is %s', (job, stage) => {
    expect(stageOf(job, CONFIG.stages)).toBe(stage);
  });

  it('is the first that fits when several do', () => {
    expect(stageOf('deploy tests', { ...CONFIG.stages, unitTest: ['*tests'] })).toBe('unitTest');
  });
});

describe('stages', () => {
  it('are listed in their order, each with the page of what failed', () => {
    const seen = [runOf({ deploy: 'queued', 'test a': 'passed', 'test b': 'failed', build: 'passed', lint: 'failed' })];
    expect(stagesOf(seen, CONFIG.stages)).toEqual([
      { stage: 'build', state: 'passed', page: 'https://f/build' },
      { stage: 'unitTest', state: 'failed', page: 'https://f/test b' },
      { stage: 'deploy', state: 'running', page: 'https://f/deploy' },
    ]);
  });
});

describe('what is due in a chain', () => {
  it.each<readonly [string, Jobs, object]>([
    ['waits while it runs', { build: 'passed', test: 'running' }, { kind: 'wait', outcome: 'It is at unit tests.' }],
    ['ends when the build fails', { build: 'failed', lint: 'running' }, { kind: 'end', state: 'failed' }],
    ['runs failed unit tests again', { build: 'passed', test: 'failed' }, { kind: 'retry', runs: [{ id: 7 }] }],
    ['lets a run end before it is run again', { test: 'failed', lint: 'running' }, { kind: 'wait' }],
    ['goes on after integration tests failed', { integration: 'failed', deploy: 'running' }, { kind: 'wait' }],
    ['rolls back a deployment that failed', { build: 'passed', deploy: 'failed' }, { kind: 'roll-back' }],
    [
      'rolls back nothing that was cancelled',
      { build: 'passed', deploy: 'cancelled' },
      { kind: 'end', state: 'abandoned' },
    ],
    ['ends well when all is over', { build: 'passed', deploy: 'passed' }, { kind: 'end', state: 'passed' }],
    [
      'ends badly with integration tests',
      { integration: 'failed', deploy: 'passed' },
      { kind: 'end', state: 'failed' },
    ],
    ['ends badly with a job of no stage', { lint: 'failed', deploy: 'skipped' }, { kind: 'end', state: 'failed' }],
  ])('%s', (_name, jobs, step) => {
    expect(stepOf([runOf(jobs)])).toMatchObject(step);
  });

  it('is another try of unit tests until the forge has begun it, and the end when that fails too', () => {
    const retried = [{ run: 7, attempt: 1 }];
    const failed = { build: 'passed', test: 'failed' } as const;
    expect(stepOf([runOf(failed)], 1, { retried })).toMatchObject({ kind: 'retry' });
    expect(stepOf([runOf({ ...failed, test: 'queued' }, { attempt: 2 })], 1, { retried })).toMatchObject({
      kind: 'wait',
    });
    expect(stepOf([runOf(failed, { attempt: 2 })], 1, { retried })).toMatchObject({ kind: 'end', state: 'failed' });
  });

  it('is to wait for workflows that begin after others, and for the first one', () => {
    expect(stepOf([], 9)).toMatchObject({ kind: 'wait' });
    expect(stepOf([], 11)).toMatchObject({ kind: 'end', state: 'abandoned' });
    expect(stepOf([runOf({ build: 'passed' })], 9)).toMatchObject({ kind: 'wait' });
    expect(stepOf([runOf({ build: 'passed' })], 11)).toMatchObject({ kind: 'end', state: 'passed' });
  });

  it('is to give up when patience is over, but never on a deployment that failed', () => {
    expect(stepOf([runOf({ build: 'running' })], 121)).toMatchObject({ kind: 'end', state: 'abandoned' });
    expect(stepOf([runOf({ deploy: 'failed' })], 121)).toMatchObject({ kind: 'roll-back' });
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/core/enhancement.js';
import type { ChainState } from '../../src/core/facts.js';
import { type ForgeFamily, type ForgeMore, makeForgeFamily } from '../support/forgeFamily.js';
import type { Advance } from '../support/github/running.js';
import { git } from '../support/plainGit.js';

const open: ForgeFamily[] = [];
const MINUTE = 60_000;
const JOBS = ['build', 'unit tests', 'integration', 'deploy', 'report'];
const ON_PUSH = { path: '.github/workflows/ci.yml', name: 'CI', on: ['push'], branches: ['main'], jobs: JOBS } as const;

afterEach(async () => {
  for (const { github } of open.splice(0)) await github.close();
});

/** A family whose target has CI, with one enhancement that merges by itself. */
async function family(chain: object = {}, more: ForgeMore = {}): Promise<ForgeFamily> {
  const made = await makeForgeFamily({
    policy: { land: { askPeople: false }, chain: { follow: true, ...chain } },
    hosting: { workflows: [ON_PUSH] },
    ...more,
  });
  open.push(made);
  made.family.commit(made.family.sibling('acme'), 'fix: a safe one', { 'src/safe.txt': 'safe\n' });
  return made;
}

async function chainOf(made: ForgeFamily): Promise<ChainState> {
  const { chains } = await made.family.engine().status();
  if (chains[0] === undefined || chains.length !== 1) throw new Error(`there are ${chains.length} chains`);
  return chains[0];
}

const stages = ({ stages: all }: ChainState): readonly string[] => all.map(({ stage, state }) => `${stage} ${state}`);

/** Moves the newest run of the target's workflow. */
function move(made: ForgeFamily, to: Advance): void {
  const run = made.hosted.runs().at(-1);
  if (run === undefined) throw new Error('nothing runs');
  made.hosted.advance(run.id, to);
}

/** A run of AutoSync must leave no write on the wire. */
async function writesOf(made: ForgeFamily): Promise<readonly string[]> {
  const before = made.github.wire.writes().length;
  await made.sync();
  return made.github.wire
    .writes()
    .slice(before)
    .map(({ method, path }) => `${method} ${path}`);
}

const said = (report: RunReport): string => report.notes.join('\n');

describe('the CI of what landed', () => {
  it('is followed from run to run until all of it passed', async () => {
    const made = await family();
    await made.sync();
    expect(await chainOf(made)).toMatchObject({ state: 'running', head: made.hosted.tip('main') });
    move(made, 'in_progress');
    await made.sync();
    expect(stages(await chainOf(made))[0]).toBe('build running');
    move(made, 'success');
    expect(said(await made.sync())).toContain('All of it passed.');
    expect(await chainOf(made)).toMatchObject({ state: 'passed' });
    const [row] = await made.family.engine().rows();
    expect(row?.commit).toMatchObject({ standing: 'landed', ci: 'All of it passed.' });
    expect(stages(await chainOf(made))).toEqual(
      ['build', 'unitTest', 'integrationTest', 'deploy', 'report'].map((stage) => `${stage} passed`),
    );
    expect(await writesOf(made)).toEqual([]);
  });

  it('is not asked for when the policy does not say so', async () => {
    const made = await family({ follow: false });
    await made.sync();
    await made.sync();
    expect((await made.family.engine().status()).chains).toEqual([]);
    expect(made.github.wire.requests.filter(({ path }) => path.includes('/actions/'))).toEqual([]);
  });

  it('ends when the build fails, and nothing is run again or taken back', async () => {
    const made = await family();
    await made.sync();
    const written = made.github.wire.writes().length;
    move(made, {
      build: 'failure',
      'unit tests': 'skipped',
      integration: 'skipped',
      deploy: 'skipped',
      report: 'skipped',
    });
    expect(said(await made.sync())).toContain('The build failed.');
    expect(await chainOf(made)).toMatchObject({ state: 'failed', revert: null });
    await made.sync();
    expect(made.github.wire.writes().length).toBe(written);
  });

  it('runs unit tests that fail once more, and is green when they pass then', async () => {
    const made = await family();
    await made.sync();
    const flaky: Advance = { 'unit tests': 'failure', integration: 'skipped', deploy: 'skipped', report: 'skipped' };
    move(made, flaky);
    await made.sync();
    expect(made.hosted.runs().map(({ attempt, status }) => [attempt, status])).toEqual([[2, 'queued']]);
    expect(await writesOf(made)).toEqual([]);
    move(made, 'success');
    await made.sync();
    expect(await chainOf(made)).toMatchObject({ state: 'passed' });
    expect(made.hosted.runs().map(({ attempt }) => attempt)).toEqual([2]);
  });

  it('ends when unit tests fail again', async () => {
    const made = await family();
    await made.sync();
    for (const _attempt of [1, 2]) {
      move(made, { 'unit tests': 'failure', integration: 'skipped', deploy: 'skipped', report: 'skipped' });
      await made.sync();
    }
    expect(await chainOf(made)).toMatchObject({ state: 'failed', outcome: expect.stringContaining('run again') });
    expect(await writesOf(made)).toEqual([]);
  });

  it('tells once of integration tests that fail, and goes on', async () => {
    const made = await family();
    await made.sync();
    const run = made.hosted.runs().at(-1);
    move(made, { integration: 'failure' });
    const report = await made.sync();
    expect(said(report)).toMatch(new RegExp(`integration tests failed\\. See \\S+/jobs/${run?.jobs[2]?.id}\\.`));
    expect(await chainOf(made)).toMatchObject({ state: 'failed', revert: null, told: ['integrationTest'] });
    expect(said(await made.sync())).not.toContain('integration tests failed');
  });

  it('opens one pull request that takes back what landed when the deployment fails', async () => {
    const made = await family();
    await made.sync();
    move(made, { deploy: 'failure', report: 'skipped' });
    const report = await made.sync();
    const [revert] = made.hosted.pulls().filter(({ head }) => head.endsWith('/revert'));
    expect(said(report)).toContain(`pull request #${revert?.number} takes back what landed`);
    expect(await chainOf(made)).toMatchObject({ state: 'failed', revert: revert?.number });
    expect(() => git(made.hosted.folder, ['cat-file', '-e', `${revert?.head}:src/safe.txt`])).toThrow();
    expect(git(made.hosted.folder, ['show', 'main:src/safe.txt'])).toBe('safe');
    expect(made.hosted.comments(revert?.number ?? 0).map(({ body }) => body)).toEqual([
      expect.stringContaining('The deployment failed'),
    ]);
    expect(await writesOf(made)).toEqual([]);
  });

  it('opens a draft that says so when later work stands in the way of taking it back', async () => {
    const made = await family();
    await made.sync();
    move(made, { deploy: 'failure', report: 'skipped' });
    made.hosted.commit('main', { 'src/safe.txt': 'safer\n' }, 'fix: safer still');
    expect(said(await made.sync())).toContain('waits for somebody to take it back by hand');
    const reverts = made.hosted.pulls().filter(({ head }) => head.endsWith('/revert'));
    expect(reverts.map(({ draft, state }) => [draft, state])).toEqual([[true, 'open']]);
    expect(git(made.hosted.folder, ['show', 'main:src/safe.txt'])).toBe('safer');
  });

  it('opens no second one when the forge failed before all was done', async () => {
    const made = await family();
    await made.sync();
    move(made, { deploy: 'failure', report: 'skipped' });
    made.github.faults.next({ method: 'POST', path: /\/comments$/, kind: '422' });
    expect(said(await made.sync())).toContain('could not be followed');
    expect(await chainOf(made)).toMatchObject({ state: 'running', revert: null });
    await made.sync();
    const reverts = made.hosted.pulls().filter(({ head }) => head.endsWith('/revert'));
    expect(reverts.length).toBe(1);
    expect(await chainOf(made)).toMatchObject({ state: 'failed', revert: reverts[0]?.number });
  });

  it('declines what a person took back by that pull request, so that it does not land again', async () => {
    const made = await family();
    await made.sync();
    move(made, { deploy: 'failure', report: 'skipped' });
    await made.sync();
    made.hosted.merge((await chainOf(made)).revert ?? 0, 'keeper');
    const report = await made.sync();
    expect(said(report)).toContain('what it brought is declined');
    await made.sync();
    const after = await made.sync();
    expect(after.siblings[0]?.commits.map(({ standing }) => standing)).toEqual(['declined']);
    expect(made.hosted.pulls().filter(({ state }) => state === 'open')).toEqual([]);
  });

  it('only looks in a scan', async () => {
    const made = await family();
    await made.sync();
    move(made, { deploy: 'failure', report: 'skipped' });
    const written = made.github.wire.writes().length;
    await made.scan();
    expect(made.github.wire.writes().length).toBe(written);
    expect(await chainOf(made)).toMatchObject({ state: 'running', outcome: 'The deployment failed.' });
    await made.sync();
    expect(await chainOf(made)).toMatchObject({ state: 'failed' });
  });

  it('starts a workflow once when one is named, and follows that alone', async () => {
    const ship = {
      path: '.github/workflows/ship.yml',
      name: 'Ship',
      on: ['workflow_dispatch'],
      jobs: ['deploy'],
    } as const;
    const made = await family({ workflow: 'ship.yml' }, { hosting: { workflows: [ON_PUSH, ship] } });
    await made.sync();
    const shipped = () => made.hosted.runs().filter(({ workflow }) => workflow.name === 'Ship');
    expect(shipped().map(({ sha }) => sha)).toEqual([made.hosted.tip('main')]);
    await made.sync();
    made.hosted.advance(shipped()[0]?.id ?? 0, 'success');
    await made.sync();
    expect(await chainOf(made)).toMatchObject({ state: 'passed', workflow: 'ship.yml' });
    expect(shipped().length).toBe(1);
  });

  it('is given up when nothing runs, and says so', async () => {
    const made = await family({}, { hosting: { workflows: [] } });
    await made.sync();
    made.family.wait(11 * MINUTE);
    expect(said(await made.sync())).toContain('No workflow ran on it.');
    expect(await chainOf(made)).toMatchObject({ state: 'abandoned' });
  });

  it('offers its report for the file that the policy names, by a pull request', async () => {
    const made = await family({ reportFile: 'docs/deployment.md' });
    await made.sync();
    move(made, 'success');
    await made.sync();
    const pull = made.pull('autosync/chain/report');
    expect(pull).toMatchObject({ state: 'open', base: 'main' });
    const text = git(made.hosted.folder, ['show', 'autosync/chain/report:docs/deployment.md']);
    expect(text).toContain('| [the deployment](');
    expect(text).toContain('`fix: a safe one`');
    expect(git(made.hosted.folder, ['diff', '--name-only', 'main', 'autosync/chain/report'])).toBe(
      'docs/deployment.md',
    );
    expect(await chainOf(made)).toMatchObject({ state: 'passed', report: pull?.number });
    expect(await writesOf(made)).toEqual([]);
  });

  it('that the token may not read is a note, and the run goes on', async () => {
    const permissions = {
      contents: 'write',
      pull_requests: 'write',
      metadata: 'read',
      administration: 'read',
    } as const;
    const made = await family({}, { token: { permissions }, hosting: { private: true, workflows: [ON_PUSH] } });
    const report = await made.sync();
    expect(report.siblings[0]?.commits[0]?.standing).toBe('landed');
    expect(said(report)).toMatch(/could not be followed: .*Actions/);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { EditorEngine } from '../../src/core/engine.js';
import type { Policy } from '../support/family.js';
import { NEVER } from '../support/family.js';
import { type ForgeFamily, makeForgeFamily, rowNamed } from '../support/forgeFamily.js';
import { git } from '../support/plainGit.js';

const open: ForgeFamily[] = [];

afterEach(async () => {
  for (const { github } of open.splice(0)) await github.close();
});

const LAND = { askPeople: false } as const;

/** An engine as it is started when the account gives no token any more. */
const withoutToken = ({ family, github }: ForgeFamily): EditorEngine =>
  family.engine({ environment: { GITHUB_SERVER_URL: github.origin, GITHUB_API_URL: github.apiUrl } });

const refsOf = ({ family }: ForgeFamily): string => git(family.target, ['for-each-ref']);

/** A target that landed one commit by a pull request and has another one open, neither of which is in the clone yet. */
async function landedBefore(policy: Policy = { land: LAND }): Promise<ForgeFamily> {
  const made = await makeForgeFamily({ policy });
  open.push(made);
  const acme = made.family.sibling('acme');
  made.family.commit(acme, 'fix: a safe one', { 'src/safe.txt': 'safe\n' });
  made.family.commit(acme, 'feat!: a breaking one', { 'src/breaking.txt': 'breaking\n' });
  await made.sync();
  made.family.commit(acme, 'fix: a later one', { 'src/later.txt': 'later\n' });
  return made;
}

describe('a target that landed by pull requests, without a token', () => {
  it('is looked at and nothing else: what is open waits, nothing lands here, and the run says so', async () => {
    const made = await landedBefore();
    const [refs, checks, asked] = [refsOf(made), made.family.checksRun(), made.github.wire.requests.length];
    for (const dryRun of [true, false]) {
      const report = await withoutToken(made).sync({ dryRun, signal: NEVER });
      expect(report).toMatchObject({ command: 'sync', dryRun, held: report.notes[0] });
      expect(report.held).toMatch(/^Signed out: pull requests wait\..*house\/shop.*Sign in.*"land.how": "branch"/);
      expect(rowNamed(report, 'fix: a safe one').standing).toBe('landed');
      expect(rowNamed(report, 'feat!: a breaking one')).toMatchObject({
        standing: 'review',
        pullRequest: expect.stringContaining('/pull/2'),
      });
      expect(rowNamed(report, 'fix: a later one').standing).toBe('candidate');
    }
    expect([refsOf(made), made.family.checksRun()]).toEqual([refs, checks]);
    expect(made.github.wire.requests.slice(asked)).toEqual([]);
    const server = made.github.origin;
    expect((await withoutToken(made).overview()).lands).toEqual({
      ...{ kind: 'signed-out', lacksToken: 'house/shop', server },
    });
    // Signed in again, it goes on where it was.
    expect(rowNamed(await made.sync(), 'fix: a later one').standing).toBe('landed');
    expect(made.hosted.pulls().filter(({ state }) => state === 'open')).toHaveLength(1);
  });

  it("carries out no person's word, and says how it would", async () => {
    const made = await landedBefore();
    const [refs, engine] = [refsOf(made), withoutToken(made)];
    const { sha } = rowNamed(await engine.scan({ signal: NEVER }), 'feat!: a breaking one');
    const landing = (await engine.overview()).landings[0];
    const refused = { problem: { code: 'usage', lacks: 'token' } };
    await expect(engine.apply([sha], NEVER)).rejects.toMatchObject(refused);
    await expect(engine.undo(landing?.run ?? '', NEVER)).rejects.toMatchObject(refused);
    expect(refsOf(made)).toBe(refs);
    const { findings } = await engine.doctor(NEVER);
    expect(findings.find(({ subject }) => subject === 'landing')).toMatchObject({
      state: 'bad',
      what: expect.stringContaining('Signed out: pull requests wait.'),
    });
  });

  it('lands on local branches when a person says so', async () => {
    const made = await landedBefore();
    git(made.family.target, ['fetch', '--quiet', made.hosted.folder, 'main']);
    git(made.family.target, ['merge', '--quiet', '--ff-only', 'FETCH_HEAD']);
    made.family.configure({ land: { ...LAND, how: 'branch' } });
    const report = await withoutToken(made).sync({ dryRun: false, signal: NEVER });
    expect(report.held).toBeUndefined();
    expect(rowNamed(report, 'fix: a later one').standing).toBe('landed');
    expect(git(made.family.target, ['show', 'main:src/later.txt'])).toBe('later');
  });
});

it('a target that never had a pull request lands here without a token', async () => {
  const made = await makeForgeFamily();
  open.push(made);
  made.family.commit(made.family.sibling('acme'), 'fix: a safe one', { 'src/safe.txt': 'safe\n' });
  await made.scan(); // the forge was seen
  const report = await withoutToken(made).sync({ dryRun: false, signal: NEVER });
  expect(report.held).toBeUndefined();
  expect(rowNamed(report, 'fix: a safe one').standing).toBe('landed');
  expect(git(made.family.target, ['show', 'main:src/safe.txt'])).toBe('safe');
});

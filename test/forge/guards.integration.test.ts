import { afterEach, describe, expect, it } from 'vitest';
import { type ForgeFamily, type ForgeMore, makeForgeFamily, rowNamed } from '../support/forgeFamily.js';
import { git } from '../support/plainGit.js';

const open: ForgeFamily[] = [];

afterEach(async () => {
  for (const { github } of open.splice(0)) await github.close();
});

async function family(more: ForgeMore = {}): Promise<ForgeFamily> {
  const made = await makeForgeFamily(more);
  open.push(made);
  return made;
}

const CI = { hosting: { protection: { main: { requiredChecks: ['ci'] } } } } as const;
const notesOf = (report: Awaited<ReturnType<ForgeFamily['sync']>>): string =>
  [...report.notes, ...report.siblings.flatMap(({ notes }) => notes)].join('\n');

function commit(made: ForgeFamily, subject: string, sibling = 'acme'): string {
  const file = subject.replace(/\W+/g, '-');
  return made.family.commit(made.family.sibling(sibling), subject, { [`src/${file}.txt`]: `${subject}\n` });
}

describe('what a person did to a branch of AutoSync', () => {
  it('on the auto lane is kept; what stands there waits there and is offered nowhere else', async () => {
    const made = await family(CI);
    commit(made, 'fix: a safe one');
    await made.sync();
    const theirs = made.hosted.commit('autosync/acme/auto', { 'src/hand.txt': 'by hand\n' }, 'fix: by hand', 'keeper');
    commit(made, 'fix: a later one');
    const report = await made.sync();
    expect(made.hosted.tip('autosync/acme/auto')).toBe(theirs);
    expect(made.pull('autosync/acme/auto')).toMatchObject({ state: 'open', merge: null });
    expect(notesOf(report)).toContain('has commits of a person');
    const row = rowNamed(report, 'fix: a safe one');
    expect(row).toMatchObject({ standing: 'review', pullRequest: expect.stringContaining('/pull/1') });
    expect(rowNamed(report, 'fix: a later one')).toMatchObject({ standing: 'waiting', pullRequest: null });
    expect(made.hosted.pulls()).toHaveLength(1);
    made.hosted.status(theirs, 'ci', 'success');
    made.hosted.merge(1, 'keeper');
    const after = await made.sync();
    expect(rowNamed(after, 'fix: a safe one').standing).toBe('landed');
    expect(rowNamed(after, 'fix: a later one')).toMatchObject({
      standing: 'review',
      pullRequest: expect.stringContaining('/pull/2'),
    });
    expect(made.hosted.pulls().map(({ head }) => head)).toEqual(['autosync/acme/auto', 'autosync/acme/auto']);
  });
});

describe('too many open pull requests', () => {
  it('make the next one wait, and it is taken up when one is gone', async () => {
    const policy = { land: { askPeople: false, maxOpenPullRequests: 1 } };
    const made = await family({ siblings: ['acme', 'globex'], policy });
    commit(made, 'feat!: of acme');
    commit(made, 'feat!: of globex', 'globex');
    const first = await made.sync();
    expect(made.hosted.pulls()).toHaveLength(1);
    expect(rowNamed(first, 'feat!: of globex')).toMatchObject({
      standing: 'waiting',
      evidence: { because: 'cap' },
      pullRequest: null,
    });
    made.hosted.merge(1, 'keeper');
    expect(rowNamed(await made.sync(), 'feat!: of globex')).toMatchObject({
      standing: 'review',
      pullRequest: expect.stringContaining('/pull/2'),
    });
  });
});

describe('a policy that merges nothing by itself', () => {
  it('leaves what is proved safe for a person', async () => {
    const made = await family({ policy: { land: { askPeople: false, autoMerge: false } } });
    commit(made, 'fix: a safe one');
    const report = await made.sync();
    expect(rowNamed(report, 'fix: a safe one')).toMatchObject({ standing: 'review' });
    expect(made.hosted.pulls()).toMatchObject([{ head: 'autosync/acme/review', state: 'open', merge: null }]);
    expect(made.github.wire.requests.filter(({ path }) => path.endsWith('/merge'))).toEqual([]);
  });
});

describe('a token that may not', () => {
  it.each([
    ['expired', { expiresAt: new Date(Date.now() - 1000) }, /401|expired/],
    [
      'lacks contents',
      { permissions: { contents: 'read', pull_requests: 'write', metadata: 'read' } },
      /"Contents: read and write"/,
    ],
    [
      'lacks pull requests',
      { permissions: { contents: 'write', pull_requests: 'read', metadata: 'read' } },
      /"Pull requests: read and write"/,
    ],
  ] as const)('is refused before anything is picked: %s', async (_what, token, words) => {
    const made = await family({ token });
    commit(made, 'fix: a safe one');
    const refused: unknown = await made.sync().catch((error: unknown) => error);
    expect(String(refused)).toMatch(words);
    expect(made.family.checksRun()).toBe(0);
    expect(made.github.wire.writes()).toEqual([]);
    expect(await made.remembered()).toEqual([]);
  });
});

describe('a merge that led to another tree than was validated', () => {
  /** Somebody pushes to the target's branch between the last look and the merge. */
  async function differing(): Promise<ForgeFamily> {
    const made = await family({ siblings: ['acme', 'globex'] });
    commit(made, 'fix: a safe one');
    return made;
  }

  it('raises an alarm, pauses, and offers to take it back', async () => {
    const made = await differing();
    made.github.faults.next({
      method: 'PUT',
      path: /\/merge$/,
      kind: 'none',
      meanwhile: () => void made.hosted.commit('main', { 'src/between.txt': 'between\n' }, 'feat: between', 'keeper'),
    });
    const report = await made.sync();
    expect(notesOf(report)).toContain('led to another tree');
    expect(made.pull('autosync/acme/revert')).toMatchObject({ state: 'open' });
    commit(made, 'fix: another', 'globex');
    const paused = await made.sync();
    expect(rowNamed(paused, 'fix: another')).toMatchObject({ standing: 'review' });
    made.hosted.merge(made.pull('autosync/acme/revert')?.number ?? 0, 'keeper');
    const calm = await made.sync();
    expect(rowNamed(calm, 'fix: another').standing).toBe('landed');
    expect(rowNamed(calm, 'fix: a safe one').standing).toBe('declined');
    expect(() => git(made.hosted.folder, ['cat-file', '-e', 'main:src/fix-a-safe-one.txt'])).toThrow();
    expect((await made.remembered()).filter(({ alarm }) => alarm !== undefined)).toEqual([]);
  });
});

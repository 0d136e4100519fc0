import { afterEach, describe, expect, it } from 'vitest';
import type { ProgressStep } from '../../src/core/ports.js';
import { NEVER } from '../support/family.js';
import { type ForgeFamily, type ForgeMore, makeForgeFamily, QUICK, rowNamed } from '../support/forgeFamily.js';
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

describe('what happens on the forge while a run is at it', () => {
  it('a commit on a branch that is just pushed stays, and the run says that it was moved', async () => {
    const made = await family(CI);
    commit(made, 'fix: a safe one');
    await made.sync();
    commit(made, 'fix: a later one');
    const theirs: string[] = [];
    const meanwhile = (): void => {
      theirs.push(made.hosted.commit('autosync/acme/auto', { 'src/hand.txt': 'hand\n' }, 'fix: by hand', 'keeper'));
      // Where the branch stands then is asked again when nobody answers.
      made.github.faults.next({ method: 'GET', path: /\/info\/refs$/, kind: '500' });
    };
    made.github.faults.next({ method: 'POST', path: /\/git-receive-pack$/, kind: 'none', meanwhile });
    const report = await made.sync();
    expect(notesOf(report)).toContain('was moved by somebody else meanwhile');
    expect(made.github.faults.waiting()).toEqual([]);
    expect(theirs).toHaveLength(1);
    expect(made.hosted.tip('autosync/acme/auto')).toBe(theirs[0]);
    expect(rowNamed(report, 'fix: a safe one')).toMatchObject({ pullRequest: expect.stringContaining('/pull/1') });
    const again = await made.sync();
    expect(notesOf(again)).toContain('has commits of a person');
    expect(rowNamed(again, 'fix: a later one')).toMatchObject({ standing: 'waiting', pullRequest: null });
    expect(made.hosted.tip('autosync/acme/auto')).toBe(theirs[0]);
    expect(made.hosted.pulls()).toHaveLength(1);
  });

  it('a base that moves between the checks and the merge is never merged on', async () => {
    const made = await family();
    commit(made, 'fix: a safe one');
    const meanwhile = (): void => {
      made.hosted.commit('main', { 'src/between.txt': 'between\n' }, 'feat: between', 'keeper');
    };
    const asked = { method: 'POST', path: /\/pulls$/, after: 1 };
    made.github.faults.next({ ...asked, kind: 'none', meanwhile });
    const report = await made.sync();
    expect(rowNamed(report, 'fix: a safe one').reason).toContain('main moved meanwhile');
    expect(made.hosted.pull(1)).toMatchObject({ state: 'open', merge: null });
    const seen = made.family.treesSeen().length;
    expect(rowNamed(await made.sync(), 'fix: a safe one').standing).toBe('landed');
    expect(made.hosted.pulls()).toHaveLength(1);
    expect(made.family.treesSeen().slice(seen)).toContain(git(made.hosted.folder, ['rev-parse', 'main^{tree}']));
  });
});

describe('what a person applied and a rule holds back', () => {
  it('waits in its own pull request and is offered in no other one', async () => {
    const made = await family(CI);
    const sha = commit(made, 'feat!: a breaking one');
    await made.sync();
    await expect(made.apply([sha])).rejects.toThrow(/It waits in .*\/pull\/2/);
    const row = rowNamed(await made.sync(), 'feat!: a breaking one');
    expect(row).toMatchObject({ standing: 'review', pullRequest: expect.stringContaining('/pull/2') });
    expect(row.vetoes).not.toEqual([]);
    expect(made.hosted.pull(1)).toMatchObject({ state: 'closed', merge: null });
    made.hosted.status(made.hosted.pull(2).headSha, 'ci', 'success');
    made.hosted.merge(2, 'keeper');
    expect(rowNamed(await made.sync(), 'feat!: a breaking one').standing).toBe('landed');
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

describe('rules that keep a merge to people', () => {
  it('are said before anything is looked at, and noted', async () => {
    const made = await family({ hosting: { protection: { main: { requiredApprovals: 2 } } } });
    commit(made, 'fix: a safe one');
    const steps: ProgressStep[] = [];
    const more = { environment: made.environment, patience: QUICK, progress: (step: ProgressStep) => steps.push(step) };
    const report = await made.family.engine(more).sync({ dryRun: false, signal: NEVER });
    const said = steps.findIndex(({ stays, doing }) => stays === true && doing.includes('the approval of 2 people'));
    const begun = steps.findIndex(({ phase }) => phase === 'filter');
    expect(begun).toBeGreaterThan(said);
    expect(said).toBeGreaterThanOrEqual(0);
    expect(notesOf(report)).toContain('the approval of 2 people');
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
    expect(made.hosted.pulls()).toEqual([]);
    expect(made.hosted.branches()).toEqual(['main']);
    expect(made.github.wire.writes().filter(({ status }) => status !== 403)).toEqual([]);
    expect(await made.remembered()).toEqual([]);
  });
});

describe('a merge that led to another tree than was validated', () => {
  const between = (made: ForgeFamily): void =>
    void made.hosted.commit('main', { 'src/between.txt': 'between\n' }, 'feat: between', 'keeper');
  const revertOf = (made: ForgeFamily): number => made.pull('autosync/acme/revert')?.number ?? 0;
  const MERGE = { method: 'PUT', path: /\/merge$/ } as const;

  it('raises an alarm, pauses at once, and is taken back when a person says so', async () => {
    const made = await family({ siblings: ['acme', 'globex'] });
    commit(made, 'fix: a safe one');
    commit(made, 'fix: another', 'globex');
    // Somebody pushes to the target's branch between the last look and the merge.
    made.github.faults.next({ ...MERGE, kind: 'none', meanwhile: () => between(made) });
    const report = await made.sync();
    expect(notesOf(report)).toMatch(
      /#1 led to another tree \(\w+\) than was validated \(\w+\)\. Pull request #2 takes it/,
    );
    expect(made.hosted.pull(revertOf(made))).toMatchObject({ state: 'open', merge: null });
    for (const paused of [report, await made.sync()])
      expect(rowNamed(paused, 'fix: another')).toMatchObject({
        standing: 'review',
        reason: expect.stringContaining('auto-merge is paused'),
      });
    made.hosted.merge(revertOf(made), 'keeper');
    const calm = await made.sync();
    expect(rowNamed(calm, 'fix: another').standing).toBe('landed');
    expect(rowNamed(calm, 'fix: a safe one').standing).toBe('declined');
    expect(() => git(made.hosted.folder, ['cat-file', '-e', 'main:src/fix-a-safe-one.txt'])).toThrow();
    expect((await made.remembered()).filter(({ alarm }) => alarm !== undefined)).toEqual([]);
  });

  it('is found by the next run when the one that asked for it was cut off, and calm when its revert is closed', async () => {
    const made = await family({ policy: { land: { askPeople: false, mergeMethod: 'squash' } } });
    commit(made, 'fix: a safe one');
    const stopping = new AbortController();
    const stop = (): void => {
      if (made.hosted.pull(1).merge === null) setTimeout(stop, 5);
      else stopping.abort();
    };
    const alongside = (): void => {
      between(made);
      stop();
    };
    made.github.faults.next({ ...MERGE, kind: 'hang', effect: true, meanwhile: alongside });
    await expect(made.engine().sync({ dryRun: false, signal: stopping.signal })).rejects.toThrow(/cancel|stopped/i);
    const report = await made.sync();
    expect(notesOf(report)).toContain('led to another tree');
    expect(rowNamed(report, 'fix: a safe one')).toMatchObject({ standing: 'landed', evidence: { how: 'auto-merge' } });
    await made.setState(revertOf(made), 'closed');
    commit(made, 'fix: a later one');
    const calm = await made.sync();
    expect(rowNamed(calm, 'fix: a later one').standing).toBe('landed');
    expect(rowNamed(calm, 'fix: a safe one').standing).toBe('landed');
  });

  it("is found when GitHub's own auto-merge did it later", async () => {
    const policy = { land: { askPeople: false, mergeMethod: 'squash' } };
    const made = await family({ policy, hosting: { ...CI.hosting, allowAutoMerge: true } });
    commit(made, 'fix: a safe one');
    const waiting = await made.sync();
    expect(rowNamed(waiting, 'fix: a safe one').reason).toContain('merges by itself once ci passes');
    between(made);
    made.hosted.status(made.pull('autosync/acme/auto')?.headSha ?? '', 'ci', 'success');
    expect(made.hosted.pull(1).merge).not.toBeNull();
    const report = await made.sync();
    expect(notesOf(report)).toContain('led to another tree');
    made.hosted.status(made.hosted.pull(revertOf(made)).headSha, 'ci', 'success');
    made.hosted.merge(revertOf(made), 'keeper', 'squash');
    expect(rowNamed(await made.sync(), 'fix: a safe one').standing).toBe('declined');
  });

  it("takes back what GitHub's own auto-merge was asked for elsewhere, until a person has looked", async () => {
    const policy = { land: { askPeople: false, mergeMethod: 'squash' } };
    const hosting = { ...CI.hosting, allowAutoMerge: true };
    const made = await family({ siblings: ['acme', 'globex'], policy, hosting });
    commit(made, 'fix: a safe one');
    commit(made, 'fix: another', 'globex');
    await made.sync();
    const other = made.pull('autosync/globex/auto')?.number ?? 0;
    expect(made.hosted.pull(other).autoMerge).not.toBeNull();
    between(made);
    made.hosted.status(made.pull('autosync/acme/auto')?.headSha ?? '', 'ci', 'success');
    expect(notesOf(await made.sync())).toContain('led to another tree');
    expect(made.hosted.pull(other).autoMerge).toBeNull();
    made.hosted.status(made.hosted.pull(other).headSha, 'ci', 'success');
    expect(rowNamed(await made.sync(), 'fix: another').reason).toContain('auto-merge is paused');
    expect(made.hosted.pull(other)).toMatchObject({ state: 'open', merge: null });
    const revert = revertOf(made);
    made.hosted.status(made.hosted.pull(revert).headSha, 'ci', 'success');
    made.hosted.merge(revert, 'keeper', 'squash');
    await made.sync();
    expect(made.hosted.pull(other).autoMerge).not.toBeNull();
  });

  it("raises none when GitHub's own auto-merge led to what was validated", async () => {
    const made = await family({ hosting: { ...CI.hosting, allowAutoMerge: true } });
    commit(made, 'fix: a safe one');
    await made.sync();
    made.hosted.status(made.pull('autosync/acme/auto')?.headSha ?? '', 'ci', 'success');
    const report = await made.sync();
    expect(notesOf(report)).not.toContain('another tree');
    expect(rowNamed(report, 'fix: a safe one')).toMatchObject({ standing: 'landed', evidence: { how: 'auto-merge' } });
    expect(made.pull('autosync/acme/revert')).toBeUndefined();
  });
});

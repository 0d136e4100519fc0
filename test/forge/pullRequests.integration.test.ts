import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/core/enhancement.js';
import { appWith } from '../support/family.js';
import { type ForgeFamily, type ForgeMore, makeForgeFamily, rowNamed } from '../support/forgeFamily.js';
import { git } from '../support/plainGit.js';

const open: ForgeFamily[] = [];

async function family(more: ForgeMore = {}): Promise<ForgeFamily> {
  const made = await makeForgeFamily(more);
  open.push(made);
  return made;
}

afterEach(async () => {
  for (const { github } of open.splice(0)) await github.close();
});

/** Five enhancements of two siblings: two that merge by themselves, two for a person, one that conflicts. */
async function fiveEnhancements(more: ForgeMore = {}): Promise<ForgeFamily> {
  const made = await family({ siblings: ['acme', 'globex'], ...more });
  const [acme, globex] = [made.family.sibling('acme'), made.family.sibling('globex')];
  made.family.commit(acme, 'fix: a safe one', { 'src/safe.txt': 'safe\n' });
  made.family.commit(acme, 'feat!: a breaking one', { 'src/breaking.txt': 'breaking\n' });
  made.family.commit(acme, 'fix: line five, as acme has it', { 'src/app.txt': appWith({ 5: 'acme' }) });
  made.family.commit(globex, 'perf: a quick one', { 'src/quick.txt': 'quick\n' });
  made.family.commit(globex, 'feat: with a package', { 'package.json': '{ "name": "shop" }\n' });
  made.hosted.commit('main', { 'src/app.txt': appWith({ 5: 'ours' }) }, 'feat: line five, as the target has it');
  return made;
}

describe('a run against a forge', () => {
  const scene: { made: ForgeFamily | null; report: RunReport | null; before: readonly string[] } = {
    made: null,
    report: null,
    before: [],
  };
  const first = (): { readonly made: ForgeFamily; readonly report: RunReport } => {
    const { made, report } = scene;
    if (made === null || report === null) throw new Error('there was no run');
    return { made, report };
  };
  const stateOf = ({ family }: ForgeFamily): readonly string[] => [
    git(family.target, ['for-each-ref']),
    git(family.target, ['status', '--porcelain']),
    git(family.target, ['rev-parse', 'HEAD']),
  ];

  beforeAll(async () => {
    const made = await fiveEnhancements();
    open.length = 0; // it serves all tests of this group
    scene.made = made;
    scene.before = stateOf(made);
    scene.report = await made.sync();
    return () => made.github.close();
  });

  it('merges what is proved safe and opens pull requests for the rest', () => {
    const { made, report } = first();
    expect(report.siblings.map(({ error }) => error)).toEqual([null, null]);
    expect(rowNamed(report, 'fix: a safe one').standing).toBe('landed');
    expect(rowNamed(report, 'perf: a quick one').standing).toBe('landed');
    expect(rowNamed(report, 'feat!: a breaking one')).toMatchObject({
      standing: 'review',
      pullRequest: expect.stringContaining('/house/shop/pull/'),
    });
    expect(rowNamed(report, 'feat: with a package').standing).toBe('review');
    expect(rowNamed(report, 'fix: line five, as acme has it')).toMatchObject({
      standing: 'conflict',
      pullRequest: expect.stringContaining('/house/shop/pull/'),
    });
    const pulls = made.hosted.pulls().map(({ head, state, draft, merge, labels }) => ({
      ...{ head, state, draft, isMerged: merge !== null, labels: [...labels].sort() },
    }));
    expect(pulls.sort((one, other) => one.head.localeCompare(other.head))).toEqual([
      ...[
        {
          head: 'autosync/acme/auto',
          state: 'closed',
          draft: false,
          isMerged: true,
          labels: ['auto-sync', 'risk:low'],
        },
      ],
      ...[
        {
          head: 'autosync/acme/conflict',
          state: 'open',
          draft: true,
          isMerged: false,
          labels: ['auto-sync', 'autosync:conflict'],
        },
      ],
      ...[
        {
          head: 'autosync/acme/review',
          state: 'open',
          draft: false,
          isMerged: false,
          labels: ['auto-sync', 'risk:low'],
        },
      ],
      ...[
        {
          head: 'autosync/globex/auto',
          state: 'closed',
          draft: false,
          isMerged: true,
          labels: ['auto-sync', 'risk:low'],
        },
      ],
      ...[
        {
          head: 'autosync/globex/review',
          state: 'open',
          draft: false,
          isMerged: false,
          labels: ['auto-sync', 'risk:low'],
        },
      ],
    ]);
    expect(git(made.hosted.folder, ['show', 'main:src/safe.txt'])).toBe('safe');
    expect(git(made.hosted.folder, ['show', 'main:src/quick.txt'])).toBe('quick');
    expect(() => git(made.hosted.folder, ['cat-file', '-e', 'main:src/breaking.txt'])).toThrow();
  });

  it('touches nothing of the working tree, the refs and the index of the target', () => {
    expect(stateOf(first().made)).toEqual(scene.before);
  });

  it('writes nothing on the wire when it is run again', async () => {
    const { made, report } = first();
    const written = made.github.wire.writes().length;
    const again = await made.sync();
    expect(made.github.wire.writes().slice(written)).toEqual([]);
    const rows = (one: RunReport) =>
      one.siblings.flatMap(({ commits }) =>
        commits.map(({ sha, standing, pullRequest }) => [sha, standing, pullRequest]),
      );
    expect(rows(again)).toEqual(rows(report));
  });

  it('keeps every pull request in mind when something new is only looked at', async () => {
    const { made, report } = first();
    made.family.commit(made.family.sibling('acme'), 'docs: a word', { 'docs/word.md': 'word\n' });
    const scanned = await made.scan();
    for (const subject of ['feat!: a breaking one', 'feat: with a package', 'fix: line five, as acme has it'])
      expect(rowNamed(scanned, subject).pullRequest).toBe(rowNamed(report, subject).pullRequest);
  });
});

describe('what people do on the forge', () => {
  /** One enhancement that waits for a person, in an open pull request. */
  async function oneForReview(more: ForgeMore = {}): Promise<ForgeFamily> {
    const made = await family(more);
    made.family.commit(made.family.sibling('acme'), 'feat!: a breaking one', { 'src/breaking.txt': 'breaking\n' });
    await made.sync();
    return made;
  }

  const numberOf = (made: ForgeFamily, branch: string): number => made.pull(branch)?.number ?? 0;

  it('lands what they merge, and says by which pull request', async () => {
    const made = await oneForReview();
    made.hosted.merge(numberOf(made, 'autosync/acme/review'), 'keeper');
    const report = await made.sync();
    expect(rowNamed(report, 'feat!: a breaking one')).toMatchObject({
      standing: 'landed',
      evidence: { kind: 'landed', how: 'apply' },
      pullRequest: expect.stringContaining('/pull/1'),
    });
    expect(report.notes.join('\n')).toContain('Pull request #1 was merged by keeper');
  });

  it('says who approved it, until what they approved is another commit', async () => {
    const made = await oneForReview();
    made.hosted.review(1, 'keeper', 'APPROVED');
    const report = await made.sync();
    const approved = expect.stringContaining('Approved by keeper: merging the pull request lands it.');
    expect(rowNamed(report, 'feat!: a breaking one')).toMatchObject({ standing: 'review', reason: approved });
    expect(report.notes).toContain('Pull request #1 was approved by keeper.');
    const written = made.github.wire.writes().length;
    expect(rowNamed(await made.sync(), 'feat!: a breaking one').reason).toEqual(approved);
    expect(made.github.wire.writes().slice(written)).toEqual([]);
    made.family.commit(made.family.sibling('acme'), 'feat!: another one', { 'src/another.txt': 'another\n' });
    await made.sync();
    expect(rowNamed(await made.sync(), 'feat!: a breaking one').reason).not.toContain('Approved');
  });

  it('declines what they close, and offers it again when they reopen it', async () => {
    const made = await oneForReview();
    await made.setState(numberOf(made, 'autosync/acme/review'), 'closed');
    const closed = await made.sync();
    expect(rowNamed(closed, 'feat!: a breaking one')).toMatchObject({
      standing: 'declined',
      reason: expect.stringContaining('Pull request #1 was closed without merging it.'),
    });
    expect(rowNamed(await made.sync(), 'feat!: a breaking one').standing).toBe('declined');
    await made.setState(numberOf(made, 'autosync/acme/review'), 'open');
    expect(rowNamed(await made.sync(), 'feat!: a breaking one')).toMatchObject({
      standing: 'review',
      pullRequest: expect.stringContaining('/pull/1'),
    });
    expect(made.hosted.pulls()).toHaveLength(1);
  });

  it('leaves a branch alone that they committed to, and says so', async () => {
    const made = await oneForReview();
    const theirs = made.hosted.commit(
      'autosync/acme/review',
      { 'src/theirs.txt': 'by hand\n' },
      'fix: by hand',
      'keeper',
    );
    made.family.commit(made.family.sibling('acme'), 'feat!: another one', { 'src/another.txt': 'another\n' });
    const report = await made.sync();
    expect(made.hosted.tip('autosync/acme/review')).toBe(theirs);
    expect(report.siblings.flatMap(({ notes }) => notes).join('\n')).toContain('has commits of a person');
    const page = expect.stringContaining('/pull/1');
    expect(rowNamed(report, 'feat!: a breaking one')).toMatchObject({ standing: 'review', pullRequest: page });
    expect(rowNamed(report, 'feat!: another one')).toMatchObject({ standing: 'waiting', pullRequest: null });
  });

  it('takes their resolution of a conflict for the commit itself', async () => {
    const made = await family();
    const acme = made.family.sibling('acme');
    const theirs = made.family.commit(acme, 'fix: line five', { 'src/app.txt': appWith({ 5: 'acme' }) });
    made.hosted.commit('main', { 'src/app.txt': appWith({ 5: 'ours' }) }, 'feat: line five, as the target has it');
    expect(rowNamed(await made.sync(), 'fix: line five').standing).toBe('conflict');
    const words = `fix: line five\n\n(cherry picked from commit ${theirs})`;
    made.hosted.commit('autosync/acme/conflict', { 'src/app.txt': appWith({ 5: 'both' }) }, words, 'keeper');
    const waiting = await made.sync();
    expect(rowNamed(waiting, 'fix: line five').standing).toBe('conflict');
    const { number } = made.pull('autosync/acme/conflict') ?? { number: 0 };
    await made.setReady(number);
    made.hosted.merge(number, 'keeper');
    expect(rowNamed(await made.sync(), 'fix: line five').standing).toBe('present');
  });
});

describe('what guards the target', () => {
  const safeOne = async (more: ForgeMore): Promise<ForgeFamily> => {
    const made = await family(more);
    made.family.commit(made.family.sibling('acme'), 'fix: a safe one', { 'src/safe.txt': 'safe\n' });
    return made;
  };

  it('keeps a pull request open when reviews are required, with the reason, and merges it once approved', async () => {
    const made = await safeOne({ hosting: { protection: { main: { requiredApprovals: 1 } } } });
    const row = rowNamed(await made.sync(), 'fix: a safe one');
    expect(row).toMatchObject({ standing: 'review', verdict: 'auto-merge' });
    expect(row.reason).toMatch(/approv/);
    expect(made.pull('autosync/acme/auto')).toMatchObject({ state: 'open', merge: null });
    made.hosted.review(1, 'keeper', 'APPROVED');
    expect(rowNamed(await made.sync(), 'fix: a safe one').standing).toBe('landed');
  });

  it('waits for required checks, and merges once they have passed', async () => {
    const made = await safeOne({ hosting: { protection: { main: { requiredChecks: ['ci'] } } } });
    const row = rowNamed(await made.sync(), 'fix: a safe one');
    expect(row.reason).toContain('the required check ci has not passed yet');
    made.hosted.status(made.pull('autosync/acme/auto')?.headSha ?? '', 'ci', 'success');
    expect(rowNamed(await made.sync(), 'fix: a safe one').standing).toBe('landed');
    expect(made.hosted.pulls()).toHaveLength(1);
  });

  it('never merges on a base that moved after the checks', async () => {
    const made = await safeOne({ hosting: { protection: { main: { requiredChecks: ['ci'] } } } });
    await made.sync();
    const validated = made.pull('autosync/acme/auto')?.headSha ?? '';
    made.hosted.status(validated, 'ci', 'success');
    made.hosted.commit('main', { 'src/later.txt': 'later\n' }, 'feat: later', 'keeper');
    const row = rowNamed(await made.sync(), 'fix: a safe one');
    expect(row.standing).toBe('review');
    const next = made.pull('autosync/acme/auto')?.headSha ?? '';
    expect(next).not.toBe(validated);
    expect(git(made.hosted.folder, ['show', `${next}:src/later.txt`])).toBe('later');
    made.hosted.status(next, 'ci', 'success');
    expect(rowNamed(await made.sync(), 'fix: a safe one').standing).toBe('landed');
  });

  it('is said before anything is picked when the token may not', async () => {
    const made = await safeOne({
      token: { permissions: { contents: 'read', pull_requests: 'read', metadata: 'read' } },
    });
    const refused: unknown = await made.sync().catch((error: unknown) => error);
    expect(String(refused)).toMatch(/Contents: read and write|Pull requests: read and write/);
    expect(made.family.checksRun()).toBe(0);
    expect(made.github.wire.writes()).toEqual([]);
  });
});

describe("a person's word", () => {
  it('is applied by a pull request that is merged at once, and taken back by another', async () => {
    const made = await family();
    const sha = made.family.commit(made.family.sibling('acme'), 'feat!: breaking', {
      'src/breaking.txt': 'breaking\n',
    });
    await made.sync();
    const report = await made.apply([sha]);
    expect(git(made.hosted.folder, ['show', 'main:src/breaking.txt'])).toBe('breaking');
    expect(rowNamed(report, 'feat!: breaking').standing).toBe('landed');
    await made.undo(report.run);
    expect(() => git(made.hosted.folder, ['cat-file', '-e', 'main:src/breaking.txt'])).toThrow();
    expect(rowNamed(await made.sync(), 'feat!: breaking').standing).toBe('declined');
  });
});

describe('how a pull request is merged', () => {
  for (const method of ['merge', 'squash', 'rebase'] as const)
    it(`${method}: what landed is known again, is the validated tree, and can be taken back`, async () => {
      const made = await family({ policy: { land: { askPeople: false, mergeMethod: method } } });
      const acme = made.family.sibling('acme');
      made.family.commit(acme, 'fix: one', { 'src/one.txt': 'one\n' });
      made.family.commit(acme, 'fix: two', { 'src/two.txt': 'two\n' });
      const { run } = await made.sync();
      const report = await made.sync();
      expect(rowNamed(report, 'fix: one')).toMatchObject({ standing: 'landed', evidence: { how: 'auto-merge' } });
      expect(rowNamed(report, 'fix: two')).toMatchObject({ standing: 'landed', evidence: { how: 'auto-merge' } });
      expect(report.notes.join('\n')).not.toContain('another tree');
      expect(git(made.hosted.folder, ['show', 'main:src/two.txt'])).toBe('two');
      await made.undo(run);
      expect(() => git(made.hosted.folder, ['cat-file', '-e', 'main:src/two.txt'])).toThrow();
      const undone = await made.sync();
      expect([rowNamed(undone, 'fix: one').standing, rowNamed(undone, 'fix: two').standing]).toEqual([
        'declined',
        'declined',
      ]);
    });
});

import { afterEach, describe, expect, it } from 'vitest';
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
  it('merges what is proved safe and opens pull requests for the rest', async () => {
    const made = await fiveEnhancements();
    const report = await made.sync();
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

  it('writes nothing on the wire when it is run again', async () => {
    const made = await fiveEnhancements();
    const first = await made.sync();
    const written = made.github.wire.writes().length;
    const again = await made.sync();
    expect(made.github.wire.writes().slice(written)).toEqual([]);
    const rows = (report: typeof first) =>
      report.siblings.flatMap(({ commits }) =>
        commits.map(({ sha, standing, pullRequest }) => [sha, standing, pullRequest]),
      );
    expect(rows(again)).toEqual(rows(first));
  });

  it('touches nothing of the working tree, the refs and the index of the target', async () => {
    const made = await fiveEnhancements();
    const state = () => [
      git(made.family.target, ['for-each-ref']),
      git(made.family.target, ['status', '--porcelain']),
      git(made.family.target, ['rev-parse', 'HEAD']),
    ];
    const before = state();
    await made.sync();
    expect(state()).toEqual(before);
  });
});

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Commit } from '../../src/core/commit.js';
import type { ResolutionFile, ResolutionText } from '../../src/core/facts.js';
import type { GitPort, PickChain } from '../../src/core/gitPort.js';
import type { TriedConflict } from '../../src/core/trial.js';
import { cacheFolderOf } from '../../src/git/quarantine.js';
import { bring, NEVER, openPort, siblingAt } from '../support/openPort.js';
import { git } from '../support/plainGit.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { lines, SCENES, stage } from './corpus.js';

const LABELS = { ours: 'main', theirs: 'sibling 0123456789' };
const MESSAGE = 'fix: picked\n';

const tryOn = (port: GitPort, commit: Commit) => port.tryPick(port.target.head, { commit, labels: LABELS }, NEVER);

const pickWith = (
  port: GitPort,
  commit: Commit,
  resolution: readonly ResolutionFile[],
  before: readonly Commit[] = [],
) =>
  port.chain(
    port.target.head,
    [...before.map((one) => ({ commit: one, message: MESSAGE })), { commit, message: MESSAGE, resolution }],
    NEVER,
  );

const answerTo = ({ path, ours, encoding }: TriedConflict): ResolutionText => ({
  path,
  ours: ours?.oid ?? null,
  text: encoding === null ? null : `resolved ${path}\n`,
});

const keeping =
  (keep: 'ours' | 'theirs') =>
  ({ path, ours, theirs }: TriedConflict): ResolutionFile => ({
    path,
    ours: ours?.oid ?? null,
    theirs: theirs?.oid ?? null,
    keep,
  });

const gitDirOf = (port: GitPort, cache: string): string =>
  join(cacheFolderOf(port.target.root, cache), 'quarantine.git');

/** Mode and blob of every file in a tree, read by plain git. */
const filesIn = (gitDir: string, tree: string): ReadonlyMap<string, string> =>
  new Map(
    git(gitDir, ['ls-tree', '-r', '-z', '--format=%(path)%x09%(objectmode) %(objectname)', tree])
      .split('\0')
      .map((line) => [line.slice(0, line.lastIndexOf('\t')), line.slice(line.lastIndexOf('\t') + 1)] as const),
  );

/** What the pick of a chain holds at a path, read by plain git; null where nothing stands. */
function contentAt(gitDir: string, chain: PickChain, path: string): string | null {
  const found = git(gitDir, ['ls-tree', '-r', '-z', '--name-only', chain.tip]).split('\0');
  return found.includes(path) ? git(gitDir, ['cat-file', 'blob', `${chain.tip}:${path}`]) : null;
}

const CLASH = {
  base: { files: { 'a.txt': lines(20), 'deep/er/b.txt': lines(20) } },
  here: [{ files: { 'a.txt': lines(20, { 5: 'here' }) }, modes: { 'a.txt': 'executable' as const } }],
  there: [{ files: { 'a.txt': lines(20, { 5: 'there' }), 'deep/er/b.txt': lines(20, { 5: 'there' }) } }],
};

describe.each(['sha1', 'sha256'] as const)('a pick that a person resolved, in %s', (format) => {
  it('has the resolved text with the mode of the target, and all else as the merge gives it', async () => {
    const scene = stage(CLASH, format);
    const port = await openPort(scene.target);
    const [commit] = (await bring(port, siblingAt(scene.sibling))).incoming;
    if (commit === undefined) throw new Error('nothing came');
    const { conflicts, tree } = await tryOn(port, commit);
    expect(conflicts.map(({ path, type }) => [path, type])).toEqual([['a.txt', 'contents']]);
    const chain = await pickWith(port, commit, conflicts.map(answerTo));
    expect(chain.results[0]).toMatchObject({ kind: 'picked', paths: ['a.txt', 'deep/er/b.txt'] });
    expect(chain.tree).not.toBe(tree);
    const changes = await port.changesBetween(port.target.head, chain.tip, NEVER);
    expect(changes.map(({ path, after }) => [path, after?.mode])).toEqual([
      ['a.txt', '100755'],
      ['deep/er/b.txt', '100644'],
    ]);
    expect(
      await port.tryPick(port.target.head, { commit, labels: LABELS, resolution: conflicts.map(answerTo) }, NEVER),
    ).toEqual({
      tree: chain.tree,
      conflicts: [],
    });
    await port.close();
  });
});

describe('a resolution', () => {
  const clashing = async (more: Partial<typeof CLASH> = {}) => {
    const scene = stage({ ...CLASH, ...more });
    const port = await openPort(scene.target);
    const { incoming } = await bring(port, siblingAt(scene.sibling));
    const commit = incoming.at(-1);
    if (commit === undefined) throw new Error('nothing came');
    return { port, commit, incoming, answers: (await tryOn(port, commit)).conflicts.map(answerTo) };
  };
  const outcome = (chain: PickChain) => chain.results.map(({ kind }) => kind);

  it('of another version of the file, of fewer files, or of none is not taken', async () => {
    const { port, commit, answers } = await clashing();
    const stale = answers.map((one) => ({ ...one, ours: '1'.repeat(40) }));
    for (const files of [stale, [], [{ path: 'deep/er/b.txt', ours: null, text: 'x\n' }]])
      expect(outcome(await pickWith(port, commit, files))).toEqual(['conflict']);
    expect(outcome(await pickWith(port, commit, answers))).toEqual(['picked']);
  });

  it('that holds a conflict marker is never taken, whoever wrote it into the state', async () => {
    const { port, commit, answers } = await clashing();
    for (const text of ['<<<<<<< main\n', 'a\n=======\nb\n', '>>>>>>> x\n']) {
      const files = answers.map((one) => ({ ...one, text }));
      expect(outcome(await pickWith(port, commit, files))).toEqual(['conflict']);
    }
  });

  it('does not fit on top of a pick that changed the same file, and the chain goes on', async () => {
    const here = [{ files: { 'a.txt': lines(20, { 5: 'here' }) } }];
    const there = [
      { files: { 'a.txt': lines(20, { 18: 'first' }) } },
      { files: { 'a.txt': lines(20, { 5: 'there', 18: 'first' }) } },
    ];
    const { port, commit, incoming, answers } = await clashing({ here: here as never, there: there as never });
    const first = incoming.slice(0, 1);
    expect(outcome(await pickWith(port, commit, answers, first))).toEqual(['picked', 'conflict']);
    expect(outcome(await pickWith(port, commit, answers))).toEqual(['picked']);
  });

  it('is not looked at where the pick is clean', async () => {
    const { port, commit, answers } = await clashing({ here: [] as never });
    const [clean] = (await pickWith(port, commit, [{ path: 'a.txt', ours: null, text: 'x\n' }])).results;
    const [plain] = (await pickWith(port, commit, answers)).results;
    expect(clean).toMatchObject({ kind: 'picked' });
    expect(clean).toEqual(plain);
  });
});

/** A conflict of the corpus: what came, and how it clashes. */
interface Clash {
  readonly name: string;
  readonly port: GitPort;
  readonly gitDir: string;
  readonly commit: Commit;
  readonly conflicts: readonly TriedConflict[];
}

async function clashOf(scene: (typeof SCENES)[number]): Promise<readonly Clash[]> {
  const staged = stage(scene);
  const cache = join(temporaryFolder(), 'cache');
  const port = await openPort(staged.target, { cache });
  const { incoming } = await bring(port, siblingAt(staged.sibling));
  const commit = incoming.filter(({ parents }) => parents.length < 2).at(-1);
  const conflicts = commit === undefined ? [] : (await tryOn(port, commit)).conflicts;
  if (commit !== undefined && conflicts.length > 0)
    return [{ name: scene.name, port, gitDir: gitDirOf(port, cache), commit, conflicts }];
  await port.close();
  return [];
}

describe('every conflict that the corpus knows', () => {
  const clashes: Clash[] = [];
  beforeAll(async () => {
    for (const scene of SCENES) clashes.push(...(await clashOf(scene)));
  });
  afterAll(async () => {
    for (const { port } of clashes) await port.close();
  });

  it('is either resolved to just what was answered, without a marker anywhere, or stays a conflict', async () => {
    const seen = { picked: 0, conflict: 0 };
    for (const { name, port, gitDir, commit, conflicts } of clashes) {
      const chain = await pickWith(port, commit, conflicts.map(answerTo));
      const isPicked = chain.results[0]?.kind === 'picked';
      seen[isPicked ? 'picked' : 'conflict'] += 1;
      for (const { path, text } of isPicked ? conflicts.map(answerTo) : [])
        expect(contentAt(gitDir, chain, path), `${name}: ${path}`).toBe(text?.trimEnd() ?? null);
      const markers = ['grep', '-c', '-E', '^(<<<<<<<|>>>>>>>) ', chain.tip];
      if (isPicked) expect(git(gitDir, markers, { expect: [0, 1] }), name).toBe('');
    }
    expect(seen.picked).toBeGreaterThan(20);
    expect(seen.conflict).toBeLessThan(6);
  });

  it.each(['ours', 'theirs'] as const)('is resolved to just the version of %s, or stays a conflict', async (side) => {
    const seen = { picked: 0, conflict: 0 };
    for (const { name, port, gitDir, commit, conflicts } of clashes) {
      const resolution = conflicts.map(keeping(side));
      const tried = await port.tryPick(port.target.head, { commit, labels: LABELS, resolution }, NEVER);
      seen[tried.conflicts.length === 0 ? 'picked' : 'conflict'] += 1;
      const now = filesIn(gitDir, tried.tree);
      const resolved = tried.conflicts.length === 0 ? conflicts : [];
      for (const { path, [side]: kept } of resolved)
        expect(now.get(path), `${name}: ${path}`).toBe(kept === null ? undefined : `${kept.mode} ${kept.oid}`);
      const aside = [...now.keys()].filter((path) => /~[0-9a-f]{40,64}/.test(path));
      if (resolved.length > 0) expect(aside, name).toEqual([]);
    }
    expect(seen.picked).toBeGreaterThan(20);
    expect(seen.conflict).toBeLessThan(6);
  });
});

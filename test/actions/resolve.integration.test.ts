import { readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ConflictMaterial } from '../../src/core/preview.js';
import { appWith, type Family, makeFamily, NEVER, rowOf, subjectsOf } from '../support/family.js';
import { fingerprint } from '../support/fingerprint.js';
import { git, gitBytes } from '../support/plainGit.js';

const OURS = appWith({ 5: 'ours' });
const THEIRS = appWith({ 5: 'theirs' });
const BOTH = appWith({ 5: 'ours and theirs' });

/** A family in which a commit of acme conflicts with the target in `src/app.txt`, and changes another file too. */
async function conflicted(): Promise<{ family: Family; acme: string; sha: string }> {
  const family = makeFamily();
  const acme = family.sibling('acme');
  const sha = family.commit(acme, 'fix: clash', { 'src/app.txt': THEIRS, 'src/more.txt': 'more\n' });
  family.commit(family.target, 'fix: here', { 'src/app.txt': OURS });
  expect(rowOf(await family.scan(), sha).standing).toBe('conflict');
  return { family, acme, sha };
}

const answer = (text: string | null, path = 'src/app.txt') => [{ path, text }];

/** The conflicts of one commit with texts in the place of names. */
async function materialOf(family: Family, sha: string) {
  const material: ConflictMaterial = await family.engine().conflict(sha, NEVER);
  const engine = family.engine();
  const read = async (id: string | null) => {
    if (id === null) return null;
    const content = await engine.blob(id);
    return content.kind === 'text' ? content.text : content.kind;
  };
  return Promise.all(
    material.files.map(async ({ path, type, base, ours, theirs, merged }) => ({
      path,
      type,
      base: await read(base),
      ours: await read(ours),
      theirs: await read(theirs),
      merged: await read(merged),
    })),
  );
}

describe('the conflicts of a commit', () => {
  it('are given in three versions, and merged with markers that name the two sides', async () => {
    const { family, sha } = await conflicted();
    const merged = appWith({
      5: `<<<<<<< main\nours\n=======\ntheirs\n>>>>>>> acme ${sha.slice(0, 10)}`,
    });
    expect(await materialOf(family, sha)).toEqual([
      { path: 'src/app.txt', type: 'contents', base: appWith({}), ours: OURS, theirs: THEIRS, merged },
    ]);
  });

  it('have no merge to edit where a side lacks the file, or it is no text', async () => {
    const family = makeFamily(['acme'], {
      'gone.txt': 'gone\n',
      'moved.txt': appWith({}),
      'picture.bin': 'a\0b',
      'link.txt': 'text\n',
    });
    const acme = family.sibling('acme');
    git(acme, ['mv', 'moved.txt', 'there.txt']);
    unlinkSync(join(acme, 'link.txt'));
    symlinkSync('gone.txt', join(acme, 'link.txt'));
    writeFileSync(join(acme, 'gone.txt'), 'theirs\n');
    writeFileSync(join(acme, 'picture.bin'), 'a\0theirs');
    writeFileSync(join(acme, 'both.txt'), 'theirs\n');
    git(acme, ['add', '-A']);
    git(acme, ['commit', '-q', '-m', 'fix: all at once']);
    const sha = git(acme, ['rev-parse', 'HEAD']);
    family.commit(family.target, 'fix: here', {
      'gone.txt': null,
      'moved.txt': null,
      'picture.bin': 'a\0ours',
      'both.txt': 'ours\n',
      'link.txt': 'other text\n',
    });
    await family.scan();
    const found = new Map((await materialOf(family, sha)).map(({ path, ...rest }) => [path, rest]));
    expect(found.get('gone.txt')).toMatchObject({
      type: 'modify/delete',
      ...{ base: 'gone\n', ours: null, theirs: 'theirs\n', merged: null },
    });
    expect(found.get('there.txt')).toMatchObject({ type: 'rename/delete', ours: null, merged: null });
    expect(found.get('picture.bin')).toMatchObject({ ours: 'binary', theirs: 'binary', merged: null });
    expect(found.get('both.txt')).toMatchObject({ type: 'add/add', base: null, ours: 'ours\n', theirs: 'theirs\n' });
    expect(found.get('both.txt')?.merged).toMatch(/^<<<<<<< main\nours\n=======\ntheirs\n>>>>>>> acme /);
    expect(found.get('link.txt')).toMatchObject({ merged: null });
    expect(found.size).toBe(5);
  });

  it('are refused in a clear sentence where there are none any more', async () => {
    const { family, acme, sha } = await conflicted();
    const clean = family.commit(acme, 'fix: clean', { 'src/clean.txt': 'clean\n' });
    const dropped = family.commit(acme, 'fix: dropped', { '.env': 'A=1\n' });
    git(family.target, ['reset', '-q', '--hard', 'HEAD~1']);
    await family.scan();
    const engine = family.engine();
    for (const [one, why] of [
      [sha, /does not conflict with main/],
      [clean, /does not conflict with main/],
      [dropped, /every file of .* is dropped by a rule/],
    ] as const)
      await expect(engine.conflict(one, NEVER)).rejects.toMatchObject({
        code: 'cannot-land',
        message: expect.stringMatching(why),
      });
    await expect(engine.conflict('abcdef', NEVER)).rejects.toMatchObject({ code: 'unknown-commit' });
  });
});

describe('a person resolves the conflicts of a commit', () => {
  it('and it is a candidate that never merges by itself, is offered, and lands exactly as it was resolved', async () => {
    const { family, sha } = await conflicted();
    const before = fingerprint(family.target);
    const row = await family.engine().resolve(sha.slice(0, 9), answer(BOTH), NEVER);
    expect(row).toMatchObject({ sha, standing: 'candidate', forecast: 'conflict', resolved: { by: 'A. Keeper' } });
    expect(row.reason).toMatch(/^Its conflict in 1 file was resolved by A\. Keeper on \d{4}-\d\d-\d\d; it picks/);
    expect(row.vetoes).toEqual([expect.stringMatching(/^A person resolved its conflicts: A\. Keeper on /)]);
    expect(await family.engine().incoming('acme', sha)).toEqual(row);
    const again = rowOf(await family.scan(), sha);
    expect(again).toMatchObject({ ...row, evidence: { kind: 'candidate' } });
    expect((await family.engine().preview(sha, NEVER)).conflicts).toEqual([]);
    expect(fingerprint(family.target)).toEqual(before);

    const offered = rowOf(await family.sync(), sha);
    expect(offered).toMatchObject({ standing: 'review', verdict: 'review', resolved: row.resolved });
    expect(offered.vetoes).toContain(row.vetoes[0]);
    expect(git(family.target, ['show', 'autosync/acme:src/app.txt'])).toBe(BOTH.trimEnd());
    expect(subjectsOf(family.target, 'main')).toHaveLength(2);
    const kept = git(family.target, ['rev-parse', 'autosync/acme']);
    expect(rowOf(await family.sync(), sha).standing).toBe('review');
    expect(git(family.target, ['rev-parse', 'autosync/acme'])).toBe(kept);

    const landed = rowOf(await family.engine().apply([sha], NEVER), sha);
    expect(landed).toMatchObject({ standing: 'landed', evidence: { how: 'apply' } });
    expect(readFileSync(join(family.target, 'src/app.txt'), 'utf8')).toBe(BOTH);
    expect(readFileSync(join(family.target, 'src/more.txt'), 'utf8')).toBe('more\n');
    expect(git(family.target, ['status', '--porcelain'])).toBe('');
    expect(rowOf(await family.sync(), sha).standing).toBe('landed');
  });

  it('and it lands by apply alone, without a sync before', async () => {
    const { family, sha } = await conflicted();
    await expect(family.engine().apply([sha], NEVER)).rejects.toMatchObject({ code: 'cannot-land' });
    await family.engine().resolve(sha, answer(BOTH), NEVER);
    await family.engine().apply([sha], NEVER);
    expect(readFileSync(join(family.target, 'src/app.txt'), 'utf8')).toBe(BOTH);
    await expect(family.engine().apply([sha], NEVER)).rejects.toThrow(/in the target already/);
    await expect(family.engine().resolve(sha, answer(BOTH), NEVER)).rejects.toThrow(/in the target already/);
  });

  it('but a check that breaks on it holds it back as it would any other', async () => {
    const { family, sha } = await conflicted();
    await family.engine().resolve(sha, answer('BROKEN\n'), NEVER);
    await expect(family.engine().apply([sha], NEVER)).rejects.toThrow(/breaks proof/);
    expect(rowOf(await family.sync(), sha).standing).toBe('rejected');
  });

  it.each([
    ['offered', true],
    ['a candidate', false],
  ])(
    'and when the file changes in the target while it is %s, it conflicts again and says why',
    async (_what, synced) => {
      const { family, sha } = await conflicted();
      await family.engine().resolve(sha, answer(BOTH), NEVER);
      if (synced) await family.sync();
      family.commit(family.target, 'fix: here again', { 'src/app.txt': appWith({ 5: 'ours, later' }) });
      const row = rowOf(await family.scan(), sha);
      expect(row.standing).toBe('conflict');
      expect(row.resolved).toBeUndefined();
      expect(row.vetoes).toEqual([]);
      expect(row.reason).toMatch(
        /It was resolved by A\. Keeper on .* before the target's file changed; resolve it again\./,
      );
      await expect(family.engine().apply([sha], NEVER)).rejects.toMatchObject({ code: 'cannot-land' });
      expect(rowOf(await family.sync(), sha).standing).toBe('conflict');
      await family.engine().resolve(sha, answer(THEIRS), NEVER);
      await family.engine().apply([sha], NEVER);
      expect(readFileSync(join(family.target, 'src/app.txt'), 'utf8')).toBe(THEIRS);
    },
  );

  it('and a change of other files in the target does not matter', async () => {
    const { family, sha } = await conflicted();
    await family.engine().resolve(sha, answer(BOTH), NEVER);
    family.commit(family.target, 'fix: elsewhere', { 'README.md': 'Ours.\n' });
    expect(rowOf(await family.scan(), sha).standing).toBe('candidate');
  });

  it('and says so where picks before it change the same file', async () => {
    const { family, acme } = await conflicted();
    git(acme, ['reset', '-q', '--hard', 'HEAD~1']);
    family.commit(acme, 'feat!: first', { 'src/app.txt': appWith({ 18: 'first' }) });
    const sha = family.commit(acme, 'fix: clash', { 'src/app.txt': appWith({ 5: 'theirs', 18: 'first' }) });
    await family.scan();
    await family.engine().resolve(sha, answer(BOTH), NEVER);
    const row = rowOf(await family.sync(), sha);
    expect(row.standing).toBe('conflict');
    expect(row.reason).toMatch(/for the target as it is, but the picks before it change the same file/);
    await family.engine().apply([sha], NEVER);
    expect(readFileSync(join(family.target, 'src/app.txt'), 'utf8')).toBe(BOTH);
  });

  it('and it survives the rebase of the sibling', async () => {
    const { family, acme, sha } = await conflicted();
    await family.engine().resolve(sha, answer(BOTH), NEVER);
    git(acme, ['reset', '-q', '--hard', 'HEAD~1']);
    family.commit(acme, 'feat!: first', { 'src/first.txt': 'first\n' });
    const again = family.commit(acme, 'fix: the same', { 'src/app.txt': THEIRS, 'src/more.txt': 'more\n' });
    expect(again).not.toBe(sha);
    const row = rowOf(await family.sync(), again);
    expect(row).toMatchObject({ standing: 'review', resolved: { by: 'A. Keeper' } });
    expect(git(family.target, ['show', 'autosync/acme:src/app.txt'])).toBe(BOTH.trimEnd());
  });

  it('and it is in the state: without the quarantine, and with nothing left but the mirror', async () => {
    const { family, sha } = await conflicted();
    await family.engine().resolve(sha, answer(BOTH), NEVER);
    rmSync(family.cache, { recursive: true });
    rmSync(join(family.target, '.autosync/autosync.db'));
    rmSync(join(family.target, '.autosync/journal.jsonl'));
    expect(rowOf(await family.scan(), sha)).toMatchObject({ standing: 'candidate', resolved: { by: 'A. Keeper' } });
    await family.engine().apply([sha], NEVER);
    expect(readFileSync(join(family.target, 'src/app.txt'), 'utf8')).toBe(BOTH);
  });

  it('by deleting the file, or by keeping one that the target deleted', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const sha = family.commit(acme, 'fix: three', {
      'src/app.txt': THEIRS,
      'src/other.txt': 'theirs\n',
      'README.md': null,
    });
    family.commit(family.target, 'fix: here', { 'src/app.txt': OURS, 'src/other.txt': null, 'README.md': 'Ours.\n' });
    await family.scan();
    const files = [
      { path: 'src/other.txt', text: 'kept\r\n' },
      { path: 'README.md', text: 'Ours.\n' },
      { path: 'src/app.txt', text: null },
    ];
    await family.engine().resolve(sha, files, NEVER);
    await family.engine().apply([sha], NEVER);
    expect(git(family.target, ['show', '--name-status', '--format=', 'main'])).toBe('D\tsrc/app.txt\nA\tsrc/other.txt');
    expect(gitBytes(family.target, ['show', 'main:src/other.txt']).toString()).toBe('kept\r\n');
  });

  describe('by keeping a side', () => {
    const [OWN, OTHER] = [Buffer.from('a\0ours\xff', 'latin1'), Buffer.from('a\0theirs\xfe\r\n', 'latin1')];

    /** A commit of acme and the target change the same file without text, and a file against a link. */
    async function withoutText(): Promise<{ family: Family; acme: string; sha: string }> {
      const family = makeFamily(['acme'], { 'src/app.txt': appWith({}), 'picture.bin': 'a\0b', 'link.txt': 'text\n' });
      const acme = family.sibling('acme');
      writeFileSync(join(acme, 'picture.bin'), OTHER);
      unlinkSync(join(acme, 'link.txt'));
      symlinkSync('src/app.txt', join(acme, 'link.txt'));
      git(acme, ['add', '-A']);
      git(acme, ['update-index', '--chmod=+x', 'picture.bin']);
      git(acme, ['commit', '-q', '-m', 'fix: the picture']);
      writeFileSync(join(family.target, 'picture.bin'), OWN);
      family.commit(family.target, 'fix: here', { 'link.txt': 'other text\n' });
      git(family.target, ['commit', '-q', '-am', 'fix: our picture']);
      await family.scan();
      return { family, acme, sha: git(acme, ['rev-parse', 'HEAD']) };
    }

    const modesOf = (family: Family): string =>
      git(family.target, ['ls-tree', '--format=%(objectmode) %(path)', 'main', 'link.txt', 'picture.bin']);
    const pictureOf = (family: Family): Buffer => gitBytes(family.target, ['show', 'main:picture.bin']);
    const keep = (picture: 'ours' | 'theirs', link: 'ours' | 'theirs') => [
      { path: 'picture.bin', keep: picture },
      { path: 'link.txt', keep: link },
    ];

    it('lands what the sibling has, byte for byte, with its mode', async () => {
      const { family, sha } = await withoutText();
      const row = await family.engine().resolve(sha, keep('theirs', 'ours'), NEVER);
      expect(row).toMatchObject({ standing: 'candidate', resolved: { by: 'A. Keeper' } });
      expect(row.vetoes).toEqual([expect.stringMatching(/^A person resolved its conflicts/)]);
      await family.engine().apply([sha], NEVER);
      expect(pictureOf(family)).toEqual(OTHER);
      expect(modesOf(family)).toBe('100644 link.txt\n100755 picture.bin');
      expect(readFileSync(join(family.target, 'link.txt'), 'utf8')).toBe('other text\n');
      expect(git(family.target, ['status', '--porcelain'])).toBe('');
    });

    it('keeps what the target has, and lands the rest', async () => {
      const { family, sha } = await withoutText();
      await family.engine().resolve(sha, keep('ours', 'theirs'), NEVER);
      await family.engine().apply([sha], NEVER);
      expect(pictureOf(family)).toEqual(OWN);
      expect(modesOf(family)).toBe('120000 link.txt\n100644 picture.bin');
      expect(git(family.target, ['show', 'main:link.txt'])).toBe('src/app.txt');
    });

    it('is in the state: without the quarantine, and with nothing left but the mirror', async () => {
      const { family, sha } = await withoutText();
      await family.engine().resolve(sha, keep('theirs', 'ours'), NEVER);
      rmSync(family.cache, { recursive: true });
      rmSync(join(family.target, '.autosync/autosync.db'));
      rmSync(join(family.target, '.autosync/journal.jsonl'));
      expect(rowOf(await family.scan(), sha)).toMatchObject({ standing: 'candidate', resolved: { by: 'A. Keeper' } });
      await family.engine().apply([sha], NEVER);
      expect(pictureOf(family)).toEqual(OTHER);
    });

    it('is asked for again when the target or the sibling has another version since', async () => {
      const { family, sha } = await withoutText();
      await family.engine().resolve(sha, keep('theirs', 'ours'), NEVER);
      writeFileSync(join(family.target, 'picture.bin'), 'a\0ours, later');
      git(family.target, ['commit', '-q', '-am', 'fix: our picture again']);
      expect(rowOf(await family.scan(), sha)).toMatchObject({
        standing: 'conflict',
        reason: expect.stringMatching(/before the target's file changed; resolve it again/),
      });
      await expect(family.engine().apply([sha], NEVER)).rejects.toMatchObject({ code: 'cannot-land' });
    });

    it('counts a side that does not have the file as its deletion', async () => {
      const family = makeFamily();
      const acme = family.sibling('acme');
      const sha = family.commit(acme, 'fix: two', { 'src/other.txt': 'theirs\n', 'README.md': null });
      family.commit(family.target, 'fix: here', { 'src/other.txt': null, 'README.md': 'Ours.\n' });
      await family.scan();
      const files = [
        { path: 'src/other.txt', keep: 'theirs' },
        { path: 'README.md', keep: 'theirs' },
      ] as const;
      await family.engine().resolve(sha, files, NEVER);
      await family.engine().apply([sha], NEVER);
      expect(git(family.target, ['show', '--name-status', '--format=', 'main'])).toBe('D\tREADME.md\nA\tsrc/other.txt');
    });
  });

  it('of a partial pick, keeping the mode of the file and what rules drop outside', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const sha = family.commit(acme, 'fix: half', { '.env': 'A=1\n', 'src/app.txt': THEIRS });
    family.commit(family.target, 'fix: here', { 'src/app.txt': OURS });
    git(family.target, ['update-index', '--chmod=+x', 'src/app.txt']);
    git(family.target, ['commit', '-q', '-m', 'fix: executable']);
    git(family.target, ['reset', '-q', '--hard']);
    await family.scan();
    await family.engine().resolve(sha, answer(BOTH), NEVER);
    await family.engine().apply([sha], NEVER);
    expect(git(family.target, ['ls-tree', '--format=%(objectmode) %(path)', '-r', 'main'])).toBe(
      '100644 README.md\n100755 src/app.txt\n100644 src/other.txt',
    );
  });

  it('in the encoding that the file has', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
    const put = (root: string, subject: string, text: string): string => {
      writeFileSync(join(root, 'src/other.txt'), latin(text));
      git(root, ['commit', '-q', '-am', subject]);
      return git(root, ['rev-parse', 'HEAD']);
    };
    const sha = put(acme, 'fix: umlauts', 'für sie\n');
    put(family.target, 'fix: here', 'für uns\n');
    await family.scan();
    const engine = family.engine();
    await expect(engine.resolve(sha, answer('für “alle”\n', 'src/other.txt'), NEVER)).rejects.toThrow(/Latin-1/);
    await engine.resolve(sha, answer('für beide\n', 'src/other.txt'), NEVER);
    await engine.apply([sha], NEVER);
    expect(readFileSync(join(family.target, 'src/other.txt'))).toEqual(latin('für beide\n'));
  });

  it('and where nothing is left of it, the target has it already', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'fix: clash', { 'src/app.txt': THEIRS });
    family.commit(family.target, 'fix: here', { 'src/app.txt': OURS });
    await family.scan();
    const row = await family.engine().resolve(sha, answer(OURS), NEVER);
    expect(row).toMatchObject({ standing: 'present', reason: expect.stringMatching(/it changes nothing/) });
    expect(rowOf(await family.sync(), sha)).toMatchObject({ standing: 'present', reason: row.reason });
  });

  it('and explain tells who did, and when', async () => {
    const { family, sha } = await conflicted();
    await family.engine().resolve(sha, answer(BOTH), NEVER);
    await family.engine().apply([sha], NEVER);
    const explained = await family.engine().explain(sha, NEVER);
    expect(explained.resolved).toMatchObject({ by: 'A. Keeper', files: ['src/app.txt'] });
  });

  it.each([
    ['lacks a file', [], /src\/app\.txt conflicts and was not resolved/],
    ['has a file too many', [...answer(BOTH), ...answer('x', 'README.md')], /README\.md does not conflict/],
    ['has a file twice', [...answer(BOTH), ...answer(OURS)], /was resolved twice/],
    ['has a marker that begins', answer('<<<<<<< main\nx\n'), /still has conflict markers/],
    ['has a marker between', answer('x\n=======\ny\n'), /still has conflict markers/],
    ['has a marker that ends', answer('x\n>>>>>>> acme 1234567890'), /still has conflict markers/],
    ['is longer than anybody writes', answer('x'.repeat(1024 * 1024 + 1)), /larger than 1 MB/],
  ])('but not with an answer that %s', async (_what, files, why) => {
    const { family, sha } = await conflicted();
    await expect(family.engine().resolve(sha, files, NEVER)).rejects.toMatchObject({
      code: 'cannot-land',
      message: expect.stringMatching(why),
    });
    expect((await family.engine().incoming('acme', sha))?.standing).toBe('conflict');
    expect(rowOf(await family.scan(), sha).standing).toBe('conflict');
  });

  it('but not into a file at a denied path, however the conflict got there', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const sha = family.commit(acme, 'fix: clash', { 'src/app.txt': THEIRS });
    family.commit(family.target, 'fix: here', { 'src/app.txt': null, 'secrets/app.txt': OURS });
    await family.scan();
    const paths = (await family.engine().conflict(sha, NEVER)).files.map(({ path }) => path);
    const files = paths.map((path) => ({ path, text: BOTH }));
    await expect(family.engine().resolve(sha, files, NEVER)).rejects.toThrow(/deny list/);
  });
});

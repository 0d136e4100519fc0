import { chmodSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EditorEngine } from '../../src/core/engine.js';
import type { Preview, PreviewFile } from '../../src/core/preview.js';
import { openStore } from '../../src/store/store.js';
import { appWith, type Family, makeFamily, NEVER, rowOf } from '../support/family.js';
import { fingerprint } from '../support/fingerprint.js';
import { git } from '../support/plainGit.js';
import { merge } from '../support/repository.js';

const textOf = async (engine: EditorEngine, id: string | null): Promise<string | null> => {
  if (id === null) return null;
  const content = await engine.blob(id);
  return content.kind === 'text' ? content.text : content.kind;
};

/** A file of a preview with its texts in place of their names. */
async function shown(engine: EditorEngine, file: PreviewFile): Promise<readonly (string | null)[]> {
  return [file.path, await textOf(engine, file.before), await textOf(engine, file.after), file.note];
}

async function previewOf(family: Family, sha: string): Promise<{ preview: Preview; target: unknown; own: unknown }> {
  const preview = await family.engine().preview(sha, NEVER);
  const engine = family.engine(); // another one: what was shown can be read after the editor was closed
  return {
    preview,
    target: await Promise.all(preview.target.map((file) => shown(engine, file))),
    own: await Promise.all(preview.own.map((file) => shown(engine, file))),
  };
}

/** Commits what stands in a working tree already. */
function commitAll(root: string, subject: string): string {
  git(root, ['add', '-A']);
  git(root, ['commit', '-q', '-m', subject]);
  return git(root, ['rev-parse', 'HEAD']);
}

describe('a preview', () => {
  it('shows what a clean pick makes of the target, on top of what the target changed itself', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'fix: both', {
      'src/app.txt': appWith({ 18: 'theirs' }),
      'src/new.txt': 'new\n',
      'src/other.txt': null,
    });
    family.commit(family.target, 'fix: here', { 'src/app.txt': appWith({ 2: 'ours' }) });
    await family.scan();
    const { preview, target, own } = await previewOf(family, sha);
    expect(preview).toMatchObject({ sibling: 'acme', commit: { sha, standing: 'candidate' }, conflicts: [] });
    expect(target).toEqual([
      ['src/app.txt', appWith({ 2: 'ours' }), appWith({ 2: 'ours', 18: 'theirs' }), ''],
      ['src/new.txt', null, 'new\n', ''],
      ['src/other.txt', 'other\n', null, ''],
    ]);
    expect(own).toEqual([
      ['src/app.txt', appWith({}), appWith({ 18: 'theirs' }), ''],
      ['src/new.txt', null, 'new\n', ''],
      ['src/other.txt', 'other\n', null, ''],
    ]);
  });

  it('leaves out what a rule drops, and shows nothing where every file is dropped', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const half = family.commit(acme, 'fix: half', { '.env': 'A=1\n', 'src/half.txt': 'half\n' });
    const none = family.commit(acme, 'fix: none', { '.env': 'A=2\n' });
    await family.scan();
    const partial = await previewOf(family, half);
    expect(partial.target).toEqual([['src/half.txt', null, 'half\n', '']]);
    expect(partial.own).toHaveLength(2);
    const dropped = await previewOf(family, none);
    expect(dropped.target).toEqual([]);
    expect(dropped.own).toEqual([['.env', 'A=1\n', 'A=2\n', '']]);
  });

  it('names the files that conflict, and shows the others as the merge gives them', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'fix: clash', {
      'src/app.txt': appWith({ 5: 'theirs' }),
      'src/other.txt': 'better\n',
    });
    family.commit(family.target, 'fix: here', { 'src/app.txt': appWith({ 5: 'ours' }) });
    await family.scan();
    const { preview, target } = await previewOf(family, sha);
    expect(preview.conflicts).toEqual(['src/app.txt']);
    expect(target).toEqual([['src/other.txt', 'other\n', 'better\n', '']]);
  });

  it('follows a rename on either side', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    git(acme, ['mv', 'src/app.txt', 'src/main.txt']);
    const renamed = commitAll(acme, 'refactor: a better name');
    const other = family.commit(acme, 'fix: other', { 'src/other.txt': 'other!\n' });
    git(family.target, ['mv', 'src/other.txt', 'src/rest.txt']);
    commitAll(family.target, 'refactor: here');
    await family.scan();
    expect((await previewOf(family, renamed)).target).toEqual([
      ['src/app.txt', appWith({}), null, 'renamed to src/main.txt'],
      ['src/main.txt', null, appWith({}), 'renamed from src/app.txt'],
    ]);
    const moved = await family.engine().preview(other, NEVER);
    expect([...moved.target.map(({ path }) => path), ...moved.conflicts]).not.toContain('src/app.txt');
  });

  it('says what a diff of text does not show: modes, links, submodules, binaries', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    chmodSync(join(acme, 'src/other.txt'), 0o755);
    symlinkSync('other.txt', join(acme, 'src/link'));
    unlinkSync(join(acme, 'README.md'));
    symlinkSync('src/app.txt', join(acme, 'README.md'));
    git(acme, ['update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},lib`]);
    git(acme, ['add', 'src', 'README.md']);
    git(acme, ['commit', '-q', '-m', 'fix: odd']);
    const odd = git(acme, ['rev-parse', 'HEAD']);
    await family.scan();
    const { target, own } = await previewOf(family, odd);
    const kept = [
      ['README.md', 'A template.\n', 'src/app.txt', 'now a symbolic link'],
      ['src/link', null, 'other.txt', 'a symbolic link'],
      ['src/other.txt', 'other\n', 'other\n', 'now executable'],
    ];
    expect(target).toEqual(kept);
    expect(own).toEqual([kept[0], ['lib', null, null, 'a submodule, from nothing to 1111111111'], kept[1], kept[2]]);
  });

  it('shows the first commit of a history against nothing, and a merge against its first parent', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    git(acme, ['checkout', '-q', '-b', 'topic']);
    family.commit(acme, 'fix: topic', { 'src/topic.txt': 'topic\n' });
    git(acme, ['checkout', '-q', 'main']);
    family.commit(acme, 'fix: main', { 'src/main.txt': 'main\n' });
    const merged = merge(acme, 'topic');
    git(acme, ['checkout', '-q', '--orphan', 'apart']);
    git(acme, ['rm', '-rfq', '.']);
    const root = family.commit(acme, 'feat: apart', { 'src/apart.txt': 'apart\n' });
    git(acme, ['checkout', '-q', 'main']);
    git(acme, ['merge', '-q', '--allow-unrelated-histories', '-m', 'Merge apart', 'apart']);
    await family.scan();
    expect(await previewOf(family, merged)).toMatchObject({
      target: [],
      own: [['src/topic.txt', null, 'topic\n', '']],
    });
    const file = ['src/apart.txt', null, 'apart\n', ''];
    expect(await previewOf(family, root)).toMatchObject({ target: [file], own: [file] });
  });

  it('shows only the own step of a commit that needs those before it, once they wait on the review branch', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    family.commit(acme, 'feat!: one', { 'src/other.txt': 'one\n' });
    const two = family.commit(acme, 'feat!: two', { 'src/other.txt': 'two\n' });
    await family.sync();
    const { preview, target } = await previewOf(family, two);
    expect(preview.commit.standing).toBe('review');
    expect(target).toEqual([['src/other.txt', 'one\n', 'two\n', '']]);
  });

  it('shows only the own step of a candidate on top of what its row says it needs', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const one = family.commit(acme, 'feat: one', { 'src/other.txt': 'one\n' });
    const two = family.commit(acme, 'feat: two', { 'src/other.txt': 'two\n' });
    const row = rowOf(await family.scan(), two);
    expect(row.standing).toBe('conflict');
    expect((await family.engine().preview(two, NEVER)).conflicts).toEqual(['src/other.txt']);
    const store = await openStore({ root: family.target, clock: Date.now });
    const evidence = { kind: 'candidate', tree: '', needs: [one] } as const;
    const commits = [{ ...row, standing: 'candidate' as const, evidence }];
    await store.record([{ kind: 'commits', sibling: 'acme', run: 'test', replace: false, commits }]);
    await store.close();
    expect((await previewOf(family, two)).target).toEqual([['src/other.txt', 'one\n', 'two\n', '']]);
  });

  it('shows the own commit only of what is in the target already', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'fix: it', { 'src/it.txt': 'it\n' });
    expect(rowOf(await family.sync(), sha).standing).toBe('landed');
    expect(await previewOf(family, sha)).toMatchObject({ target: [], own: [['src/it.txt', null, 'it\n', '']] });
  });

  it('leaves everything of the user as it is, and needs no lock', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'fix: it', { 'src/app.txt': appWith({ 5: 'theirs' }) });
    family.commit(family.target, 'fix: here', { 'src/app.txt': appWith({ 5: 'ours' }) });
    await family.scan();
    const before = fingerprint(family.target);
    const previews = family.engine();
    await Promise.all([
      family.scan(),
      previews.preview(sha, NEVER),
      previews.preview(sha, NEVER),
      previews.conflict(sha, NEVER),
    ]);
    expect(fingerprint(family.target)).toEqual(before);
  });

  it('of an unknown commit, or after the quarantine was deleted, says what to do', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'fix: it', { 'src/it.txt': 'it\n' });
    await family.scan();
    const preview = await family.engine().preview(sha, NEVER);
    rmSync(family.cache, { recursive: true });
    const engine = family.engine();
    await expect(engine.blob(preview.target[0]?.after ?? '')).rejects.toMatchObject({
      code: 'unknown-commit',
      message: expect.stringMatching(/open the preview again/),
    });
    await expect(engine.preview(sha, NEVER)).rejects.toMatchObject({ code: 'unknown-commit' });
    await expect(engine.preview('abcdef', NEVER)).rejects.toMatchObject({ code: 'unknown-commit' });
    await family.scan();
    expect((await engine.preview(sha.slice(0, 9), NEVER)).target).toHaveLength(1);
  });
});

describe('a preview of what changes dependencies', () => {
  const manifest = (dependencies: Readonly<Record<string, string>>): string =>
    `${JSON.stringify({ name: 'shop', version: '1.0.0', dependencies }, null, 2)}\n`;

  it('names the lockfile that a run makes anew, and no other', async () => {
    const family = makeFamily(['acme'], {
      'package.json': manifest({}),
      'package-lock.json': '{ "lockfileVersion": 3 }\n',
      'src/app.txt': appWith({}),
    });
    const acme = family.sibling('acme');
    const dependency = family.commit(acme, 'feat: a library', { 'package.json': manifest({ lib: 'file:lib' }) });
    const plain = family.commit(acme, 'fix: the app', { 'src/app.txt': appWith({ 2: 'theirs' }) });
    await family.scan();
    const { preview, target } = await previewOf(family, dependency);
    expect(target).toEqual([['package.json', manifest({}), manifest({ lib: 'file:lib' }), '']]);
    expect(preview.unmade).toEqual(['package-lock.json']);
    expect((await previewOf(family, plain)).preview).not.toHaveProperty('unmade');
  });
});

describe('the content of a blob', () => {
  it('is text in UTF-8, UTF-16 with its mark, or Latin-1; binary; or too big', async () => {
    const family = makeFamily();
    const { target } = family;
    await family.scan();
    const engine = family.engine();
    const store = (bytes: Buffer): string => git(target, ['hash-object', '-w', '--stdin'], { input: bytes });
    const contentOf = (bytes: Buffer) => engine.blob(store(bytes));
    const wide = Buffer.from('\ufeffhé', 'utf16le');
    expect(await contentOf(Buffer.from('hé – “x”\n'))).toEqual({ kind: 'text', text: 'hé – “x”\n' });
    expect(await contentOf(Buffer.from('h\xe9', 'latin1'))).toEqual({ kind: 'text', text: 'hé' });
    expect(await contentOf(wide)).toEqual({ kind: 'text', text: 'hé' });
    expect(await contentOf(Buffer.from(wide).swap16())).toEqual({ kind: 'text', text: 'hé' });
    expect(await contentOf(Buffer.from('a\0b'))).toEqual({ kind: 'binary', bytes: 3 });
    expect(await contentOf(Buffer.alloc(0))).toEqual({ kind: 'text', text: '' });
    expect(await contentOf(Buffer.alloc(5 * 1024 * 1024, 'x'))).toMatchObject({ kind: 'text' });
    const big = 5 * 1024 * 1024 + 1;
    expect(await contentOf(Buffer.alloc(big, 'x'))).toEqual({ kind: 'too-big', bytes: big });
  });

  it.each(['', 'HEAD', '--help', 'a'.repeat(39), `${'a'.repeat(40)}\n${'b'.repeat(40)}`, 'A'.repeat(40)])(
    'is not asked of git for the name %j',
    async (name) => {
      const family = makeFamily();
      await expect(family.engine().blob(name)).rejects.toMatchObject({ code: 'unsafe-input' });
    },
  );

  it('is there for blobs only', async () => {
    const family = makeFamily();
    await family.scan();
    const head = git(family.target, ['rev-parse', 'HEAD']);
    for (const name of [head, 'a'.repeat(40), 'a'.repeat(64)])
      await expect(family.engine().blob(name)).rejects.toMatchObject({ code: 'unknown-commit' });
  });
});

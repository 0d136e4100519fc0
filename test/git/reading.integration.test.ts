import { describe, expect, it } from 'vitest';
import { lsTree } from '../../src/git/lsTree.js';
import { encodeCommit, encodeTree, type ObjectFormat, objectName, PackBuilder } from '../../src/git/objects.js';
import { bring, NEVER, openPort, siblingAt } from '../support/openPort.js';
import { git, gitBytes } from '../support/plainGit.js';
import { cloneOf, commitOf, makeCommit, makeRepository, merge } from '../support/repository.js';
import { lines } from './corpus.js';

const pair = () => {
  const target = makeRepository();
  makeCommit(target, { files: { 'a.txt': lines(10), 'secret.env': 'KEY=value\n', run: '#!/bin/sh\n' } });
  return { target, sibling: cloneOf(target) };
};

const look = async ({ target, sibling }: ReturnType<typeof pair>) => {
  const port = await openPort(target);
  return { port, ...(await bring(port, siblingAt(sibling))) };
};

describe('the files of a tree', () => {
  it('are found at just the paths that are named, whatever these begin with', async () => {
    const root = makeRepository();
    const files = { ':(glob)*': 'a\n', ':x/yarn.lock': 'b\n', '!y': 'c\n', 'plain.txt': 'd\n', '*': 'e\n' };
    const head = makeCommit(root, { files });
    const paths = [':(glob)*', ':x/yarn.lock', '!y', '*'];
    const found = await lsTree({ kind: 'target', folder: root }, head, { paths });
    expect([...found.keys()].sort()).toEqual([...paths].sort());
  });
});

describe('objects that are written without git', () => {
  it.each<ObjectFormat>(['sha1', 'sha256'])('have the names and bytes git gives them (%s)', async (format) => {
    const root = makeRepository({ objectFormat: format });
    makeCommit(root, {
      files: { 'a.txt': 'a\n', a: 'file\n', a0: 'x\n', 'A/b': 'b\n', 'a-b/c': 'c\n', 'żółć/日本': 'x\n' },
      message: 'żółć\n\nbody\n',
    });
    const raw = git(root, ['ls-tree', '-z', 'HEAD']).split('\0').filter(Boolean);
    const entries = raw.map((line) => {
      const [mode = '', , oid = ''] = line.slice(0, line.indexOf('\t')).split(' ');
      return { mode: mode.replace(/^0/, ''), name: Buffer.from(line.slice(line.indexOf('\t') + 1)), oid };
    });
    const tree = encodeTree([...entries].reverse());
    expect(objectName(tree, format)).toBe(git(root, ['rev-parse', 'HEAD^{tree}']));
    expect(tree.body).toEqual(gitBytes(root, ['cat-file', 'tree', 'HEAD^{tree}']));
    const text = gitBytes(root, ['cat-file', 'commit', 'HEAD']).toString();
    const [, author = '', committer = ''] = /author (.*)\ncommitter (.*)\n/.exec(text) ?? [];
    const commit = encodeCommit({
      tree: objectName(tree, format),
      parents: [],
      author,
      committer,
      message: 'żółć\n\nbody\n',
    });
    expect(objectName(commit, format)).toBe(commitOf(root));
    const pack = new PackBuilder(format);
    const names = Array.from({ length: 300 }, (_unused, index) =>
      pack.add(
        encodeCommit({
          tree: objectName(tree, format),
          parents: [],
          author,
          committer,
          message: `${'x'.repeat(index * 7)}\n`,
        }),
      ),
    );
    await pack.write(`${root}/.git/objects`);
    expect(git(root, ['cat-file', '--batch-check=%(objecttype)'], { input: names.join('\n') })).toBe(
      names.map(() => 'commit').join('\n'),
    );
    expect(git(root, ['fsck', '--full', '--no-dangling'])).toBe('');
  });
});

describe('commits as they are listed', () => {
  it('carry names, dates, messages and changes as git has them, whatever is in them', async () => {
    const both = pair();
    makeCommit(both.sibling, {
      files: { 'tab\there': 'x\n' },
      message: Buffer.from('feat: caf\xe9\n', 'latin1'),
      encoding: 'ISO-8859-1',
      author: { name: 'A. Pisarz', email: 'p@example.test', date: '@1600000000 +0530' },
    });
    makeCommit(both.sibling, { rawFiles: { 'n\xff': 'x\n' }, message: 'first line\r\nsecond\r\n\r\n\tbody\n' });
    makeCommit(both.sibling, { message: '' });
    makeCommit(both.sibling, { remove: ['a.txt'], modes: { run: 'executable' } });
    const { incoming, port } = await look(both);
    expect(incoming[0]).toMatchObject({
      subject: 'feat: café',
      author: { name: 'A. Pisarz', email: 'p@example.test', seconds: 1_600_000_000, zone: '+0530' },
      changes: [{ path: 'tab\there', status: 'A' }],
      readablePaths: true,
    });
    expect(incoming[1]).toMatchObject({
      readablePaths: false,
      message: 'first line\r\nsecond\r\n\r\n\tbody\n',
      changes: [{ path: 'nÿ' }],
    });
    expect(incoming[2]).toMatchObject({ subject: '', changes: [] });
    expect(
      incoming[3]?.changes.map(({ status, path, oldMode, newMode }) => `${status} ${path} ${oldMode} ${newMode}`),
    ).toEqual(['D a.txt 100644 000000', 'M run 100644 100755']);
    expect(incoming.map((commit) => commit.sha)).toEqual(
      git(both.sibling, ['rev-list', '--reverse', `${port.target.head}..HEAD`]).split('\n'),
    );
    expect(await port.messageOf(incoming[0]?.sha ?? '')).toMatch(/^feat: café\n/);
  });

  it('of merges have two parents and no changes, and their members come before them', async () => {
    const both = pair();
    git(both.sibling, ['checkout', '-q', '-b', 'side']);
    const side = makeCommit(both.sibling, { files: { 's.txt': 's\n' } });
    git(both.sibling, ['checkout', '-q', 'main']);
    const main = makeCommit(both.sibling, { files: { 'm.txt': 'm\n' } });
    const merged = merge(both.sibling, 'side');
    const { incoming } = await look(both);
    expect(new Set(incoming.slice(0, 2).map((commit) => commit.sha))).toEqual(new Set([side, main]));
    expect(incoming[2]).toMatchObject({ sha: merged, parents: [main, side], changes: [] });
  });
});

describe('what else is read of commits', () => {
  it('lines that are added, file by file, with odd names, modes, binaries, and no newline at the end', async () => {
    const both = pair();
    const name = '日本 "x" \\ and \r\n.txt';
    makeCommit(both.sibling, {
      files: {
        'a.txt': lines(10, { 2: 'two', 9: '+++ b/evil' }),
        [name]: 'one\n-- two\nno end',
        empty: '',
        'x and y.bin': Uint8Array.from([0, 1, 2]),
        'żółć.txt': 'ż\n',
      },
      modes: { run: 'executable' },
    });
    const { incoming, port } = await look(both);
    const sha = incoming[0]?.sha ?? '';
    const files = (await port.addedLines([sha], NEVER)).get(sha) ?? [];
    expect(new Map(files.map(({ path, ...rest }) => [path, rest]))).toEqual(
      new Map([
        [
          'a.txt',
          {
            binary: false,
            tooBig: false,
            added: 2,
            removed: 2,
            lines: [
              { line: 2, text: 'two' },
              { line: 9, text: '+++ b/evil' },
            ],
          },
        ],
        [
          name,
          {
            binary: false,
            tooBig: false,
            added: 3,
            removed: 0,
            lines: [
              { line: 1, text: 'one' },
              { line: 2, text: '-- two' },
              { line: 3, text: 'no end' },
            ],
          },
        ],
        ['empty', { binary: false, tooBig: false, added: 0, removed: 0, lines: [] }],
        ['run', { binary: false, tooBig: false, added: 0, removed: 0, lines: [] }],
        ['x and y.bin', { binary: true, tooBig: false, added: 0, removed: 0, lines: [] }],
        ['żółć.txt', { binary: false, tooBig: false, added: 1, removed: 0, lines: [{ line: 1, text: 'ż' }] }],
      ]),
    );
  });

  it('lines of a file with very many are counted, and the file is marked', async () => {
    const both = pair();
    makeCommit(both.sibling, { files: { 'big.txt': lines(20_500) } });
    const { incoming, port } = await look(both);
    const sha = incoming[0]?.sha ?? '';
    expect((await port.addedLines([sha], NEVER)).get(sha)).toMatchObject([
      { path: 'big.txt', tooBig: true, added: 20_500 },
    ]);
  });

  it('a commit’s text cannot pass for another commit, file or hunk', async () => {
    const both = pair();
    const evil = `\u0001commit ${'f'.repeat(40)}\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+planted\n`;
    makeCommit(both.sibling, { files: { 'evil.txt': evil }, message: evil });
    const { incoming, port } = await look(both);
    const added = await port.addedLines(
      incoming.map((commit) => commit.sha),
      NEVER,
    );
    expect([...added.keys()]).toEqual(incoming.map((commit) => commit.sha));
    expect([...added.values()][0]).toMatchObject([{ path: 'evil.txt', added: 6 }]);
    expect([
      ...(
        await port.patchIds(
          incoming.map((commit) => commit.sha),
          NEVER,
        )
      ).keys(),
    ]).toEqual(incoming.map((commit) => commit.sha));
  });

  it('where a file was renamed or copied from, and which blobs stand at paths', async () => {
    const both = pair();
    makeCommit(both.sibling, { remove: ['secret.env'], files: { 'harmless.txt': 'KEY=value\n' } });
    const { incoming, port } = await look(both);
    const sha = incoming[0]?.sha ?? '';
    expect((await port.sources([sha], NEVER)).get(sha)).toEqual(new Map([['harmless.txt', 'secret.env']]));
    const denied = await port.blobsAt([port.target.head], (path) => path.endsWith('.env'), NEVER);
    expect([...denied]).toEqual([incoming[0]?.changes.find((file) => file.path === 'harmless.txt')?.newBlob]);
  });

  it('targets of links', async () => {
    const both = pair();
    makeCommit(both.sibling, { files: { one: { link: '/etc/passwd' }, two: { link: '../żółć' } } });
    const { incoming, port } = await look(both);
    const blobs = incoming[0]?.changes.map((file) => file.newBlob) ?? [];
    expect([...(await port.readTexts(blobs, NEVER)).values()].sort()).toEqual(['../żółć', '/etc/passwd']);
  });

  it('why a commit conflicts: the kind, the hunks, and who was last on either side', async () => {
    const both = pair();
    makeCommit(both.sibling, { files: { 'a.txt': lines(10, { 2: 'there' }) }, author: { name: 'There Writer' } });
    makeCommit(both.sibling, { files: { run: 'changed\n' } });
    makeCommit(both.sibling, { files: { 'new.txt': 'there\n' } });
    makeCommit(both.target, {
      remove: ['run'],
      files: { 'a.txt': lines(10, { 2: 'here' }), 'new.txt': 'here\n' },
      author: { name: 'Here Writer' },
    });
    const { incoming, port, fetched } = await look(both);
    const found = await port.explainConflicts(
      port.target.head,
      fetched.tip,
      incoming.map((commit) => ({ commit })),
      NEVER,
    );
    expect(incoming.map((commit) => found.get(commit.sha))).toEqual([
      [
        {
          path: 'a.txt',
          type: 'contents',
          hunks: [{ line: 2, ours: ['here'], theirs: ['there'] }],
          lastAuthorHere: 'Here Writer',
          lastAuthorThere: 'There Writer',
        },
      ],
      [{ path: 'run', type: 'modify/delete', hunks: [], lastAuthorHere: 'Here Writer', lastAuthorThere: 'A. Writer' }],
      [
        {
          path: 'new.txt',
          type: 'add/add',
          hunks: [{ line: 1, ours: ['here'], theirs: ['there'] }],
          lastAuthorHere: 'Here Writer',
          lastAuthorThere: 'A. Writer',
        },
      ],
    ]);
  });

  it('a file and a folder that clash, under the name people know', async () => {
    const both = pair();
    makeCommit(both.sibling, { files: { clash: 'a file\n' } });
    makeCommit(both.target, { files: { 'clash/inside.txt': 'a folder\n' } });
    const { incoming, port, fetched } = await look(both);
    const requests = incoming.map((commit) => ({ commit }));
    const found = await port.explainConflicts(port.target.head, fetched.tip, requests, NEVER);
    expect([...found.values()]).toMatchObject([[{ path: 'clash', type: 'file/directory' }]]);
    expect(await port.forecast(port.target.head, requests, NEVER)).toMatchObject([
      { outcome: 'conflict', conflicts: ['clash'] },
    ]);
  });

  it('origins in the target’s log, abbreviated names, and what the last fetch left', async () => {
    const both = pair();
    const origin = makeCommit(both.sibling, { files: { 'n.txt': 'n\n' } });
    const pick = makeCommit(both.target, {
      files: { 'n.txt': 'n\n' },
      message: `feat: x\n\nAutoSync-Origin: sib@${origin}\nAutoSync-Run: r9\n`,
    });
    const { port, fetched } = await look(both);
    expect(await port.origins(port.target.head, NEVER)).toEqual([{ sibling: 'sib', origin, pick, run: 'r9' }]);
    expect(await port.resolve(origin.slice(0, 12))).toBe(origin);
    expect(await port.resolve(pick)).toBe(pick);
    for (const given of ['zzzz', '', '--all', 'HEAD', 'f'.repeat(40), git(both.target, ['rev-parse', 'HEAD:n.txt'])])
      expect(await port.resolve(given)).toBeNull();
    expect(await port.lastFetched(siblingAt(both.sibling))).toMatchObject({
      tip: fetched.tip,
      mergeBase: fetched.mergeBase,
    });
    expect(await port.lastFetched({ name: 'nobody', path: both.sibling })).toBeNull();
    expect(await port.countCommits(fetched.tip, NEVER)).toBe(2);
    expect(await port.treeOf(origin)).toBe(git(both.sibling, ['rev-parse', 'HEAD^{tree}']));
  });
});

import { describe, expect, it } from 'vitest';
import { prefixAttributes } from '../../src/git/attributes.js';
import { parseBatch } from '../../src/git/catFile.js';
import { parseHunks } from '../../src/git/conflicts.js';
import { quotePath } from '../../src/git/fastImport.js';
import { countFiles, parseTree } from '../../src/git/inspect.js';
import { isNetworkFault, parseRemoteRefs, siblingProblem } from '../../src/git/lsRemote.js';
import { conflictPath, parseReplies } from '../../src/git/mergeTree.js';
import { decode, NulTokens, splitNul } from '../../src/git/tokens.js';
import { refusedPush } from '../../src/git/upstream.js';

const SHA = 'a'.repeat(40);
const OTHER = 'b'.repeat(40);

const tokens = (...words: readonly string[]): Buffer => Buffer.from(words.map((word) => `${word}\0`).join(''));

describe('prefixAttributes', () => {
  it.each([
    ['', '*.log merge=union', '*.log merge=union'],
    ['sub', '*.log merge=union', '"sub/**/*.log" merge=union'],
    ['sub', '/a.log merge=union', '"sub/a.log" merge=union'],
    ['sub', 'x/y.log -merge', '"sub/x/y.log" -merge'],
    ['sub', '  *.log merge=union\r', '"sub/**/*.log" merge=union'],
    ['sub', '\uFEFF*.log merge=union', '"sub/**/*.log" merge=union'],
    ['sub', '"a b" merge=union', '"sub/**/a b" merge=union'],
    ['my folder', '*.log merge=union', '"my folder/**/*.log" merge=union'],
    ['x[a]*?', '*.log merge=union', '"x\\\\[a]\\\\*\\\\?/**/*.log" merge=union'],
    ['sub', '[attr]mine merge=union', ''],
    ['sub', '!*.log merge=union', ''],
    ['sub', '# a comment', ''],
    ['sub', '', ''],
  ])('of %j turns %j into %j', (folder, line, expected) => {
    expect(prefixAttributes(line, folder)).toBe(expected);
  });
});

describe('a push that was refused', () => {
  const place = { name: 'house/shop', address: 'https://github.com/house/shop.git', token: null };
  const next = (branch: string, remark: string): unknown => {
    const said = `!\t${SHA}:refs/heads/${branch}\t[remote rejected] (${remark})\n`;
    const { problem } = refusedPush(place, { ref: `refs/heads/${branch}`, before: null }, said, '');
    return 'next' in problem ? problem.next : null;
  };

  it.each([
    'refusing to allow a Personal Access Token to create or update workflow `.github/workflows/ci.yml` without `workflow` scope',
    'refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission',
  ])('asks for the permission for workflow files only where GitHub does: %s', (remark) => {
    expect(next('autosync/acme/auto', remark)).toContain('"Workflows: read and write"');
  });

  it('does not ask for it because of the name of a branch', () => {
    expect(next('autosync/workflow-kit/auto', 'permission denied')).toContain('"Contents: read and write"');
  });
});

describe('quotePath', () => {
  it.each([
    ['plain/path.txt', 'plain/path.txt'],
    ['two words', 'two words'],
    ['"quoted"', '"\\"quoted\\""'],
    ['quo"te', '"quo\\"te"'],
    ['back\\slash', '"back\\\\slash"'],
    ['new\nline', '"new\\nline"'],
    [' lead', '" lead"'],
    ['trail ', '"trail "'],
    ['日本', '日本'],
  ])('of %j is %j', (path, expected) => {
    expect(quotePath(path)).toBe(expected);
  });
});

describe('parseReplies', () => {
  it('reads clean and conflicted replies one after the other', () => {
    const conflict = ['0', OTHER, `100644 ${SHA} 1\ta\tb`, `100644 ${OTHER} 2\ta\tb`, ''];
    const bytes = tokens('1', SHA, '', ...conflict, '1', SHA, '');
    const replies = parseReplies(bytes, false);
    expect(replies.map((reply) => reply.clean)).toEqual([true, false, true]);
    expect(replies[1]?.conflicted).toEqual([
      { mode: '100644', oid: SHA, stage: 1, path: 'a\tb' },
      { mode: '100644', oid: OTHER, stage: 2, path: 'a\tb' },
    ]);
  });

  it('reads messages with any number of paths', () => {
    const messages = [
      '2',
      'x',
      'y',
      'CONFLICT (rename/rename)',
      'text\n',
      '1',
      'x',
      'Auto-merging',
      'Auto-merging x\n',
      '',
    ];
    const bytes = tokens('0', SHA, `100644 ${SHA} 2\tx`, '', ...messages);
    expect(parseReplies(bytes, true)[0]?.messages).toEqual([
      { paths: ['x', 'y'], type: 'CONFLICT (rename/rename)', text: 'text\n' },
      { paths: ['x'], type: 'Auto-merging', text: 'Auto-merging x\n' },
    ]);
  });

  it('of nothing is nothing', () => {
    expect(parseReplies(Buffer.alloc(0), false)).toEqual([]);
  });
});

describe('conflictPath', () => {
  it.each([
    [`a~${SHA}`, 'a'],
    [`a~${SHA}_1`, 'a'],
    ['a~HEAD~backup', 'a~HEAD~backup'],
    [Buffer.from('żółć').toString('latin1'), 'żółć'],
  ])('reads %j as %j', (path, expected) => {
    expect(conflictPath({ path })).toBe(expected);
  });
});

describe('parseHunks', () => {
  it('finds the line in the target’s own version, both sides, and goes on after a hunk', () => {
    const text = [
      'one',
      '<<<<<<< ours',
      'mine',
      '=======',
      'theirs',
      'more',
      '>>>>>>> theirs',
      'two',
      '<<<<<<< ours',
      '=======',
      'added',
      '>>>>>>> theirs',
    ].join('\n');
    expect(parseHunks(text)).toEqual([
      { line: 2, ours: ['mine'], theirs: ['theirs', 'more'] },
      { line: 4, ours: [], theirs: ['added'] },
    ]);
  });

  it('is not confused by an underline of equals signs, CRLF or an unfinished hunk', () => {
    expect(parseHunks('Title\n=======\ntext\n')).toEqual([]);
    expect(parseHunks('<<<<<<< ours\r\na\r\n=======\r\nb\r\n>>>>>>> theirs\r\n')).toHaveLength(1);
    expect(parseHunks('<<<<<<< ours\na\n')).toEqual([]);
  });

  it('keeps a bounded part of endless conflicts', () => {
    const one = `<<<<<<< ours\n${'x\n'.repeat(100)}=======\n${'y\n'.repeat(100)}>>>>>>> theirs\n`;
    const hunks = parseHunks(one.repeat(30));
    expect(hunks).toHaveLength(20);
    expect(hunks[0]?.ours).toHaveLength(40);
  });
});

describe('parseRemoteRefs', () => {
  it('reads where HEAD points and the branches', () => {
    expect(parseRemoteRefs(`ref: refs/heads/main\tHEAD\n${SHA}\tHEAD\n${OTHER}\trefs/heads/a/b\n`)).toEqual({
      head: 'main',
      branches: new Map([
        ['main', SHA],
        ['a/b', OTHER],
      ]),
    });
  });

  it('takes nothing from a detached HEAD, tags or foreign lines', () => {
    expect(
      parseRemoteRefs(
        `${SHA}\tHEAD\n${SHA}\trefs/tags/v1\n${SHA}\tx/refs/heads/main\nnonsense\nrefs\trefs/heads/evil\n`,
      ),
    ).toEqual({ head: null, branches: new Map() });
  });
});

describe('what git complains of', () => {
  it.each([
    "fatal: unable to access 'https://h/x.git/': Could not resolve host: h",
    "fatal: unable to access 'http://127.0.0.1:1/x/': Failed to connect to 127.0.0.1 port 1: Connection refused",
    'error: RPC failed; HTTP 502 curl 22 The requested URL returned error: 502',
    'fatal: the remote end hung up unexpectedly\nfatal: early EOF\nfatal: index-pack failed',
    "fatal: unable to access 'https://h/unsafe-fsck.git/': The requested URL returned error: 503",
    'ssh: connect to host h port 22: Connection timed out\nfatal: Could not read from remote repository.',
    'fatal: unable to access: Operation too slow. Less than 1000 bytes/sec',
  ])('is a fault of the network: %s', (stderr) => {
    expect(isNetworkFault(stderr)).toBe(true);
    expect(siblingProblem('s', stderr, 2)).toMatchObject({
      problem: { code: 'sibling-unreachable', sibling: 's', attempts: 2 },
    });
  });

  it.each([
    "fatal: could not read Username for 'https://h': terminal prompts disabled",
    'fatal: Authentication failed',
    "fatal: unable to access 'https://h/x/': The requested URL returned error: 403",
    "fatal: repository 'https://h/fsck-tool.git/' not found",
    "fatal: '/x/gitmodules/unsafe.git' does not appear to be a git repository",
    'git@h: Permission denied (publickey).\nfatal: Could not read from remote repository.',
  ])('is a refusal: %s', (stderr) => {
    expect(isNetworkFault(stderr)).toBe(false);
    expect(siblingProblem('s', stderr, 1)).toMatchObject({ code: 'sibling-refused' });
  });

  it('says of a sibling that asks who reads it what is missing, not how git could not ask', () => {
    const stderr =
      "error: unable to read askpass response from '/bin/false'\nfatal: could not read Username for 'https://h': terminal prompts disabled";
    expect(siblingProblem('s', stderr, 1).message).toMatch(
      /^Sibling "s" refused to be read: it asks who reads it, and no token was given/,
    );
  });

  it.each([
    `error: object ${SHA}: hasDotgit: contains '.git'\nfatal: fsck error in packed object\nfatal: index-pack failed`,
    `error: object ${SHA}: gitmodulesSymlink: .gitmodules is a symbolic link\nfatal: fsck error in pack objects`,
    `error in tree ${SHA}: badTree: cannot be parsed\nfatal: fsck error in packed object`,
  ])('is evil, and not tried again: %s', (stderr) => {
    expect(isNetworkFault(stderr)).toBe(false);
    expect(siblingProblem('s', stderr, 1)).toMatchObject({ code: 'sibling-evil' });
  });

  it('carries what ssh said, not only that git could not read', () => {
    const stderr =
      'ssh: Could not resolve hostname h: Name or service not known\nfatal: Could not read from remote repository.';
    expect(siblingProblem('s', stderr, 4).message).toContain('Could not resolve hostname h');
  });

  it('of another user says the way out that there is', () => {
    const stderr =
      "fatal: detected dubious ownership in repository at '/x/.git'\nTo add an exception for this directory";
    const problem = siblingProblem('s', stderr, 1, true);
    expect(problem).toMatchObject({ code: 'sibling-refused' });
    expect(problem.message).toMatch(/belongs to another user.*clone it into a folder of your own/);
  });
});

describe('raw objects', () => {
  const entry = (mode: string, name: string, oid: string): Buffer =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, 'hex')]);

  it('trees are read whatever their names, for both hash functions', () => {
    expect(parseTree(Buffer.concat([entry('100644', 'a b', SHA), entry('40000', 'ż', OTHER)]), 20)).toEqual([
      { isTree: false, oid: SHA },
      { isTree: true, oid: OTHER },
    ]);
    expect(parseTree(entry('40000', 'x', 'c'.repeat(64)), 32)).toEqual([{ isTree: true, oid: 'c'.repeat(64) }]);
  });

  it('trees that are torn end the reading', () => {
    expect(parseTree(Buffer.from('100644 no end'), 20)).toEqual([]);
    expect(parseTree(Buffer.concat([entry('100644', 'a', SHA), Buffer.from('1006')]), 20)).toHaveLength(1);
  });

  it('batches are read with missing objects between them', () => {
    const bytes = Buffer.from(`${SHA} blob 3\na\nb\n${OTHER} missing\n${'c'.repeat(40)} blob 0\n\n`);
    expect([...parseBatch(bytes)].map(([name, content]) => [name, content.toString()])).toEqual([
      [SHA, 'a\nb'],
      ['c'.repeat(40), ''],
    ]);
  });
});

describe('countFiles', () => {
  const files = Array.from({ length: 10 }, () => ({ isTree: false, oid: SHA }));
  const nested = (depth: number): [string, { isTree: boolean; oid: string }[]][] =>
    Array.from({ length: depth }, (_unused, level) => [
      `t${level}`,
      level === 0 ? files : [{ isTree: true, oid: `t${level - 1}` }],
    ]);

  it('counts a bomb of ten levels in milliseconds', () => {
    const levels = Array.from(
      { length: 9 },
      (_unused, level) =>
        [
          `t${level}`,
          level === 0 ? files : Array.from({ length: 10 }, () => ({ isTree: true, oid: `t${level - 1}` })),
        ] as const,
    );
    const top = [...Array.from({ length: 1 }, () => ({ isTree: true, oid: 't8' })), { isTree: false, oid: OTHER }];
    const started = performance.now();
    expect(countFiles(new Map([...levels, ['top', top]])).get('top')).toBe(1_000_000_001);
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it('takes reasonable nesting, and unknown trees as one file', () => {
    expect(countFiles(new Map(nested(400))).get('t399')).toBe(10);
    expect(countFiles(new Map([['top', [{ isTree: true, oid: 'unknown' }]]])).get('top')).toBe(1);
  });

  it.each(['leaves first', 'root first'])('takes nesting that nobody needs for endless, %s', (order) => {
    const trees = nested(100_000);
    const counts = countFiles(new Map(order === 'root first' ? trees.reverse() : trees));
    expect(Math.max(...[...counts.values()].slice(0, 1_000), counts.get('t99999') ?? 0)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('tokens', () => {
  it('are whole however the stream was cut', () => {
    const bytes = Buffer.concat([tokens('one', 'two', ''), Buffer.from('three')]);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const stream = new NulTokens();
      const read = [...stream.push(bytes.subarray(0, cut)), ...stream.push(bytes.subarray(cut))].map(String);
      expect([...read, String(stream.end())]).toEqual(['one', 'two', '', 'three']);
    }
    expect(splitNul(tokens('a', 'b'))).toEqual(['a', 'b']);
  });

  it('that are no UTF-8 lose no byte', () => {
    expect(decode(Buffer.from([0x63, 0xe9]))).toEqual({ text: 'cé', exact: false });
    expect(decode(Buffer.from('cé'))).toEqual({ text: 'cé', exact: true });
  });
});

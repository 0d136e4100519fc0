import { describe, expect, it } from 'vitest';
import type { Commit, FileChange } from '../../src/core/commit.js';
import { revertedIn, shapeOf } from '../../src/git/applied.js';
import { signatureLine } from '../../src/git/cherryPick.js';
import { foldersOf, type HeadFiles, planForecast } from '../../src/git/classify.js';
import { tokenEnvironment } from '../../src/git/remote.js';

const [OLD, NEW, HERE, NONE] = ['1', '2', '3', '0'].map((digit) => digit.repeat(40)) as [
  string,
  string,
  string,
  string,
];

const change = (status: FileChange['status'], path: string, more: Partial<FileChange> = {}): FileChange => ({
  status,
  path,
  oldMode: status === 'A' ? '000000' : '100644',
  newMode: status === 'D' ? '000000' : '100644',
  oldBlob: status === 'A' ? NONE : OLD,
  newBlob: status === 'D' ? NONE : NEW,
  ...more,
});

const headOf = (files: Readonly<Record<string, string>>, special: readonly string[] = []): HeadFiles => ({
  files: new Map(Object.entries(files).map(([path, oid]) => [path, { mode: '100644', oid }])),
  folders: foldersOf(Object.keys(files)),
  special: new Map(special.map((path) => [path, 'union'])),
});

const ONE_PARENT = { parents: [OLD], readablePaths: true };

describe('planForecast', () => {
  it.each<readonly [string, readonly FileChange[], HeadFiles, object]>([
    ['an untouched file', [change('M', 'a')], headOf({ a: OLD }), { kind: 'content', changes: true, triples: [] }],
    [
      'a file that is there already',
      [change('M', 'a')],
      headOf({ a: NEW }),
      { kind: 'content', changes: false, triples: [] },
    ],
    [
      'a file changed on both sides',
      [change('M', 'a')],
      headOf({ a: HERE }),
      { kind: 'content', changes: false, triples: [{ path: 'a', base: OLD, ours: HERE, theirs: NEW }] },
    ],
    [
      'a file whose merge an attribute decides',
      [change('M', 'a')],
      headOf({ a: HERE }, ['a']),
      { kind: 'whole', sure: [] },
    ],
    ['a file that is gone here', [change('M', 'a')], headOf({ b: OLD }), { kind: 'whole' }],
    ['a deletion of an untouched file', [change('D', 'a')], headOf({ a: OLD }), { kind: 'content', changes: true }],
    ['a deletion of a changed file', [change('D', 'a')], headOf({ a: HERE }), { kind: 'whole' }],
    ['a deletion of what is gone', [change('D', 'a')], headOf({ b: OLD }), { kind: 'whole' }],
    ['an addition beside others', [change('A', 'd/new')], headOf({ 'd/a': OLD }), { kind: 'content', changes: true }],
    ['an addition in a folder that is not there', [change('A', 'd/new')], headOf({ a: OLD }), { kind: 'whole' }],
    ['an addition below a file', [change('A', 'a/new')], headOf({ a: OLD }), { kind: 'whole' }],
    ['an addition where a folder stands', [change('A', 'd')], headOf({ 'd/a': OLD }), { kind: 'whole' }],
    ['an addition that is there already', [change('A', 'a')], headOf({ a: NEW }), { kind: 'content', changes: false }],
    ['an addition that is there in another form', [change('A', 'a')], headOf({ a: HERE }), { kind: 'whole' }],
    ['a link added', [change('A', 'a', { newMode: '120000' })], headOf({ b: OLD }), { kind: 'whole' }],
    ['what may be a rename', [change('D', 'a'), change('A', 'b')], headOf({ a: OLD }), { kind: 'whole' }],
    [
      'a mode change of a file changed here',
      [change('M', 'a', { newMode: '100755' })],
      headOf({ a: HERE }),
      { kind: 'whole', sure: [] },
    ],
    [
      'a sure content beside an unsure file',
      [change('M', 'a'), change('M', 'gone')],
      headOf({ a: HERE }),
      { kind: 'whole', sure: [{ path: 'a' }] },
    ],
    ['nothing', [], headOf({ a: OLD }), { kind: 'content', changes: false, triples: [] }],
  ])('of %s', (_name, changes, head, expected) => {
    expect(planForecast(ONE_PARENT, changes, head)).toMatchObject(expected);
  });

  it('of first commits, merges and unreadable paths is a whole merge', () => {
    const changes = [change('M', 'a')];
    for (const commit of [
      { ...ONE_PARENT, parents: [] },
      { ...ONE_PARENT, parents: [OLD, NEW] },
      { ...ONE_PARENT, readablePaths: false },
    ]) {
      expect(planForecast(commit, changes, headOf({ a: OLD }))).toMatchObject({ kind: 'whole' });
    }
  });
});

describe('tokenEnvironment', () => {
  const source = { token: 'secret', origin: 'https://github.com' };

  it('gives the token to the exact origin', () => {
    expect(tokenEnvironment('https://github.com/o/r.git', source)).toEqual({
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.https://github.com/.extraHeader',
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from('x-access-token:secret').toString('base64')}`,
    });
  });

  it.each([
    'https://github.com.evil.test/o/r',
    'https://github.com@evil.test/o/r',
    'https://evil.test/https://github.com/o/r',
    'https://github.com:444/o/r',
    'http://github.com/o/r',
    'https://api.github.com/o/r',
    'ssh://git@github.com/o/r',
    'git@github.com:o/r',
    'file:///github.com',
    '/github.com',
    'https:///evil.test',
  ])('gives %s nothing', (address) => {
    expect(tokenEnvironment(address, source)).toEqual({});
  });

  it('without a token is empty', () => {
    expect(tokenEnvironment('https://github.com/o/r', null)).toEqual({});
  });
});

describe('signatureLine', () => {
  it.each([
    [{ name: 'A. Writer', email: 'a@example.test', seconds: 12, zone: '+0200' }, 'A. Writer <a@example.test> 12 +0200'],
    [
      { name: 'x> 1 +0000\ncommitter y <', email: '<a\n@\0b>', seconds: -5.5, zone: '+0000' },
      'x 1 +0000committer y <a@b> 0 +0000',
    ],
    [{ name: '', email: '', seconds: 1, zone: '-0130' }, ' <> 1 -0130'],
  ])('of %j is one safe line', (person, expected) => {
    expect(signatureLine(person)).toBe(expected);
  });
});

describe('shapeOf', () => {
  it('does not depend on order, and tells statuses and paths apart', () => {
    const [one, two] = [change('M', 'a'), change('D', 'b')];
    expect(shapeOf({ changes: [one, two] })).toBe(shapeOf({ changes: [two, one] }));
    expect(shapeOf({ changes: [one] })).not.toBe(shapeOf({ changes: [change('A', 'a')] }));
    expect(shapeOf({ changes: [one, change('M', 'b')] })).not.toBe(shapeOf({ changes: [one] }));
  });
});

describe('revertedIn', () => {
  const commit = (sha: string, reverts?: string): Commit => ({
    sha,
    tree: NONE,
    parents: [],
    author: { name: 'A. Writer', email: 'a@example.test', seconds: 0, zone: '+0000' },
    committer: { name: 'A. Writer', email: 'a@example.test', seconds: 0, zone: '+0000' },
    subject: 's',
    message: reverts === undefined ? 's\n' : `Revert "s"\n\nThis reverts commit ${reverts}.\n`,
    changes: [],
    readablePaths: true,
  });
  const [first, second, third, fourth] = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(40)) as [
    string,
    string,
    string,
    string,
  ];

  it('names the commit that took another back', () => {
    expect(revertedIn([commit(second, first), commit(first)])).toEqual(new Map([[first, second]]));
  });

  it('counts a revert of a revert as nothing taken back, and one more as taken back again', () => {
    expect(revertedIn([commit(third, second), commit(second, first), commit(first)]).has(first)).toBe(false);
    expect(
      revertedIn([commit(fourth, third), commit(third, second), commit(second, first), commit(first)]).get(first),
    ).toBe(second);
  });
});

import { type CommitParts, cloneOf, commitOf, makeCommit, makeRepository } from '../support/repository.js';

/** A pair of repositories that share a base: what was done here, and what the sibling did. */
export interface Scene {
  readonly name: string;
  readonly base: CommitParts;
  readonly here: readonly CommitParts[];
  readonly there: readonly CommitParts[];
}

/** The repositories of a scene on disk. */
export interface StagedScene {
  readonly target: string;
  readonly sibling: string;
  readonly head: string;
}

/** Makes both repositories of a scene. */
export function stage(
  scene: Pick<Scene, 'base' | 'here' | 'there'>,
  objectFormat: 'sha1' | 'sha256' = 'sha1',
): StagedScene {
  const target = makeRepository({ objectFormat });
  makeCommit(target, scene.base);
  const sibling = cloneOf(target);
  for (const parts of scene.here) makeCommit(target, parts);
  for (const parts of scene.there) makeCommit(sibling, parts);
  return { target, sibling, head: commitOf(target) };
}

/** Numbered lines, some of them changed. */
export function lines(count: number, changed: Readonly<Record<number, string>> = {}, end = '\n'): string {
  return Array.from({ length: count }, (_unused, index) => `${changed[index + 1] ?? `line ${index + 1}`}${end}`).join(
    '',
  );
}

const binary = (seed: number): Uint8Array => Uint8Array.from({ length: 400 }, (_unused, index) => (index * seed) % 256);
const pointer = (digit: string): string =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${digit.repeat(64)}\nsize 12345\n`;
const submodule = (digit: string) => ({ submodule: digit.repeat(40) });
const many = (folder: string, count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_unused, index) => [
      `${folder}/file${index}.txt`,
      lines(20, { 1: `${folder} ${index}` }),
    ]),
  );

const text = lines(30);
const early = lines(30, { 3: 'early' });
const late = lines(30, { 27: 'late' });
const clash = lines(30, { 3: 'clash' });

const plain: readonly Scene[] = [
  {
    name: 'a plain edit of an untouched file',
    base: { files: { 'a.txt': text, 'b.txt': text } },
    here: [{ files: { 'b.txt': early } }],
    there: [{ files: { 'a.txt': early } }],
  },
  {
    name: 'edits far apart in one file',
    base: { files: { 'a.txt': text } },
    here: [{ files: { 'a.txt': early } }],
    there: [{ files: { 'a.txt': late } }],
  },
  {
    name: 'edits of the same line',
    base: { files: { 'a.txt': text } },
    here: [{ files: { 'a.txt': early } }],
    there: [{ files: { 'a.txt': clash } }],
  },
  {
    name: 'the same edit on both sides',
    base: { files: { 'a.txt': text } },
    here: [{ files: { 'a.txt': early } }],
    there: [{ files: { 'a.txt': early } }, { files: { 'a.txt': lines(30, { 3: 'early', 27: 'late' }) } }],
  },
  {
    name: 'one clash and one clean file in a commit',
    base: { files: { 'a.txt': text, 'z/f.txt': text } },
    here: [{ files: { 'a.txt': early, 'z/f.txt': early } }],
    there: [{ files: { 'a.txt': clash, 'z/f.txt': late } }],
  },
  {
    name: 'a file added on both sides, alike',
    base: { files: { 'a.txt': text } },
    here: [{ files: { 'new.txt': text } }],
    there: [{ files: { 'new.txt': text } }],
  },
  {
    name: 'a file added on both sides, differently',
    base: { files: { 'a.txt': text } },
    here: [{ files: { 'new.txt': early } }],
    there: [{ files: { 'new.txt': clash } }],
  },
  {
    name: 'a file deleted there and changed here',
    base: { files: { 'a.txt': text, 'b.txt': '' } },
    here: [{ files: { 'a.txt': early } }],
    there: [{ remove: ['a.txt'] }],
  },
  {
    name: 'a file changed there and deleted here',
    base: { files: { 'a.txt': text, 'b.txt': '' } },
    here: [{ remove: ['a.txt'] }],
    there: [{ files: { 'a.txt': early } }],
  },
  {
    name: 'a file deleted on both sides',
    base: { files: { 'a.txt': text, 'b.txt': '' } },
    here: [{ remove: ['a.txt'] }],
    there: [{ remove: ['a.txt'] }],
  },
  {
    name: 'a file deleted that nobody touched',
    base: { files: { 'a.txt': text, 'b.txt': '' } },
    here: [{ files: { 'b.txt': 'b\n' } }],
    there: [{ remove: ['a.txt'] }],
  },
  {
    name: 'an edit undone again by a later commit',
    base: { files: { 'a.txt': text } },
    here: [{ files: { 'a.txt': late } }],
    there: [{ files: { 'a.txt': early } }, { files: { 'a.txt': text } }],
  },
  {
    name: 'commits that build on each other',
    base: { files: { 'a.txt': text } },
    here: [{ files: { 'b.txt': 'b' } }],
    there: [{ files: { 'c.txt': early } }, { files: { 'c.txt': clash } }, { files: { 'c.txt': text, 'a.txt': late } }],
  },
];

const shapes: readonly Scene[] = [
  {
    name: 'a rename there of a file edited here',
    base: { files: { 'old.txt': text, 'k.txt': 'k' } },
    here: [{ files: { 'old.txt': early } }],
    there: [{ remove: ['old.txt'], files: { 'new.txt': late } }],
  },
  {
    name: 'a rename here of a file edited there',
    base: { files: { 'old.txt': text, 'k.txt': 'k' } },
    here: [{ remove: ['old.txt'], files: { 'new.txt': early } }],
    there: [{ files: { 'old.txt': late } }],
  },
  {
    name: 'a rename on both sides to different names',
    base: { files: { 'old.txt': text, 'k.txt': 'k' } },
    here: [{ remove: ['old.txt'], files: { 'here.txt': text } }],
    there: [{ remove: ['old.txt'], files: { 'there.txt': text } }],
  },
  {
    name: 'a rename onto a name that is taken here',
    base: { files: { 'old.txt': text, 'k.txt': 'k' } },
    here: [{ files: { 'new.txt': 'other\n' } }],
    there: [{ remove: ['old.txt'], files: { 'new.txt': text } }],
  },
  {
    name: 'a folder renamed here, a file added to it there',
    base: { files: { ...many('old', 4), 'k.txt': 'k' } },
    here: [{ remove: ['old'], files: many('new', 4) }],
    there: [{ files: { 'old/added.txt': 'added\n' } }],
  },
  {
    name: 'a folder renamed here, an edit and a new subfolder there',
    base: { files: { ...many('old', 4), 'k.txt': 'k' } },
    here: [
      {
        remove: ['old'],
        files: Object.fromEntries(
          Object.entries(many('old', 4)).map(([path, content]) => [path.replace('old', 'new'), content]),
        ),
      },
    ],
    there: [{ files: { 'old/sub/added.txt': 'added\n', 'old/file1.txt': lines(20, { 1: 'old 1', 9: 'edit' }) } }],
  },
  {
    name: 'a folder renamed there, a file added to it here',
    base: { files: { ...many('old', 4), 'k.txt': 'k' } },
    here: [{ files: { 'old/added.txt': 'added\n' } }],
    there: [
      {
        remove: ['old'],
        files: Object.fromEntries(
          Object.entries(many('old', 4)).map(([path, content]) => [path.replace('old', 'new'), content]),
        ),
      },
    ],
  },
  {
    name: 'a subfolder moved here while its parent stays',
    base: { files: { ...many('lib/old', 4), 'lib/k.txt': 'k' } },
    here: [
      {
        remove: ['lib/old'],
        files: Object.fromEntries(
          Object.entries(many('lib/old', 4)).map(([path, content]) => [path.replace('lib/old', 'lib/new'), content]),
        ),
      },
    ],
    there: [{ files: { 'lib/old/added.txt': 'added\n' } }],
  },
  {
    name: 'a file that becomes a folder',
    base: { files: { a: text, 'b.txt': 'b' } },
    here: [{ files: { 'b.txt': 'c' } }],
    there: [{ remove: ['a'], files: { 'a/inside.txt': text } }],
  },
  {
    name: 'a folder that becomes a file',
    base: { files: { 'a/inside.txt': text, 'b.txt': 'b' } },
    here: [{ files: { 'b.txt': 'c' } }],
    there: [{ remove: ['a'], files: { a: text } }],
  },
  {
    name: 'a file added where a folder stands here',
    base: { files: { 'b.txt': 'b' } },
    here: [{ files: { 'a/x.txt': 'x' } }],
    there: [{ files: { a: 'file\n' } }],
  },
  {
    name: 'a folder added where a file stands here',
    base: { files: { 'b.txt': 'b' } },
    here: [{ files: { a: 'file\n' } }],
    there: [{ files: { 'a/x/y.txt': 'x' } }],
  },
  {
    name: 'a mode change',
    base: { files: { 'run.sh': text, 'b.txt': 'b' } },
    here: [{ files: { 'b.txt': 'c' } }],
    there: [{ modes: { 'run.sh': 'executable' } }],
  },
  {
    name: 'a mode change there of a file edited here',
    base: { files: { 'run.sh': text } },
    here: [{ files: { 'run.sh': early } }],
    there: [{ modes: { 'run.sh': 'executable' } }, { files: { 'run.sh': late }, modes: { 'run.sh': 'plain' } }],
  },
  {
    name: 'a mode change on both sides with edits',
    base: { files: { 'run.sh': text } },
    here: [{ files: { 'run.sh': early }, modes: { 'run.sh': 'executable' } }],
    there: [{ files: { 'run.sh': late }, modes: { 'run.sh': 'executable' } }],
  },
  {
    name: 'a symbolic link added',
    base: { files: { 'b.txt': 'b' } },
    here: [{ files: { 'b.txt': 'c' } }],
    there: [{ files: { link: { link: 'b.txt' } } }],
  },
  {
    name: 'a symbolic link changed on both sides',
    base: { files: { link: { link: 'a' } } },
    here: [{ files: { link: { link: 'b' } } }],
    there: [{ files: { link: { link: 'c' } } }],
  },
  {
    name: 'a file that becomes a symbolic link',
    base: { files: { a: text, 'b.txt': 'b' } },
    here: [{ files: { 'b.txt': 'c' } }],
    there: [{ files: { a: { link: 'b.txt' } } }],
  },
  {
    name: 'a file edited here that becomes a symbolic link there',
    base: { files: { a: text, 'b.txt': 'b' } },
    here: [{ files: { a: early } }],
    there: [{ files: { a: { link: 'b.txt' } } }],
  },
  {
    name: 'a submodule added',
    base: { files: { 'b.txt': 'b' } },
    here: [{ files: { 'b.txt': 'c' } }],
    there: [{ files: { sub: submodule('1') } }],
  },
  {
    name: 'a submodule moved to another commit',
    base: { files: { sub: submodule('1'), 'b.txt': 'b' } },
    here: [{ files: { 'b.txt': 'c' } }],
    there: [{ files: { sub: submodule('2') } }],
  },
  {
    name: 'a submodule moved on both sides',
    base: { files: { sub: submodule('1'), 'b.txt': 'b' } },
    here: [{ files: { sub: submodule('2') } }],
    there: [{ files: { sub: submodule('3') } }],
  },
];

const contents: readonly Scene[] = [
  {
    name: 'a binary change',
    base: { files: { 'x.bin': binary(3), 'b.txt': 'b' } },
    here: [{ files: { 'b.txt': 'c' } }],
    there: [{ files: { 'x.bin': binary(5) } }],
  },
  {
    name: 'a binary changed on both sides',
    base: { files: { 'x.bin': binary(3) } },
    here: [{ files: { 'x.bin': binary(7) } }],
    there: [{ files: { 'x.bin': binary(5) } }],
  },
  {
    name: 'an LFS pointer changed',
    base: { files: { '.gitattributes': '*.psd filter=lfs diff=lfs merge=lfs -text\n', 'x.psd': pointer('a') } },
    here: [{ files: { 'b.txt': 'c' } }],
    there: [{ files: { 'x.psd': pointer('b') } }],
  },
  {
    name: 'an LFS pointer changed on both sides',
    base: { files: { '.gitattributes': '*.psd filter=lfs diff=lfs merge=lfs -text\n', 'x.psd': pointer('a') } },
    here: [{ files: { 'x.psd': pointer('c') } }],
    there: [{ files: { 'x.psd': pointer('b') } }],
  },
  {
    name: 'CRLF there and LF here',
    base: { files: { 'a.txt': text } },
    here: [{ files: { 'a.txt': early } }],
    there: [{ files: { 'a.txt': lines(30, {}, '\r\n') } }, { files: { 'a.txt': lines(30, { 27: 'late' }, '\r\n') } }],
  },
  {
    name: 'a file that is CRLF everywhere',
    base: { files: { 'a.txt': lines(30, {}, '\r\n') } },
    here: [{ files: { 'a.txt': lines(30, { 3: 'early' }, '\r\n') } }],
    there: [{ files: { 'a.txt': lines(30, { 27: 'late' }, '\r\n') } }],
  },
  {
    name: 'a newline missing at the end',
    base: { files: { 'a.txt': 'one\ntwo' } },
    here: [{ files: { 'a.txt': 'one\ntwo\n' } }],
    there: [{ files: { 'a.txt': 'ONE\ntwo' } }, { files: { 'a.txt': 'ONE\ntwo\nthree' } }],
  },
  {
    name: 'empty files',
    base: { files: { 'empty.txt': '', 'b.txt': 'b' } },
    here: [{ files: { 'b.txt': 'c' } }],
    there: [{ files: { 'another.txt': '' } }, { files: { 'empty.txt': 'full\n' } }, { files: { 'b.txt': '' } }],
  },
  {
    name: 'a line of two megabytes',
    base: { files: { 'a.txt': `${'x'.repeat(2_000_000)}\nend\n` } },
    here: [{ files: { 'a.txt': `${'x'.repeat(2_000_000)}\nEND\n` } }],
    there: [{ files: { 'a.txt': `${'y'.repeat(2_000_000)}\nend\n` } }],
  },
];

const names: readonly Scene[] = [
  'two words.txt',
  'quo"te.txt',
  'back\\slash.txt',
  'new\nline.txt',
  '-dash.txt',
  'żółć/日本.txt',
  ' lead',
  'trail ',
  'tab\there',
  'cr\rhere',
  '"quoted"',
  '#hash',
  ':(top)colon',
  '*star?[x]',
].map((name) => ({
  name: `a path that is ${JSON.stringify(name)}`,
  base: { files: { [name]: text, 'b.txt': 'b' } },
  here: [{ files: { [name]: early } }],
  there: [
    { files: { [name]: late } },
    { files: { [name]: clash } },
    { remove: [name], files: { [`moved/${name}`]: clash } },
  ],
}));

const bytes: readonly Scene[] = [
  {
    name: 'a path that is not UTF-8',
    base: { rawFiles: { 'caf\xe9.txt': text }, files: { 'b.txt': 'b' } },
    here: [{ rawFiles: { 'caf\xe9.txt': early } }],
    there: [
      { rawFiles: { 'caf\xe9.txt': late } },
      { rawFiles: { 'caf\xe9.txt': clash } },
      { rawFiles: { 'n\xff\xfe.txt': 'x' } },
    ],
  },
  {
    name: 'two paths that read alike, one in UTF-8 and one in Latin-1',
    base: { rawFiles: { 'caf\xe9.txt': 'latin\n' }, files: { 'café.txt': text } },
    here: [{ rawFiles: { 'caf\xe9.txt': 'latin 2\n' } }],
    there: [{ files: { 'café.txt': early } }, { files: { 'café.txt': clash } }],
  },
];

const attributes: readonly Scene[] = [
  {
    name: 'merge=union at the root',
    base: { files: { '.gitattributes': '*.log merge=union\n', 'a.log': text } },
    here: [{ files: { 'a.log': early } }],
    there: [{ files: { 'a.log': clash } }],
  },
  {
    name: 'merge=binary at the root',
    base: { files: { '.gitattributes': 'a.txt merge=binary\n', 'a.txt': text } },
    here: [{ files: { 'a.txt': early } }],
    there: [{ files: { 'a.txt': late } }],
  },
  {
    name: 'merge=union in a subfolder only',
    base: {
      files: { 'sub/.gitattributes': '*.log merge=union\n', 'a.log': text, 'sub/a.log': text, 'sub/deep/b.log': text },
    },
    here: [{ files: { 'a.log': early, 'sub/a.log': early, 'sub/deep/b.log': early } }],
    there: [{ files: { 'a.log': clash } }, { files: { 'sub/a.log': clash } }, { files: { 'sub/deep/b.log': clash } }],
  },
  {
    name: 'a subfolder takes union back',
    base: {
      files: {
        '.gitattributes': '*.log merge=union\n',
        'sub/.gitattributes': '*.log -merge\n',
        'sub/a.log': text,
        'a.log': text,
      },
    },
    here: [{ files: { 'a.log': early, 'sub/a.log': early } }],
    there: [{ files: { 'a.log': clash } }, { files: { 'sub/a.log': late } }],
  },
  {
    name: 'attributes in a folder whose name has a space',
    base: { files: { 'my folder/.gitattributes': '*.log merge=union\n', 'my folder/a.log': text } },
    here: [{ files: { 'my folder/a.log': early } }],
    there: [{ files: { 'my folder/a.log': clash } }],
  },
  {
    name: 'attributes in a folder whose name is a pattern',
    base: { files: { 'x[ab]/.gitattributes': '*.log merge=union\n', 'x[ab]/a.log': text, 'xa/a.log': text } },
    here: [{ files: { 'x[ab]/a.log': early, 'xa/a.log': early } }],
    there: [{ files: { 'x[ab]/a.log': clash } }, { files: { 'xa/a.log': clash } }],
  },
  {
    name: 'attributes in a subfolder with CRLF, a byte order mark and indented lines',
    base: {
      files: {
        'sub/.gitattributes': '\uFEFF*.log merge=union\r\n  *.out merge=union\r\n',
        'sub/a.log': text,
        'sub/a.out': text,
        'a.log': text,
        'a.out': text,
      },
    },
    here: [{ files: { 'sub/a.log': early, 'sub/a.out': early, 'a.log': early, 'a.out': early } }],
    there: [
      { files: { 'a.log': clash } },
      { files: { 'a.out': clash } },
      { files: { 'sub/a.log': clash } },
      { files: { 'sub/a.out': clash } },
    ],
  },
  {
    name: 'a quoted pattern with a space',
    base: { files: { 'sub/.gitattributes': '"a b.log" merge=union\n', 'sub/a b.log': text } },
    here: [{ files: { 'sub/a b.log': early } }],
    there: [{ files: { 'sub/a b.log': clash } }],
  },
  {
    name: 'an anchored pattern in a subfolder',
    base: { files: { 'sub/.gitattributes': '/a.log merge=union\n', 'sub/a.log': text, 'sub/x/a.log': text } },
    here: [{ files: { 'sub/a.log': early, 'sub/x/a.log': early } }],
    there: [{ files: { 'sub/a.log': clash } }, { files: { 'sub/x/a.log': clash } }],
  },
];

const metadata: readonly Scene[] = [
  {
    name: 'an empty commit',
    base: { files: { 'a.txt': text } },
    here: [{ files: { 'b.txt': 'b' } }],
    there: [{ message: 'nothing\n' }],
  },
  {
    name: 'a carriage return in the message',
    base: { files: { 'a.txt': text } },
    here: [],
    there: [{ files: { 'a.txt': early }, message: 'feat: one\r\n\r\nbody\rmore\r\n' }],
  },
  {
    name: 'no message at all',
    base: { files: { 'a.txt': text } },
    here: [],
    there: [{ files: { 'a.txt': early }, message: '' }],
  },
  {
    name: 'a message in ISO-8859-1',
    base: { files: { 'a.txt': text } },
    here: [],
    there: [{ files: { 'a.txt': early }, message: Buffer.from('feat: caf\xe9\n', 'latin1'), encoding: 'ISO-8859-1' }],
  },
  {
    name: 'dates at the start of time and far in the future',
    base: { files: { 'a.txt': text } },
    here: [{ files: { 'b.txt': 'b' } }],
    there: [
      { files: { 'a.txt': early }, author: { date: '@0 +0000' }, seconds: 0 },
      { files: { 'a.txt': clash }, author: { date: '@99999999999 +1400' }, seconds: 99_999_999_999 },
    ],
  },
];

/** Every scene of the corpus; each is a test of its own. */
export const SCENES: readonly Scene[] = [
  ...plain,
  ...shapes,
  ...contents,
  ...names,
  ...bytes,
  ...attributes,
  ...metadata,
];

import { describe, expect, it } from 'vitest';
import { conflictedFiles } from '../../src/git/conflicted.js';
import { parseTreeChanges } from '../../src/git/treeChanges.js';
import { relabel } from '../../src/git/tryPick.js';

const [A, B, NONE] = ['a'.repeat(40), 'b'.repeat(40), '0'.repeat(40)];

describe('parseTreeChanges', () => {
  it('reads additions, deletions, modes and renames, whatever the path', () => {
    const raw = [
      `:000000 100644 ${NONE} ${A} A\0new\nline\0`,
      `:100644 000000 ${A} ${NONE} D\0gone\0`,
      `:100644 100755 ${A} ${A} M\0mode\0`,
      `:100644 100644 ${A} ${B} R087\0from\0to\0`,
      `:100644 160000 ${A} ${B} T\0caf\xe9\0`,
    ].join('');
    const [plain, other] = [
      { mode: '100644', oid: A },
      { mode: '100644', oid: B },
    ];
    expect(parseTreeChanges(Buffer.from(raw, 'latin1'))).toEqual([
      { path: 'new\nline', before: null, after: plain, renamed: null },
      { path: 'gone', before: plain, after: null, renamed: null },
      { path: 'mode', before: plain, after: { mode: '100755', oid: A }, renamed: null },
      { path: 'from', before: plain, after: null, renamed: 'to' },
      { path: 'to', before: null, after: other, renamed: 'from' },
      { path: 'café', before: plain, after: { mode: '160000', oid: B }, renamed: null },
    ]);
    expect(parseTreeChanges(Buffer.alloc(0))).toEqual([]);
  });
});

describe('relabel', () => {
  it('names the sides in the markers only, and takes a name literally', () => {
    const text = `<<<<<<< ${A}:old.txt\n${A}\n=======\n>>>>>>> ${B}\r\nx >>>>>>> ${B}\n`;
    const labels = { ours: 'ma$&in', theirs: 'é 1' };
    expect(Buffer.from(relabel(text, { ours: A, theirs: B }, labels), 'latin1').toString()).toBe(
      `<<<<<<< ma$&in:old.txt\n${A}\n=======\n>>>>>>> é 1\r\nx >>>>>>> ${B}\n`,
    );
  });
});

describe('conflictedFiles', () => {
  it('gathers the versions of each path, and tells a file that git set aside', () => {
    const entry = (stage: number, path: string) => ({ mode: '100644', oid: String(stage), stage, path });
    const version = (stage: number) => ({ mode: '100644', oid: String(stage) });
    const aside = `folder~${A}`;
    expect(conflictedFiles({ conflicted: [entry(1, 'a'), entry(2, 'a'), entry(3, 'b'), entry(2, aside)] })).toEqual([
      { path: 'a', raw: 'a', home: 'a', names: ['a'], base: version(1), ours: version(2), theirs: null },
      { path: 'b', raw: 'b', home: 'b', names: ['b'], base: null, ours: null, theirs: version(3) },
      { path: 'folder', raw: null, home: null, names: [aside], base: null, ours: version(2), theirs: null },
    ]);
  });
});

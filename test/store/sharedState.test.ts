import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { StateContent } from '../../src/store/content.js';
import { sha256 } from '../../src/store/mirror.js';
import { contentOfSibling, encodeShared, readShared, remembersSibling } from '../../src/store/sharedState.js';
import { loadSqlEngine } from '../../src/store/sqlEngine.js';
import * as sample from './sampleFacts.js';

const check = { key: 'tree/test', tree: sample.shaOf(1), at: '2026-01-02T03:04:05Z' };
const passed = { ...({ check: 'test', kind: 'test', status: 'passed', exit: 0, failures: [], tests: null } as const) };
const ALL: StateContent = {
  siblings: [sample.makeSibling('acme'), sample.makeSibling('globex')],
  commits: [
    { sibling: 'acme', run: 'run-1', commit: sample.makeCommit(1) },
    { sibling: 'globex', run: 'run-1', commit: sample.makeCommit(2) },
  ],
  runs: [sample.makeRun(1)],
  decisions: [sample.makeDecision(3), sample.makeDecision(4, { sibling: 'globex' })],
  resolutions: [sample.makeResolution(5)],
  landings: [sample.makeLanding(1), sample.makeLanding(2, { sibling: 'globex' })],
  pullRequests: [sample.makePullRequest(1, { sibling: 'acme' }), sample.makePullRequest(2)],
  chains: [sample.makeChain(1), sample.makeChain(2)],
  checks: [{ ...check, outcome: { ...passed, milliseconds: 5, output: 'one\ttwo\r\nthree\n', cached: false } }],
};

const encoded = async (content: StateContent, sibling = 'acme'): Promise<Buffer> =>
  Buffer.from(await encodeShared(await loadSqlEngine(), contentOfSibling(content, sibling)));
const read = async (bytes: Buffer, sibling = 'acme') => readShared(await loadSqlEngine(), bytes, sibling);

describe('the part of a state that is about one sibling', () => {
  it('leaves out what is about others, and keeps runs and checks', () => {
    const own = contentOfSibling(ALL, 'acme');
    expect(Object.entries(own).map(([table, rows]) => [table, rows.length])).toEqual([
      ...[
        ['siblings', 1],
        ['commits', 1],
        ['runs', 1],
        ['decisions', 1],
        ['resolutions', 1],
        ['landings', 1],
      ],
      ...[
        ['pullRequests', 1],
        ['chains', 1],
        ['checks', 1],
      ],
    ]);
    expect(remembersSibling(ALL, 'globex')).toBe(true);
    expect(remembersSibling({ ...ALL, landings: [], decisions: [] }, 'initech')).toBe(false);
  });

  it('reads back as it was, and as the same text', async () => {
    const bytes = await encoded(ALL);
    const again = await read(bytes);
    expect(again).toEqual({ kind: 'good', content: contentOfSibling(ALL, 'acme') });
    expect((await encoded(contentOfSibling(ALL, 'acme'))).equals(bytes)).toBe(true);
  });

  it('is refused when a bit of it flipped, it was cut, is compressed, or is of another sibling', async () => {
    const bytes = await encoded(ALL);
    for (let at = 3; at < bytes.length; at += 97) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(bytes.readUInt8(at) ^ 4, at);
      expect((await read(flipped)).kind, `byte ${at}`).toBe('bad');
      expect((await read(bytes.subarray(0, at))).kind, `cut at ${at}`).toBe('bad');
    }
    expect((await read(gzipSync(bytes))).kind).toBe('bad');
    expect(await read(bytes, 'globex')).toMatchObject({ why: expect.stringContaining('not only those of globex') });
  });

  it('is refused when its values are nested deeper than anything can follow', async () => {
    const text = (await encoded(ALL))
      .toString('utf8')
      .replace('"kind":', `"deep": ${'['.repeat(1e5)}${']'.repeat(1e5)}, "kind":`);
    const rest = text.slice(text.indexOf('\n', 2) + 1);
    const sealed = `{\n  "checksum": "${sha256(rest)}",\n${rest}`;
    expect(text).toContain('"deep"');
    expect((await read(Buffer.from(sealed))).kind).toBe('bad');
  });

  it.each<readonly [string, Partial<Record<keyof StateContent, unknown>>]>([
    [
      'a commit that is an option',
      { commits: [{ sibling: 'acme', run: 'r', commit: { ...sample.makeCommit(1), sha: '-x' } }] },
    ],
    [
      'a landing that moves no ref',
      { landings: [{ ...sample.makeLanding(1), refs: [{ ref: '--all', before: null, after: sample.shaOf(1) }] }] },
    ],
    ['a branch that is not ours', { pullRequests: [sample.makePullRequest(1, { sibling: 'acme', branch: 'main' })] }],
    ['a decision on no commit', { decisions: [{ ...sample.makeDecision(3), sha: 'HEAD' }] }],
    [
      'a standing that nobody knows',
      { commits: [{ sibling: 'acme', run: 'r', commit: { ...sample.makeCommit(1), standing: 'blessed' } }] },
    ],
  ])('is refused for %s', async (_what, change) => {
    const odd = { ...contentOfSibling(ALL, 'acme'), ...change } as StateContent;
    expect(await read(Buffer.from(await encodeShared(await loadSqlEngine(), odd)))).toEqual({
      kind: 'bad',
      why: 'its rows are not those of a state',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { incomingPathsOf } from '../../src/actions/incomingPaths.js';
import type { StoredCommit } from '../../src/core/facts.js';
import type { Standing } from '../../src/core/standing.js';

const row = (sibling: string, sha: string, standing: Standing, kept: readonly string[]): StoredCommit =>
  ({
    sibling,
    commit: { sha, standing, files: { kept, dropped: [{ path: 'dropped', rule: 'r' }] } },
  }) as unknown as StoredCommit;

const named = new Set(['acme', 'globex']);

describe('paths with something incoming', () => {
  it('are those that open commits of named siblings would change', () => {
    const rows = [
      row('acme', '1', 'candidate', ['a', 'b']),
      row('globex', '2', 'review', ['a']),
      row('acme', '3', 'conflict', ['c']),
      row('acme', '4', 'landed', ['d']),
      row('acme', '5', 'declined', ['e']),
      row('gone', '6', 'candidate', ['f']),
    ];
    expect(incomingPathsOf(rows, named)).toEqual({
      a: [
        { sibling: 'acme', sha: '1' },
        { sibling: 'globex', sha: '2' },
      ],
      b: [{ sibling: 'acme', sha: '1' }],
      c: [{ sibling: 'acme', sha: '3' }],
    });
  });

  it('are bounded, and may have any name', () => {
    const many = Array.from({ length: 6_000 }, (_, index) => `f${index}`);
    const paths = incomingPathsOf([row('acme', '1', 'candidate', ['__proto__', ...many])], named);
    expect(Object.keys(paths)).toHaveLength(5_000);
    expect(Object.hasOwn(paths, '__proto__')).toBe(true);
  });
});

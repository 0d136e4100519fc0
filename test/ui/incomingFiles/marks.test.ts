import { describe, expect, it } from 'vitest';
import type { IncomingRow } from '../../../src/core/overview.js';
import { changedPlaces, choicesOf, filesOf, markText } from '../../../src/ui/incomingFiles/marks.js';

const row: IncomingRow = {
  sibling: 'acme',
  sha: 'a'.repeat(40),
  subject: 'fix: [x](command:y) $(z)',
  author: 'A. Writer',
  date: '2026-01-02T00:00:00Z',
  type: 'fix',
  breaking: false,
  standing: 'candidate',
  verdict: null,
  risk: null,
  partial: false,
  kept: 1,
  dropped: 0,
  pullRequest: null,
};
const here = { sibling: 'acme', sha: row.sha };
const there = { sibling: 'globex', sha: 'b'.repeat(40) };
const place = (path: string): string => `/repo/${path}`;

describe('marks of files', () => {
  it('say how many commits are incoming, and name each sibling once', () => {
    expect(markText([here, here, there])).toBe('3 incoming from acme, globex');
    const many = Array.from({ length: 7 }, (_, index) => ({ sibling: `s${index}`, sha: 'x' }));
    expect(markText(many)).toBe('7 incoming from s0, s1, s2, s3, s4, 2 more');
  });

  it('change only where what they say changes', () => {
    const before = new Map(filesOf('t', { same: [here], less: [here, there], gone: [here] }, place));
    const after = new Map(filesOf('t', { same: [here], less: [here], new: [there] }, place));
    expect(changedPlaces(before, after)).toEqual(['/repo/less', '/repo/gone', '/repo/new']);
    expect(changedPlaces(after, after)).toEqual([]);
  });

  it('lead to the commits that are still known, as plain text', () => {
    const choices = choicesOf({ target: 't', path: 'a.ts', origins: [here, there] }, [row]);
    expect(choices).toHaveLength(1);
    expect(choices[0]).toMatchObject({
      label: 'fix: [x] (command:y) $ (z)',
      description: 'acme aaaaaaaaaa',
      row: { kind: 'file', target: 't', path: 'a.ts', rule: null },
    });
  });
});

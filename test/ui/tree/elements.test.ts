import { describe, expect, it } from 'vitest';
import type { IncomingRow, Overview } from '../../../src/core/overview.js';
import { arrange } from '../../../src/ui/tree/arrange.js';
import { type Choices, DEFAULT_CHOICES, NO_LIMITS } from '../../../src/ui/tree/choices.js';
import { Elements, PAGE } from '../../../src/ui/tree/elements.js';
import type { EnhancementRow, Row } from '../../../src/ui/tree/row.js';
import type { Section } from '../../../src/ui/tree/section.js';
import { sampleOverview, sampleRow, sampleTarget, sampleWindow } from './samples.js';

const sections = (
  rows: readonly IncomingRow[],
  more: Partial<Overview> = {},
  choices: Choices = DEFAULT_CHOICES,
): readonly Section[] =>
  arrange({ window: sampleWindow([sampleTarget(sampleOverview(rows, more))]), choices, limits: NO_LIMITS });

const many = (count: number, sibling = 'acme'): readonly IncomingRow[] =>
  Array.from({ length: count }, (_unused, index) => sampleRow(index + 1, { sibling }));

const ACME = 'file:///target|sibling|acme';
const commitId = (row: IncomingRow): string => `file:///target|commit|${row.sibling}|${row.sha}`;
const isCommit = (row: Row | undefined): row is EnhancementRow => row?.kind === 'enhancement';

/** The elements after everything that can be asked for was asked for. */
function opened(roots: readonly Section[]): Elements {
  const elements = new Elements();
  elements.update(roots);
  for (const { id } of elements.children(null)) elements.children(id);
  return elements;
}

describe('a long list', () => {
  it('shows one page and a row for more, which shows the next page', () => {
    const elements = opened(sections(many(PAGE + 50)));
    const first = elements.children(ACME);
    expect(first).toHaveLength(PAGE + 1);
    expect(first.at(-1)).toMatchObject({ kind: 'more', of: ACME, left: 50 });
    const next = elements.showMore(ACME);
    const all = elements.children(ACME);
    expect(all).toHaveLength(PAGE + 50);
    expect(all[PAGE]?.id).toBe(next);
  });

  it('starts with one page again when it is listed anew', () => {
    const elements = opened(sections(many(PAGE * 3)));
    elements.showMore(ACME);
    elements.resetPages();
    expect(elements.children(ACME)).toHaveLength(PAGE + 1);
  });
});

describe('over an update', () => {
  it('nothing is drawn again when the same was read', () => {
    const elements = opened(sections(many(3)));
    expect(elements.update(structuredClone(sections(many(3))))).toEqual([]);
  });

  it('a commit that changed is drawn again alone, as the same element with what is known now', () => {
    const [first = sampleRow(1), ...others] = many(3);
    const elements = opened(sections([first, ...others]));
    const before = elements.get(commitId(first));
    const changed = { ...first, standing: 'candidate' } as const;
    expect(elements.update(sections([changed, ...others]))).toEqual([commitId(first)]);
    expect(elements.get(commitId(first))).toBe(before);
    expect(isCommit(before) && before.row.standing).toBe('candidate');
  });

  it('a sibling whose list changed is drawn again, and no other', () => {
    const globex = many(2, 'globex');
    const elements = opened(sections([...many(3), ...globex]));
    expect(elements.update(sections([...many(4), ...globex]))).toEqual([ACME]);
    expect(elements.get(commitId(sampleRow(1)))).toBeDefined();
  });

  it('a sibling that was seen again is drawn again', () => {
    const elements = opened(sections(many(2)));
    const { siblings } = sampleOverview(many(2));
    const seen = siblings.map((sibling) => ({ ...sibling, seenAt: '2026-03-10T11:59:00.000Z' }));
    expect(elements.update(sections(many(2), { siblings: seen }))).toEqual([ACME]);
  });

  it('all is drawn again when the rows of the first level changed', () => {
    const elements = opened(sections(many(2)));
    expect(elements.update(sections(many(2), {}, { ...DEFAULT_CHOICES, groupBy: 'type' }))).toBe('all');
  });

  it('all is drawn again when a sibling that had nothing gets something, or has nothing any more', () => {
    const elements = opened(sections(many(2, 'globex')));
    expect(elements.update(sections([...many(1), ...many(2, 'globex')]))).toBe('all');
    expect(elements.update(sections(many(2, 'globex')))).toBe('all');
  });

  it('a commit that is gone is forgotten', () => {
    const elements = opened(sections(many(3)));
    elements.update(sections(many(2)));
    expect(elements.get(commitId(sampleRow(3)))).toBeUndefined();
    expect(elements.count).toBe(2);
  });

  it('a commit that is not listed yet changes nothing that is drawn', () => {
    const rows = many(PAGE + 1);
    const elements = opened(sections(rows));
    const later = rows.map((row, index) => (index === PAGE ? { ...row, author: 'B. Writer' } : row));
    expect(elements.update(sections(later))).toEqual([]);
  });
});

it('a row knows the row above it, in every grouping', () => {
  const elements = opened(sections(many(2)));
  const commit = elements.children(ACME)[0];
  expect(commit && elements.parent(commit)).toBe(elements.children(null)[0]);
  elements.update(sections(many(2), {}, { ...DEFAULT_CHOICES, groupBy: 'verdict' }));
  expect(commit && elements.parent(commit)).toBeUndefined();
  const [group] = elements.children(null);
  elements.children(group?.id ?? '');
  expect(commit && elements.parent(commit)).toBe(group);
});

import { describe, expect, it } from 'vitest';
import type { IncomingRow } from '../../../src/core/overview.js';
import { arrange } from '../../../src/ui/tree/arrange.js';
import { DEFAULT_CHOICES, NO_LIMITS, readChoices } from '../../../src/ui/tree/choices.js';
import type { Section } from '../../../src/ui/tree/section.js';
import { sampleOverview, sampleRow, sampleSibling, sampleTarget, sampleWindow } from './samples.js';

const ROWS: readonly IncomingRow[] = [
  sampleRow(1, { risk: 9, date: '2026-03-09T12:00:00.000Z' }),
  sampleRow(2, { risk: 2, standing: 'conflict', verdict: null }),
  sampleRow(3, { risk: null, type: null, standing: 'rejected', date: '2026-03-08T12:00:00.000Z' }),
  sampleRow(4, { standing: 'landed', verdict: 'auto-merge', type: 'feat' }),
  sampleRow(5, { sibling: 'globex', standing: 'filtered', verdict: null, type: 'feat', author: 'B. Writer' }),
];

const WINDOW = sampleWindow([sampleTarget(sampleOverview(ROWS))]);
const numbersOf = (section: Section | undefined): readonly number[] =>
  (section?.rows ?? []).map(({ sha }) => Number.parseInt(sha, 16));
const listed = (sections: readonly Section[]): object =>
  Object.fromEntries(
    sections.map((section) => [
      section.row.kind === 'group' ? section.row.key : section.sibling?.name,
      numbersOf(section),
    ]),
  );

describe('the list', () => {
  it('has a row for each sibling, the least risk first, without what is settled', () => {
    expect(listed(arrange({ window: WINDOW, choices: DEFAULT_CHOICES, limits: NO_LIMITS }))).toEqual({
      acme: [2, 1, 3],
      globex: [],
    });
  });

  it('lists the newest first when a person chose so', () => {
    const choices = { ...DEFAULT_CHOICES, sortBy: 'date' } as const;
    expect(listed(arrange({ window: WINDOW, choices, limits: NO_LIMITS }))).toEqual({ acme: [1, 3, 2], globex: [] });
  });

  it('shows what is settled when a person chose so', () => {
    const choices = { ...DEFAULT_CHOICES, settledHidden: false };
    expect(listed(arrange({ window: WINDOW, choices, limits: NO_LIMITS }))).toEqual({
      acme: [2, 4, 1, 3],
      globex: [5],
    });
  });

  it('is grouped by verdict in the order in which a person is needed', () => {
    const choices = { ...DEFAULT_CHOICES, groupBy: 'verdict', settledHidden: false } as const;
    const sections = arrange({ window: WINDOW, choices, limits: NO_LIMITS });
    expect(Object.entries(listed(sections))).toEqual([
      ['review', [1]],
      ['conflict', [2]],
      ['rejected', [3]],
      ['landed', [4]],
      ['filtered', [5]],
    ]);
  });

  it('is grouped by type with commits without a type last', () => {
    const choices = { ...DEFAULT_CHOICES, groupBy: 'type', settledHidden: false } as const;
    const sections = arrange({ window: WINDOW, choices, limits: NO_LIMITS });
    expect(Object.entries(listed(sections))).toEqual([
      ['feat', [4, 5]],
      ['fix', [2, 1]],
      ['', [3]],
    ]);
  });

  it('names a sibling that could not be read in every grouping', () => {
    const siblings = [sampleSibling('acme'), sampleSibling('globex', { error: 'It is gone.' })];
    const window = sampleWindow([sampleTarget(sampleOverview(ROWS, { siblings }))]);
    const choices = { ...DEFAULT_CHOICES, groupBy: 'verdict' } as const;
    const sections = arrange({ window, choices, limits: NO_LIMITS });
    expect(sections.map(({ row }) => row.kind)).toEqual(['group', 'group', 'group', 'sibling']);
  });
});

describe('a filter', () => {
  const filtered = (filter: object): object =>
    listed(arrange({ window: WINDOW, choices: DEFAULT_CHOICES, limits: { target: null, filter } }));

  it('shows settled standings that it names, and leaves out siblings without a match', () => {
    expect(filtered({ standings: ['filtered'] })).toEqual({ globex: [5] });
    expect(filtered({ verdicts: ['auto-merge'] })).toEqual({ acme: [4] });
  });

  it('wants every word of its text, in whatever case, also in author and standing', () => {
    expect(filtered({ text: 'CHANGE writer conflict' })).toEqual({ acme: [2] });
    expect(filtered({ text: 'writer nowhere' })).toEqual({});
  });

  it('of text alone leaves hidden what is settled', () => {
    expect(filtered({ text: 'b. writer' })).toEqual({});
  });

  it('of a sibling shows only this sibling', () => {
    expect(filtered({ sibling: 'acme' })).toEqual({ acme: [2, 1, 3] });
  });
});

describe('several folders', () => {
  const other = sampleTarget(sampleOverview(ROWS), { id: 'file:///other', name: 'other' });
  const bare = sampleTarget(null, { id: 'file:///bare', trouble: { code: 'no-config', message: 'none' } });
  const broken = sampleTarget(null, { id: 'file:///broken', trouble: { code: 'config', message: 'a comma' } });
  const idsOf = (sections: readonly Section[]) => sections.map(({ row }) => row.id);

  it('are rows of their own when several are set up', () => {
    const window = sampleWindow([...WINDOW.targets, other, bare, broken]);
    const sections = arrange({ window, choices: DEFAULT_CHOICES, limits: NO_LIMITS });
    expect(idsOf(sections)).toEqual(['file:///target', 'file:///other', 'file:///broken']);
    expect(sections[0]?.sections.map(({ sibling }) => sibling?.name)).toEqual(['acme', 'globex']);
  });

  it('are left out of the rows when only one is set up', () => {
    const sections = arrange({
      window: sampleWindow([...WINDOW.targets, bare]),
      choices: DEFAULT_CHOICES,
      limits: NO_LIMITS,
    });
    expect(sections.map(({ row }) => row.kind)).toEqual(['sibling', 'sibling']);
  });

  it('can be limited to one of them', () => {
    const window = sampleWindow([...WINDOW.targets, other]);
    const limits = { target: 'file:///other', filter: {} };
    expect(idsOf(arrange({ window, choices: DEFAULT_CHOICES, limits }))).toEqual(['file:///other']);
  });
});

it('there are no rows while the view has another face', () => {
  const overview = sampleOverview(ROWS, { checkedAt: null });
  const activity = { kind: 'scan', scheduled: false, step: null } as const;
  const window = sampleWindow([sampleTarget(overview, { activity })]);
  expect(arrange({ window, choices: DEFAULT_CHOICES, limits: NO_LIMITS })).toEqual([]);
});

it('choices that were kept in another form do not count', () => {
  expect(readChoices({ groupBy: 'colour' })).toEqual(DEFAULT_CHOICES);
  expect(readChoices({ groupBy: 'type', sortBy: 'date', settledHidden: false }).groupBy).toBe('type');
});

import { describe, expect, it } from 'vitest';
import type { IncomingRow } from '../../../src/core/overview.js';
import { STANDINGS } from '../../../src/core/standing.js';
import { agoText, shortAge } from '../../../src/ui/tree/age.js';
import { fileRows } from '../../../src/ui/tree/commitDetails.js';
import { enhancementText } from '../../../src/ui/tree/enhancementText.js';
import { fileText } from '../../../src/ui/tree/fileText.js';
import { groupText } from '../../../src/ui/tree/groupText.js';
import { siblingText, siblingTooltip } from '../../../src/ui/tree/siblingText.js';
import { signOf } from '../../../src/ui/tree/signs.js';
import { NOW, sampleRow, sampleSibling } from './samples.js';

const SURROUNDINGS = { now: NOW, namesSibling: false, hasPage: false, checking: null };
const contextOf = (more: Partial<IncomingRow>): readonly string[] =>
  enhancementText(sampleRow(1, more), SURROUNDINGS).context.split(' ');

describe('the row of a commit', () => {
  it('says its subject, risk, author and age', () => {
    expect(enhancementText(sampleRow(1), SURROUNDINGS)).toMatchObject({
      label: 'fix: change 1',
      description: 'risk 4 · A. Writer · 3 d',
    });
  });

  it('says its sibling where no row above does, and what is unusual about it', () => {
    const row = sampleRow(1, { breaking: true, partial: true, risk: null });
    const { description } = enhancementText(row, { ...SURROUNDINGS, namesSibling: true });
    expect(description).toBe('breaking · partial · acme · A. Writer · 3 d');
  });

  it('keeps its order where an author is written from right to left', () => {
    const author = '\u05de\u05d7\u05d1\u05e8';
    const { description, spoken } = enhancementText(sampleRow(1, { author: `\u2067${author}` }), SURROUNDINGS);
    // FSI and PDI: without them the 3 of the age would stand before the name.
    expect(description).toBe(`risk 4 \u00b7 \u2068${author}\u2069 \u00b7 3 d`);
    expect(spoken).toContain(`by ${author}, 3 days ago`);
  });

  it('says which check runs on it now, first of all', () => {
    const text = enhancementText(sampleRow(1), { ...SURROUNDINGS, checking: 'te\u001b[2Jst' });
    expect(text.description).toBe('checking: test · risk 4 · A. Writer · 3 d');
    expect(text.spoken).toMatch(/^fix: change 1, checking: test, /);
  });

  it('says the number of its pull request', () => {
    const text = enhancementText(sampleRow(1, { pullRequest: 'https://github.com/house/shop/pull/12' }), SURROUNDINGS);
    expect(text.description).toMatch(/^#12 · risk/);
    expect(text.spoken).toContain('pull request 12');
    expect(
      enhancementText(sampleRow(1, { pullRequest: 'https://x/pull/12/$(x)' }), SURROUNDINGS).description,
    ).not.toMatch(/#|\$/);
  });

  it('is read aloud with its standing', () => {
    expect(enhancementText(sampleRow(1, { breaking: true }), SURROUNDINGS).spoken).toBe(
      'fix: change 1, breaking change, for review, risk 4, by A. Writer, 3 days ago',
    );
  });

  it('shows foreign text without what cannot be seen', () => {
    const { label } = enhancementText(sampleRow(1, { subject: 'fix: \u202egnp\u001b[2J.exe' }), SURROUNDINGS);
    expect(label).toBe('fix: gnp.exe');
  });

  it.each([
    [{ standing: 'review' }, ['enhancement', 'applicable', 'declinable']],
    [{ standing: 'conflict' }, ['enhancement', 'declinable', 'resolvable']],
    [{ standing: 'declined' }, ['enhancement', 'applicable']],
    [{ standing: 'landed' }, ['enhancement']],
    [{ standing: 'present' }, ['enhancement']],
    [{ standing: 'rejected' }, ['enhancement', 'declinable']],
    [{ standing: 'filtered', rule: 'type: docs' }, ['enhancement', 'applicable', 'declinable']],
    [{ standing: 'filtered', rule: 'secret' }, ['enhancement', 'declinable']],
    [{ standing: 'filtered', rule: 'merge' }, ['enhancement', 'declinable']],
    [{ standing: 'filtered', kept: 0 }, ['enhancement', 'declinable']],
    [{ pullRequest: 'https://example.com/1' }, ['enhancement', 'applicable', 'declinable', 'pullrequest']],
  ] as const)('%j allows what can be done with it', (more, words) => {
    expect(contextOf(more)).toEqual(words);
  });

  it('opens on a forge whose pages are known', () => {
    expect(enhancementText(sampleRow(1), { ...SURROUNDINGS, hasPage: true }).context).toMatch(/\bforge$/);
  });
});

it('every standing has a shape of its own, and what may land by itself has another', () => {
  const icons = STANDINGS.map((standing) => signOf({ standing, verdict: null }).icon);
  const all = [...icons, signOf({ standing: 'candidate', verdict: 'auto-merge' }).icon];
  expect(new Set(all).size).toBe(STANDINGS.length + 1);
});

describe('the row of a sibling', () => {
  const textOf = (more: object, { open = 1, limited = false, shown = 0 } = {}) => {
    const rows = Array.from({ length: shown }, (_unused, index) => sampleRow(index));
    return siblingText({ sibling: sampleSibling('acme', more), section: { rows, open }, limited, now: NOW });
  };

  it('says its branch, how far it is ahead and when it was seen', () => {
    expect(textOf({}, { open: 1200 }).description).toBe('main · 1,200 incoming · seen 4 min ago');
    expect(textOf({}, { open: 0 }).spoken).toBe('Sibling acme, branch main, nothing incoming, seen 4 minutes ago');
  });

  it('says how much a filter leaves of it', () => {
    expect(textOf({}, { open: 9, limited: true, shown: 2 }).description).toBe('main · 2 shown · seen 4 min ago');
  });

  it('says that it was not looked at yet', () => {
    expect(textOf({ seenAt: null, branch: null }).description).toBe('not looked at yet');
  });

  it('says that it could not be read, and offers a token where it was refused', () => {
    expect(textOf({ error: 'Sibling "acme" could not be reached after 3 attempts: ...' })).toMatchObject({
      description: 'could not be read · main · 1 incoming · seen 4 min ago',
      context: 'sibling',
    });
    expect(textOf({ error: 'It is gone.' }, { open: 0 }).description).toBe('could not be read · main · seen 4 min ago');
    const refused = { error: 'Sibling "acme" refused to be read: 401. Check the address.', commitPage: 'https://x/' };
    expect(textOf(refused)).toMatchObject({ context: 'sibling signedout siblingforge' });
    expect(textOf({ ...refused, folder: '/acme' }).context).toBe('sibling siblingforge');
  });

  it('explains its error when it is pointed at, as plain lines', () => {
    const sibling = sampleSibling('acme', { error: 'It is\u001b[31m gone.', notes: ['It was force-pushed.'] });
    expect(siblingTooltip(sibling)).toBe('acme: https://example.com/acme.git\nIt is gone.\nIt was force-pushed.');
  });
});

describe('the row of a file', () => {
  it('says its name and folder, and the rule that dropped it', () => {
    expect(fileText({ path: 'src/shop/tax.ts', rule: null })).toMatchObject({
      label: 'tax.ts',
      description: 'src/shop',
      spoken: 'src/shop/tax.ts, kept',
      context: 'file kept',
    });
    expect(fileText({ path: '.env', rule: 'deny list: .env*' })).toMatchObject({
      label: '.env',
      description: 'dropped: deny list: .env*',
      context: 'dropped',
    });
  });

  it('is below its commit, kept files first, and a commit without files says so', () => {
    const above = { kind: 'enhancement', id: 'commit', target: 'target', row: sampleRow(1) } as const;
    const dropped = [{ path: '.env', rule: 'deny list' }];
    expect(fileRows(above, { kept: ['a', 'b'], dropped }).map(({ id }) => id)).toEqual([
      'commit|kept|a',
      'commit|kept|b',
      'commit|dropped|.env',
    ]);
    expect(fileRows(above, { kept: [], dropped: [] })).toMatchObject([{ kind: 'note' }]);
  });
});

it('a group is headed by its standing, or its type as it is written', () => {
  const section = { rows: [sampleRow(1)] };
  expect(groupText({ by: 'verdict', key: 'review' }, section)).toMatchObject({
    label: 'For Review',
    spoken: 'For Review, 1 commit',
  });
  expect(groupText({ by: 'type', key: 'review' }, section).label).toBe('review');
  expect(groupText({ by: 'type', key: '' }, section).label).toBe('(no type)');
});

it.each([
  [0, 'now', 'just now'],
  [-60_000, 'now', 'just now'],
  [4 * 60_000, '4 min', '4 min ago'],
  [3 * 3_600_000, '3 h', '3 h ago'],
  [60 * 86_400_000, '60 d', '60 d ago'],
  [90 * 86_400_000, '3 mo', '3 mo ago'],
  [800 * 86_400_000, '2 y', '2 y ago'],
])('%d milliseconds ago is told as %s', (passed, short, long) => {
  const at = new Date(NOW - passed).toISOString();
  expect([shortAge(at, NOW), agoText(at, NOW)]).toEqual([short, long]);
});

it('a moment that is no date is told as such', () => {
  expect([shortAge('soon', NOW), agoText('soon', NOW)]).toEqual(['', 'at an unknown time']);
});

import { describe, expect, it } from 'vitest';
import { explainLines, riskSum } from '../../../src/report/terminal/explain.js';
import { CONFLICT, commitOf, explanationOf, pageOf, REJECTED, REVIEW, riskOf, shaOf } from '../samples.js';

const text = (commit = REVIEW, columns = 120): string =>
  explainLines(explanationOf(commit), pageOf({ columns })).join('\n');

describe('explainLines', () => {
  it('tells message, author, age, standing, reason, forecast, risk, vetoes, decisions, landings and what to do next', () => {
    const page = text();
    for (const part of [
      REVIEW.subject,
      REVIEW.sha,
      'from acme, by A. Writer, 2026-02-18 09:30 UTC (12 days ago)',
      'The form asked for a postcode before it knew the country.',
      '? review: It says that it is a breaking change.',
      'Alone on the target it picks cleanly.',
      '7 = 7 files changed x 1 + 0 new type errors x 3',
      '- It touches package.json',
      'B. Keeper declined it on 2026-02-20 10:00 UTC, until 2026-03-01 00:00 UTC: not before the release',
      'run 20260301-080000-11aa',
      'lands it on your word.',
      '+ src/cart/cart.ts',
    ]) {
      expect(page).toContain(part);
    }
  });

  it('shows a conflict as a small diff that keeps indentation, with the last authors and what is missing', () => {
    const page = text(CONFLICT);
    expect(page).toContain('! src/invoice.ts (contents), last changed here by B. Keeper, there by A. Writer');
    expect(page).toContain('      line 41, - target, + sibling\n      -   const sum = lines.reduce');
    expect(page).toContain('\n      +\n      +   return sum;');
    expect(page).toContain(`- ${shaOf(3).slice(0, 10)} refactor(invoice): split the totals (filtered; src/invoice.ts)`);
  });

  it('names every new failure with its check, place and message', () => {
    const page = text(REJECTED);
    expect(page).toContain('✗ typecheck: TS2345 (src/search.ts)\n      Argument of type');
    expect(page).toContain(
      '✗ test: search > forgets the index when the catalogue changes (test/search.test.ts)\n      expected 3 to be 4',
    );
  });

  it('says what it breaks only together with, what is flaky and what it mends, each by itself', () => {
    if (REJECTED.evidence.kind !== 'rejected') throw new Error('a rejected one');
    const pair = text({ ...REJECTED, evidence: { ...REJECTED.evidence, together: shaOf(9) } }, 200);
    expect(pair).toContain(`  It breaks that only together with ${shaOf(9).slice(0, 10)}, which stays.`);
    const fixed = [{ check: 'types', name: 'TS2322', file: 'src/a.ts', message: 'no' }];
    const review = { kind: 'review', branch: 'b', pick: shaOf(1), tree: shaOf(2), checks: ['types'] } as const;
    const mended = text(commitOf(1, { evidence: { ...review, flaky: ['clock (test)'], fixed } }), 200);
    expect(mended).toContain('  Flaky, it failed and passed on the same tree: clock (test).');
    expect(mended).toContain('  It mends what fails on the target: TS2322 in src/a.ts (types).');
  });

  it('lists the files that a rule dropped with the rule', () => {
    const files = { kept: ['src/a.ts'], dropped: [{ path: '.env', rule: 'deny list: environment file (.env*)' }] };
    const page = text(commitOf(1, { files, partial: true }));
    expect(page).toContain('picks cleanly. This is said of the whole commit, with the files that stay out by rule.');
    expect(page).toContain(
      '1 file may come, the rest stayed out by rule (a partial pick):\n  + src/a.ts\n  - .env (deny list',
    );
  });

  it('tells since when it stands where it does, as far as that is known', () => {
    const row = commitOf(1, { standing: 'review', since: '2026-01-02T03:04:05.678Z' });
    expect(text(row)).toMatch(/\n {2}In review since 2026-01-02 03:04 UTC \(.+\)\.\n/);
    expect(text(commitOf(1))).not.toContain('since');
  });

  it('tells who resolved its conflicts', () => {
    const resolved = { by: 'A. Keeper', at: '2026-01-02T03:04:05Z', files: ['src/a.ts', 'src/b.ts'] };
    const lines = explainLines({ ...explanationOf(commitOf(1)), resolved }, pageOf());
    expect(lines.join('\n')).toMatch(
      /\nResolved\n {2}- A\. Keeper resolved its conflicts on 2026-01-02 03:04 UTC, in src\/a\.ts,\s+src\/b\.ts\n/,
    );
  });

  it('leaves out the sections that have nothing to say', () => {
    const bare = {
      ...explanationOf(commitOf(1, { risk: null, forecast: null })),
      decisions: [],
      landings: [],
      next: [],
      message: 'fix: x',
    };
    const headings = explainLines(bare, pageOf()).filter((line) => /^[A-Z][a-z]+$/.test(line));
    expect(headings).toEqual(['Standing', 'Evidence', 'Files']);
  });
});

describe('riskSum', () => {
  it('names one as one', () => {
    const items = [
      { reason: 'files changed', count: 1, weight: 1 },
      { reason: 'new type errors', count: 2, weight: 3 },
      { reason: 'new test failures', count: 1, weight: 5 },
    ];
    expect(riskSum({ score: 12, items })).toBe(
      '12 = 1 file changed x 1 + 2 new type errors x 3 + 1 new test failure x 5',
    );
  });

  it('writes a risk as a sum', () => {
    expect(riskSum(riskOf(4) ?? { score: 0, items: [] })).toBe(
      '4 = 4 files changed x 1 + 0 new type errors x 3 + 0 new test failures x 5 + 0 prisma schema or migration touched x 2',
    );
  });
});

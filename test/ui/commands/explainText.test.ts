import { describe, expect, it } from 'vitest';
import { explainText } from '../../../src/ui/commands/explainText.js';
import { CONFLICT, EVERY_STANDING, explanationOf, HOSTILE, REJECTED, REVIEW } from '../../report/samples.js';

describe('the explanation of a commit in the editor', () => {
  it('has everything that is known of a commit for review, in sections', () => {
    const text = explainText(explanationOf(REVIEW));
    for (const part of ['STANDING', 'EVIDENCE', 'FILES', 'RISK', 'WHAT YOU CAN DO'])
      expect(text).toContain(`\n${part}\n`);
    expect(text).toContain(REVIEW.sha);
    expect(text).toContain(REVIEW.reason.slice(0, 30));
  });

  it('tells since when it stands there, as far as that is known', () => {
    const since = '2026-01-02T12:00:00.000Z';
    expect(explainText(explanationOf({ ...REVIEW, since }))).toMatch(/\n {2}In review since \d+ Jan 2026, \d\d:\d\d\n/);
    expect(explainText(explanationOf(REVIEW))).not.toContain('since');
  });

  it('says of one file and of two that they stay out', () => {
    const [one, two] = [1, 2].map((count) => {
      const dropped = Array.from({ length: count }, (_unused, index) => ({ path: `.env.${index}`, rule: 'deny list' }));
      return explainText(explanationOf({ ...REVIEW, files: { kept: ['src/a.ts'], dropped } }));
    });
    expect(one).toContain('\n  1 file stays out by a rule:\n');
    expect(two).toContain('\n  2 files stay out by a rule:\n');
  });

  it('shows where a conflict is, and on what it builds', () => {
    const text = explainText(explanationOf(CONFLICT));
    if (CONFLICT.evidence.kind !== 'conflict') throw new Error('a conflict');
    for (const { path } of CONFLICT.evidence.files) expect(text).toContain(path);
    expect(text).toContain('"Resolve Conflict..."');
  });

  it('names the failures of a rejected one', () => {
    const text = explainText(explanationOf(REJECTED));
    if (REJECTED.evidence.kind !== 'rejected') throw new Error('a rejected one');
    for (const { check } of REJECTED.evidence.failures) expect(text).toContain(`${check}: `);
  });

  it('says what it breaks only together with', () => {
    if (REJECTED.evidence.kind !== 'rejected') throw new Error('a rejected one');
    const pair = { ...REJECTED, evidence: { ...REJECTED.evidence, together: 'c'.repeat(40) } };
    expect(explainText(explanationOf(pair))).toContain('only together with cccccccccc, which stays.');
  });

  it.each(EVERY_STANDING.map((commit) => [commit.standing, commit] as const))(
    'speaks of no command line for what is %s',
    (_standing, commit) => {
      expect(explainText(explanationOf(commit))).not.toMatch(/`?autosync (apply|decline|sync|scan|status)/);
    },
  );

  it('lets no control or invisible character of a hostile message through', () => {
    const poison = { ...explanationOf(REVIEW), message: HOSTILE };
    expect(explainText(poison)).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/,
    );
  });
});

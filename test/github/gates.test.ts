import { describe, expect, it } from 'vitest';
import { closedBy, reviewsMissing } from '../../src/github/gates.js';
import { type Guard, ofProtection, ofRule, together } from '../../src/github/guard.js';
import { outcomeOf, type Result } from '../../src/github/results.js';
import { approvalsAt, lastWords } from '../../src/github/reviews.js';

const guard = (part: Partial<Guard> = {}): Guard => ({
  checks: [],
  approvals: 0,
  methods: ['merge', 'squash', 'rebase'],
  closed: [],
  ...part,
});
const result = (name: string, outcome: Result['outcome'], app: number | null = null): Result => ({
  name,
  outcome,
  app,
});

describe('guards of a branch', () => {
  it('are all in force together', () => {
    const build = { name: 'build', app: null };
    expect(
      together([
        guard({ checks: [build], approvals: 1, methods: ['squash', 'rebase'], closed: ['Locked.'] }),
        guard({
          checks: [build, { name: 'test', app: 7 }],
          approvals: 2,
          methods: ['merge', 'squash'],
          closed: ['Locked.'],
        }),
      ]),
    ).toEqual({ checks: [build, { name: 'test', app: 7 }], approvals: 2, methods: ['squash'], closed: ['Locked.'] });
  });

  it('are none when nothing guards it', () => {
    expect(together([])).toEqual(guard());
  });

  it('are read from classic protection', () => {
    const read = ofProtection({
      required_status_checks: {
        contexts: ['build', 'lint'],
        checks: [{ context: 'build', app_id: 7 }],
        contexts_url: '',
        url: '',
      },
      required_pull_request_reviews: {
        dismiss_stale_reviews: false,
        require_code_owner_reviews: true,
        required_approving_review_count: 2,
      },
      required_linear_history: { enabled: true },
      lock_branch: { enabled: true },
    });
    expect(read.checks).toEqual([
      { name: 'build', app: 7 },
      { name: 'lint', app: null },
    ]);
    expect(read).toMatchObject({ approvals: 2, methods: ['squash', 'rebase'] });
    expect(read.closed.join(' ')).toMatch(/locked.*code owner/);
  });

  it('are read from rules', () => {
    const source = { ruleset_source_type: 'Repository', ruleset_source: 'acme/shop', ruleset_id: 1 } as const;
    expect(ofRule({ type: 'merge_queue', ...source }).closed[0]).toContain('merge queue');
    expect(ofRule({ type: 'required_linear_history', ...source }).methods).toEqual(['squash', 'rebase']);
    expect(ofRule({ type: 'deletion', ...source })).toEqual(guard());
    const checks = ofRule({
      type: 'required_status_checks',
      parameters: {
        strict_required_status_checks_policy: false,
        required_status_checks: [
          { context: 'build', integration_id: -1 },
          { context: 'scan', integration_id: 9 },
        ],
      },
      ...source,
    }).checks;
    expect(checks).toEqual([
      { name: 'build', app: null },
      { name: 'scan', app: 9 },
    ]);
  });

  it('close a pull request to a way of merging that is not allowed, and name the others', () => {
    const settings = { methods: ['merge', 'squash'], later: false } as const;
    expect(closedBy(guard(), settings, 'merge')).toEqual([]);
    expect(closedBy(guard({ methods: ['squash'] }), settings, 'merge')).toEqual([
      'Merging by "merge" is not allowed here, "squash" is.',
    ]);
    expect(closedBy(guard({ methods: ['rebase'] }), settings, 'rebase')[0]).toContain('no way at all');
  });

  it('say which reviews are missing', () => {
    expect(reviewsMissing(0, [], [])).toEqual([]);
    expect(reviewsMissing(0, [], ['reviewer'])).toEqual(['reviewer asked for changes.']);
    expect(reviewsMissing(2, ['reviewer'], [])).toEqual([
      'The branch asks for the approval of 2 people, 1 person still to come.',
    ]);
    expect(reviewsMissing(1, ['reviewer'], ['other'])).toEqual(['other asked for changes.']);
  });
});

describe('a required check', () => {
  it('is pending until somebody reports it', () => {
    expect(outcomeOf({ name: 'build', app: null }, [result('test', 'passed')])).toBe('pending');
  });

  it('passes when everything of its name passed, and fails when something failed', () => {
    const check = { name: 'build', app: null };
    expect(outcomeOf(check, [result('build', 'passed'), result('build', 'passed', 7)])).toBe('passed');
    expect(outcomeOf(check, [result('build', 'passed'), result('build', 'pending', 7)])).toBe('pending');
    expect(outcomeOf(check, [result('build', 'pending'), result('build', 'failed', 7)])).toBe('failed');
  });

  it('takes only the word of the application it names', () => {
    const check = { name: 'build', app: 7 };
    expect(outcomeOf(check, [result('build', 'passed', 8)])).toBe('pending');
    expect(outcomeOf(check, [result('build', 'failed', 8), result('build', 'passed', 7)])).toBe('passed');
  });
});

describe('reviews', () => {
  const review = (login: string, state: string, counts = true) => ({ login, state, counts, commit: null });

  it("count by each person's last word, comments aside", () => {
    const reviews = [
      review('one', 'APPROVED'),
      review('one', 'COMMENTED'),
      review('two', 'APPROVED'),
      review('two', 'CHANGES_REQUESTED'),
      review('three', 'APPROVED'),
      review('three', 'DISMISSED'),
    ];
    expect(lastWords(reviews)).toEqual({ approved: ['one'], objected: ['two'] });
  });

  it('of people who may not write here do not count', () => {
    expect(lastWords([review('stranger', 'APPROVED', false)])).toEqual({ approved: [], objected: [] });
  });

  it('is of the commit that was approved, whatever was said of a later one', () => {
    const reviews = [
      { ...review('one', 'APPROVED'), commit: 'a' },
      { ...review('one', 'COMMENTED'), commit: 'b' },
      { ...review('two', 'APPROVED'), commit: 'b' },
    ];
    expect(approvalsAt(reviews, 'b')).toEqual(['two']);
    expect(approvalsAt(reviews, 'a')).toEqual(['one']);
  });
});

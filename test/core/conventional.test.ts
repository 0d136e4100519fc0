import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConventional } from '../../src/core/conventional.js';

const SHA = '0123456789abcdef0123456789abcdef01234567';
const piece = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('feat', '(x)', '!', ': ', '\n', '\r\n', 'BREAKING CHANGE: ', `This reverts commit ${SHA}.`, 'Refs: '),
  fc.constantFrom('-__proto__-', '-subject-', 'gpg: ', '#1', '@a', 'Merge ', 'Revert "', '\x1b[31m', '\u202e'),
);
const message = fc.array(piece, { maxLength: 15 }).map((parts) => parts.join(''));

describe('parseConventional', () => {
  it.each([
    ['feat: add x', { type: 'feat', scope: null, breaking: false, subject: 'add x' }],
    ['Fix(api/v2): y\n\nbody', { type: 'fix', scope: 'api/v2', breaking: false, subject: 'y' }],
    ['feat(a b)!: z', { type: 'feat', scope: 'a b', breaking: true, subject: 'z' }],
    ['perf!: z', { type: 'perf', breaking: true }],
    ['build-deps: up', { type: 'build-deps' }],
    ['fix: a\r\n\r\nBREAKING CHANGE: b\r\n', { type: 'fix', breaking: true, subject: 'a' }],
    ['fix: a\n\nBREAKING-CHANGE: b', { breaking: true }],
    ['fix: a\n\nBREAKING CHANGE #12', { breaking: true }],
    ['fix: a\n\nthis is no BREAKING CHANGE: at all', { breaking: false }],
    ['\n\nfix: after blank lines', { type: 'fix' }],
    ['fix:no space', { type: null, subject: 'fix:no space' }],
    ['see http://host: x', { type: null }],
    ['std::vector: x', { type: null }],
    ['Update README', { type: null, subject: 'Update README' }],
    ['fixup! fix: a', { type: null }],
    ["Merge branch 'x'", { type: null }],
    ['Merge pull request #1 from a/b\n\nfix: c', { type: null, reverts: null }],
    ['fix: a\n\n-subject-\nevil\n-type-\nfeat', { type: 'fix', subject: 'a' }],
    ['fix: a\u202e\x1b[2Jb', { subject: 'ab' }],
    ['', { type: null, subject: '' }],
    [' \n\t', { type: null, subject: '' }],
  ])('reads %j', (given, expected) => {
    expect(parseConventional(given)).toMatchObject(expected);
  });

  it.each([
    ['git', `Revert "feat: x"\n\nThis reverts commit ${SHA}.\n`],
    ['git, of a merge', `Revert "x"\n\nThis reverts commit ${SHA}, reversing\nchanges made to abc.`],
    ['a conventional header', `fix(api): take it back\n\nThis reverts commit ${SHA}.`],
    ['a Refs footer', `revert: x\n\nRefs: 676104e, ${SHA}`],
    ['a SHA-256 repository', `Revert "x"\n\nThis reverts commit ${SHA}${SHA.slice(0, 24)}.`],
  ])('knows which commit is taken back by %s', (_, text) => {
    const { type, reverts } = parseConventional(text);
    expect(type).toBe('revert');
    expect(text).toContain(`${reverts}`);
    expect(reverts).toMatch(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
  });

  it('is a revert without a commit when the message names none in full', () => {
    expect(parseConventional('Revert "fix: y"')).toMatchObject({ type: 'revert', reverts: null });
    expect(parseConventional('Revert "y"\n\nThis reverts commit abc1234.')).toMatchObject({ reverts: null });
    expect(parseConventional(`fix: y\n\nRefs: ${SHA}`)).toMatchObject({ type: 'fix', reverts: null });
  });

  it('never throws and never lets a control character out', () => {
    fc.assert(
      fc.property(message, (text) => {
        const { type, scope, subject } = parseConventional(text);
        expect(`${type}${scope}${subject}`).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e]/);
        expect(type ?? 'x').toMatch(/^[a-z][\w-]*$/);
      }),
      { numRuns: 5_000 },
    );
  });

  it('reads ten thousand messages in less than 300 ms', () => {
    const body = `${'A paragraph about the change, closes #12 and @someone.\n'.repeat(8)}\nBREAKING CHANGE: yes\n`;
    const started = performance.now();
    for (let n = 0; n < 10_000; n += 1)
      parseConventional(`feat(scope-${n}): a subject of usual length, fixes #${n}\n\n${body}`);
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it.each([
    ['one line', 'a'.repeat(1_000_000)],
    ['spaces', `fix: ${' '.repeat(1_000_000)}`],
    ['dashes', '-'.repeat(1_000_000)],
    ['breaking footers', 'BREAKING CHANGE: a\n'.repeat(50_000)],
    ['references', `fix: a\n${'#1 '.repeat(300_000)}`],
    ['Refs', `revert: a\n\nRefs: ${'a'.repeat(1_000_000)}`],
  ])('returns within 50 ms from a megabyte of %s', (_, text) => {
    const started = performance.now();
    parseConventional(text);
    expect(performance.now() - started).toBeLessThan(8_000);
  });
});

import { describe, expect, it } from 'vitest';
import { isQuiet, runLines } from '../../../src/report/terminal/run.js';
import { commitOf, EVERY_STANDING, pageOf, REJECTED, REVIEW, runOf, shaOf, siblingOf } from '../samples.js';

const text = (...parameters: Parameters<typeof runLines>): string => runLines(...parameters).join('\n');
const still = { branch: 'main', head: shaOf(60), landedHead: shaOf(60) };

describe('runLines', () => {
  it('lists what waits for a person first and folds what needs nobody', () => {
    const lines = runLines(runOf(), pageOf());
    const signs = lines.flatMap((line) => /^ {2}([?!✗+…✓=~·-]) (?:[0-9a-f]{10}|\d)/.exec(line)?.[1] ?? []);
    expect(signs.join('')).toBe('?!✗+…✓=~-·');
    expect(lines).toContain('  · 3 filtered: type: docs (2), deny list: environment file (.env*) (1)');
  });

  it('shows every row with its reason when asked to be verbose', () => {
    const verbose = text(runOf(), pageOf({ verbose: true, columns: 120 }));
    for (const { sha, reason } of EVERY_STANDING) {
      expect(verbose).toContain(sha.slice(0, 10));
      expect(verbose).toContain(reason);
    }
  });

  it('says why a commit waits, each veto once, and where its pull request is', () => {
    const page = text(runOf({ siblings: [siblingOf('acme', { commits: [REVIEW] })] }), pageOf({ columns: 120 }));
    expect(page.match(/It says that it is a breaking change\./g)).toHaveLength(1);
    expect(page).toContain('veto: It touches package.json');
    expect(page).toContain('Pull request: https://github.com/org/app/pull/12');
  });

  it('names the first failing check of a rejected commit and counts the others', () => {
    const page = text(runOf(), pageOf());
    expect(page).toMatch(/^ {4}typecheck: TS2345 \(src\/search\.ts\): .*… \(and 1 more\)$/m);
  });

  it('tells of a sibling that failed with the way out', () => {
    const page = text(runOf(), pageOf({ columns: 120 }));
    expect(page).toContain('✗ Sibling "globex" could not be reached after 3 attempts');
    expect(page).toContain('autosync doctor');
    expect(page).toContain('3 siblings, 1 failed, 13 incoming commits');
  });

  it('does not say twice what fails', () => {
    const commit = { ...REJECTED, reason: 'typecheck breaks: TS2345 in src/search.ts.' };
    const page = text(runOf({ siblings: [siblingOf('acme', { commits: [commit] })] }), pageOf({ columns: 120 }));
    expect(page.match(/TS2345/g)).toHaveLength(1);
    expect(page).toContain(
      "    Argument of type 'string' is not assignable to parameter of type 'Query'. (and 1 more)",
    );
  });

  it('says where the target went and how to take it back', () => {
    const page = text(runOf(), pageOf());
    expect(page).toContain(`✓ main went from ${shaOf(60).slice(0, 10)} to ${shaOf(61).slice(0, 10)}.`);
    expect(page).toContain('autosync undo 20260302-120000-7f3a  takes it back');
  });

  it('says that nothing is new when every sibling is unchanged', () => {
    const report = runOf({
      target: still,
      siblings: ['a', 'b', 'c'].map((name) => siblingOf(name, { unchanged: true })),
    });
    expect(runLines(report, pageOf())).toContain('In step with 3 siblings; nothing is new.');
  });

  it('points at status when nothing is new but something waits', () => {
    const siblings = [siblingOf('acme', { unchanged: true, commits: EVERY_STANDING })];
    const page = text(runOf({ target: still, siblings }), pageOf());
    expect(page).toContain('Nothing is new in 1 sibling since the last run.');
    expect(page).not.toContain('In step');
    expect(page).toContain('autosync status  shows 3 commits that did not land');
    expect(page).not.toContain(REVIEW.sha.slice(0, 10));
  });

  it('offers sync after a scan that found candidates', () => {
    const siblings = [siblingOf('acme', { commits: [commitOf(1), commitOf(2)] })];
    const page = text(runOf({ command: 'scan', target: still, siblings }), pageOf());
    expect(page).toContain('autosync sync  validates 2 candidates and lands what fits');
  });

  it('cuts a long list and says how to see all of it', () => {
    const commits = Array.from({ length: 45 }, (_, index) => commitOf(index));
    const page = text(runOf({ siblings: [siblingOf('acme', { commits })] }), pageOf());
    expect(page).toContain('… and 15 more, candidate; --verbose shows all');
  });

  it('after a dry run says of each commit and of all what a sync would do', () => {
    const commits = [
      commitOf(1, { verdict: 'auto-merge', reason: 'It would merge.' }),
      commitOf(2, { verdict: 'review', reason: 'It would wait.' }),
      commitOf(3, { verdict: null, reason: 'It picks cleanly.' }),
    ];
    const dry = runOf({ dryRun: true, target: still, siblings: [siblingOf('acme', { commits })] });
    const page = text(dry, pageOf());
    expect(page).toContain('    It would merge.\n');
    expect(page).toContain('    It would wait.\n');
    expect(page).not.toContain('It picks cleanly.');
    expect(page).toContain('autosync sync  lands 1 and offers 1 for review');
  });

  it('shows what a dry run decided on, though newer candidates fill the list', () => {
    const commits = Array.from({ length: 45 }, (_, index) =>
      commitOf(index, { verdict: index < 2 ? 'auto-merge' : null }),
    );
    const page = text(runOf({ dryRun: true, siblings: [siblingOf('acme', { commits })] }), pageOf());
    for (const shown of [0, 1, 44]) expect(page).toContain(shaOf(shown).slice(0, 10));
    expect(page.match(/^ {2}\+ /gm)).toHaveLength(30);
    expect(page).toContain('… and 15 more');
  });

  it('names the key that takes every commit when most are not conventional ones, and only then', () => {
    const other = (number: number) =>
      commitOf(number, {
        standing: 'filtered',
        evidence: { kind: 'rule', rule: 'type: not a conventional commit', files: [] },
      });
    const advice = (commits: readonly ReturnType<typeof commitOf>[]): string =>
      text(runOf({ siblings: [siblingOf('acme', { commits })] }), pageOf({ columns: 140 }));
    expect(advice([other(1), other(2), commitOf(3)])).toContain('"filter": { "types": ["*"] }');
    expect(advice([other(1), commitOf(2), commitOf(3)])).not.toContain('"types"');
  });

  it('survives a run without siblings', () => {
    const page = text(runOf({ siblings: [] }), pageOf());
    expect(page).toContain('0 siblings, 0 incoming commits');
    expect(page).toContain('! No sibling is configured. Name one under "siblings"');
  });
});

describe('isQuiet', () => {
  const quiet = runOf({ target: still, siblings: [siblingOf('acme', { unchanged: true, commits: EVERY_STANDING })] });

  it('is true when nothing changed and nothing landed', () => {
    expect(isQuiet(quiet)).toBe(true);
  });

  it.each([
    ['a sibling failed', { ...quiet, siblings: [siblingOf('acme', { unchanged: true, error: 'gone' })] }],
    ['a sibling brought something', { ...quiet, siblings: [siblingOf('acme', { commits: [commitOf(1)] })] }],
    ['something landed', { ...quiet, target: { ...still, landedHead: shaOf(61) } }],
    ['there is no sibling', { ...quiet, siblings: [] }],
    ['a person asked for something', { ...quiet, command: 'apply' as const }],
  ])('is false when %s', (_, report) => {
    expect(isQuiet(report)).toBe(false);
  });
});

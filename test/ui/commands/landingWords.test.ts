import { describe, expect, it } from 'vitest';
import { applyQuestion, syncQuestion, undoableRuns, undoQuestion } from '../../../src/ui/commands/landingWords.js';
import { incomingRow, landing } from './rows.js';

const FORGE = { kind: 'forge', repository: 'house/shop', server: 'https://github.com' } as const;

const POLICY = { autoMerge: true, maxRisk: 5, checks: 4 };

describe('before something lands', () => {
  it('apply says how many commits of whom land where, and how', () => {
    const rows = [incomingRow(), incomingRow({ sha: 'b'.repeat(40), subject: 'another' })];
    const { text, detail } = applyQuestion(rows, 'main', POLICY);
    expect(text).toBe('Apply 2 commits of acme?');
    expect(detail).toContain('picked onto main, validated with 4 checks, and merged into main by fast-forward');
    expect(detail).toContain('aaaaaaaaaa a page of help');
    expect(detail).toContain('bbbbbbbbbb another');
  });

  it('apply says when files stay out by a rule', () => {
    expect(applyQuestion([incomingRow({ dropped: 1 })], 'main', POLICY).detail).toContain(
      '1 file stays out by a rule.',
    );
    expect(applyQuestion([incomingRow({ dropped: 2 })], 'main', POLICY).detail).toContain(
      '2 files stay out by a rule.',
    );
  });

  it('apply lists a few of many', () => {
    const rows = Array.from({ length: 30 }, (_unused, index) => incomingRow({ subject: `number ${index}` }));
    expect(applyQuestion(rows, 'main', POLICY).detail).toMatch(/and 22 more$/);
  });

  it('sync says what the policy merges, and that it merges nothing when it must not', () => {
    expect(syncQuestion(['acme', 'globex'], 'main', POLICY)).toMatchObject({ text: 'Sync main with acme and globex?' });
    expect(syncQuestion(['acme'], 'main', POLICY).detail).toMatch(/merges what is proved safe \(risk at most 5/);
    expect(syncQuestion(['acme'], 'main', { ...POLICY, autoMerge: false }).detail).toMatch(
      /nothing is merged into main/,
    );
  });

  it('undo says of which run how many commits are taken back', () => {
    const [run] = undoableRuns([landing()]);
    if (run === undefined) throw new Error('there is a run');
    const { text, detail } = undoQuestion(run, 'main', new Map([['a'.repeat(40), 'a page of help']]));
    expect(text).toMatch(/^Undo the run of 2 Jan 2026/);
    expect(detail).toContain('One new commit on main takes back 1 commit of acme');
    expect(detail).toContain('a page of help');
  });
});

describe('before something lands on a forge', () => {
  it('apply says that a pull request is opened, and when it is merged', () => {
    const { detail } = applyQuestion([incomingRow()], 'main', POLICY, FORGE);
    expect(detail).toContain('brought to GitHub house/shop by a pull request, which is merged at once when');
    expect(detail).toContain('Your files stay as they are until you pull.');
    expect(detail).not.toContain('fast-forward');
  });

  it('sync says what is merged by pull requests, and what is only offered in them', () => {
    const { detail } = syncQuestion(['acme'], 'main', POLICY, FORGE);
    expect(detail).toContain('opens a pull request on GitHub house/shop with what is proved safe (risk at most 5');
    expect(detail).toContain("merges it into main when the branch's rules agree");
    const careful = syncQuestion(['acme'], 'main', { ...POLICY, autoMerge: false }, FORGE).detail;
    expect(careful).toContain('offers it in pull requests on GitHub house/shop; nothing is merged into main');
    expect(careful).not.toContain('autosync/<sibling>');
  });

  it('undo says that it is a pull request too', () => {
    const [run] = undoableRuns([landing()]);
    if (run === undefined) throw new Error('there is a run');
    expect(undoQuestion(run, 'main', new Map(), FORGE).detail).toContain('by a pull request on GitHub house/shop');
  });
});

describe('runs that can be undone', () => {
  it('are those that landed something in the target, the newest first, each once', () => {
    const runs = undoableRuns([
      landing({ run: 'old', at: '2026-01-01T00:00:00Z' }),
      landing({ run: 'new', at: '2026-01-03T00:00:00Z', how: 'auto-merge' }),
      landing({ run: 'new', at: '2026-01-03T00:00:01Z', how: 'auto-merge', sibling: 'globex' }),
      landing({ run: 'branch', how: 'review' }),
      landing({ run: 'undone', phase: 'undone' }),
    ]);
    expect(runs.map(({ run, siblings }) => [run, siblings])).toEqual([
      ['new', ['acme', 'globex']],
      ['old', ['acme']],
    ]);
  });
});

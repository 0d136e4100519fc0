import { describe, expect, it } from 'vitest';
import type { RunReport, SiblingReport } from '../../../src/core/enhancement.js';
import { expiresSoon } from '../../../src/core/tokenExpiry.js';
import { appliedTold, runLines, runTold, undoneTold } from '../../../src/ui/commands/runWords.js';
import { sampleSibling } from '../tree/samples.js';
import { incomingRow, landing, overview } from './rows.js';

const sibling = (more: Partial<SiblingReport> = {}): SiblingReport => ({
  name: 'acme',
  branch: 'main',
  tip: 'd'.repeat(40),
  error: null,
  notes: [],
  unchanged: false,
  commits: [],
  ...more,
});

const report = (more: Partial<RunReport> = {}): RunReport => ({
  run: 'this-run',
  command: 'sync',
  dryRun: false,
  startedAt: '2026-01-02T03:04:05Z',
  endedAt: '2026-01-02T03:04:07Z',
  target: { branch: 'main', head: 'a'.repeat(40), landedHead: 'b'.repeat(40) },
  siblings: [sibling()],
  notes: [],
  ...more,
});

const FORGE = { kind: 'forge', repository: 'house/shop', server: 'https://github.com' } as const;

describe('what a run came to on a forge', () => {
  it('says where it was merged, and that it is not here yet', () => {
    expect(appliedTold(report(), FORGE).text).toBe(
      'Merged 0 commits of acme into main of GitHub house/shop by a pull request. Pull to have it here.',
    );
    expect(undoneTold(report(), FORGE).text).toContain('back from main of GitHub house/shop, by a pull request.');
  });

  it('says of what landed that it is not here yet', () => {
    const landed = overview({ lands: FORGE, landings: [landing({ run: 'this-run' })] });
    expect(runTold(report(), landed).text).toBe('Synced with acme: 1 landed. Pull to have it here.');
    expect(runTold(report(), overview({ lands: FORGE, rows: [incomingRow()] })).text).not.toContain('Pull');
  });

  it('leaves the end of the token to the notice that is shown once a day', () => {
    const notes = [`${expiresSoon('in 3 days', '2026-01-05T00:00:00Z')} Make a new one.`, 'Another note.'];
    expect(runTold(report({ notes }), overview()).text).toBe('In step with acme. Another note.');
  });
});

describe('a run that was held back', () => {
  it('says so as a warning, and offers to sign in instead of another run', () => {
    const held = 'Signed out: pull requests wait. Sign in to GitHub in the editor, or set GITHUB_TOKEN to a token.';
    const told = runTold(report({ held, notes: [held] }), overview({ rows: [incomingRow({ standing: 'candidate' })] }));
    expect(told).toMatchObject({ kind: 'warning', mending: 'signIn', toValidate: false });
    expect(told.text).toContain('Scanned acme: 1 candidate. Signed out: pull requests wait. Use "AutoSync: Sign In');
  });
});

describe('what a run came to', () => {
  it('counts what this run landed and what stands open', () => {
    const now = overview({
      landings: [landing({ run: 'this-run' }), landing({ run: 'another' })],
      rows: [incomingRow(), incomingRow(), incomingRow({ standing: 'conflict' }), incomingRow({ standing: 'landed' })],
    });
    expect(runTold(report(), now)).toEqual({
      kind: 'information',
      text: 'Synced with acme: 1 landed, 2 for review, 1 conflict.',
      landed: true,
      toValidate: false,
      mending: null,
    });
  });

  it('of a scan says that something fits which is not validated yet', () => {
    const told = runTold(report({ command: 'scan' }), overview({ rows: [incomingRow({ standing: 'candidate' })] }));
    expect(told).toMatchObject({ text: 'Scanned acme: 1 candidate.', toValidate: true });
  });

  it('speaks of the siblings that the run was about only', () => {
    expect(runTold(report(), overview({ rows: [incomingRow({ sibling: 'globex' })] })).text).toBe('In step with acme.');
  });

  it('warns when a sibling failed, in the words of the editor', () => {
    const failed = report({ siblings: [sibling({ error: 'It refused. Run `autosync doctor`.' })] });
    expect(runTold(failed, overview())).toMatchObject({
      kind: 'warning',
      text: 'It refused. Run "AutoSync: Run Doctor".',
    });
    const two = report({ siblings: [sibling({ error: 'no' }), sibling({ name: 'globex', error: 'no' })] });
    expect(runTold(two, overview()).text).toBe('acme and globex failed.');
  });

  it('counts a sibling that failed neither as looked at, nor with what it had before', () => {
    const siblings = [sibling(), sibling({ name: 'globex', error: 'It is gone.' })];
    const now = overview({ rows: [incomingRow(), incomingRow({ sibling: 'globex' })] });
    expect(runTold(report({ command: 'scan', siblings }), now).text).toBe('Scanned acme: 1 for review. It is gone.');
    const gone = report({ command: 'scan', siblings: siblings.slice(1) });
    expect(runTold(gone, now).text).toBe('It is gone.');
  });

  it('says what mends a sibling that failed: a token an address, the configuration a folder', () => {
    const failed = report({ siblings: [sibling({ error: 'no', errorCode: 'sibling-refused' })] });
    const known = (folder: string | null) => overview({ siblings: [sampleSibling('acme', { folder })] });
    expect(runTold(failed, known(null)).mending).toBe('token');
    expect(runTold(failed, known('/family/acme')).mending).toBe('configuration');
    const gone = report({ siblings: [sibling({ error: 'no', errorCode: 'sibling-no-branch' })] });
    expect(runTold(gone, known(null)).mending).toBe('configuration');
    expect(runTold(report(), known(null)).mending).toBeNull();
  });

  it('says what was applied, and what was taken back', () => {
    const one = report({ siblings: [sibling({ commits: [] })] });
    expect(appliedTold(one).text).toBe('Applied 0 commits of acme to main.');
    expect(undoneTold(one).text).toMatch(/^Took 0 commits back from main/);
    const nothing = report({ target: { branch: 'main', head: 'a'.repeat(40), landedHead: 'a'.repeat(40) } });
    expect(undoneTold(nothing).text).toMatch(/nothing of that run any more/);
  });

  it('has a line for each sibling in the log', () => {
    expect(
      runLines(report({ siblings: [sibling({ unchanged: true }), sibling({ name: 'globex', error: 'no' })] })),
    ).toEqual(['sync this-run ended after 2.0 s on main', '  acme: nothing new', '  globex: no']);
  });
});

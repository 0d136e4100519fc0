import { describe, expect, it } from 'vitest';
import type { Check } from '../../../src/core/check.js';
import { backupListLines, configLines, declinedLines } from '../../../src/report/terminal/answers.js';
import { auditLines } from '../../../src/report/terminal/audit.js';
import { doctorLines } from '../../../src/report/terminal/doctor.js';
import { initLines } from '../../../src/report/terminal/init.js';
import { statusLines } from '../../../src/report/terminal/status.js';
import { AUDIT, commitOf, DECISION, DOCTOR, INIT, LANDING, pageOf, STATUS, shaOf } from '../samples.js';

const page = pageOf({ columns: 120 });

describe('statusLines', () => {
  it('tells last and next run, each sibling with what waits, landings to undo, and health', () => {
    const text = statusLines(STATUS, page).join('\n');
    expect(text).toContain(
      'Last run: sync, done, but a sibling failed, 3 hours ago, took 12 s, run 20260302-090000-22bb',
    );
    expect(text).toContain('Next run: in 20 minutes (2026-03-02 12:20 UTC)');
    expect(text).toContain('acme  main, https://github.com/org/app-acme.git, seen 2 hours ago');
    expect(text).toContain('globex  its HEAD, ../app-globex, never seen');
    expect(text).toContain('autosync undo 20260301-080000-11aa  takes back 1 pick from acme by auto-merge, 1 day ago');
    expect(text).toContain('✓ State is sound (generation 41).');
    expect(text.indexOf('? ')).toBeLessThan(text.indexOf('! '));
  });

  it('tells what CI made of what landed, and nothing where that is not followed', () => {
    const text = statusLines(STATUS, page).join('\n');
    expect(text).toContain(
      'CI after it landed\n  run run-60  The deployment failed; pull request #61 takes back what landed.',
    );
    expect(text).toContain('✓ the build, ✗ the deployment');
    expect(statusLines({ ...STATUS, chains: [] }, page).join('\n')).not.toContain('CI after');
  });

  it('names a run that landed from several siblings once', () => {
    const landings = [LANDING, { ...LANDING, id: 'landing-2', sibling: 'globex' }];
    const text = statusLines({ ...STATUS, landings }, page)
      .join(' ')
      .replaceAll(/\s+/g, ' ');
    expect(text).toContain('takes back 1 pick from acme by auto-merge, 1 pick from globex by auto-merge, 1 day ago');
    expect(text.match(/autosync undo/g)).toHaveLength(1);
  });

  it('says what to do when nothing ran yet', () => {
    const text = statusLines({ ...STATUS, lastRun: null, nextRun: null, landings: [], siblings: [] }, page).join('\n');
    expect(text).toContain('Nothing ran yet: `autosync scan` looks');
  });

  it('cuts a long list of what waits and says how to see all of it', () => {
    const waiting = Array.from({ length: 45 }, (_, index) => commitOf(index, { standing: 'conflict' }));
    const siblings = STATUS.siblings.slice(0, 1).map((sibling) => ({ ...sibling, waiting }));
    const rows = (verbose: boolean): number =>
      statusLines({ ...STATUS, siblings }, { ...page, verbose }).filter((line) => /^ {2}! [0-9a-f]{10}/.test(line))
        .length;
    expect(statusLines({ ...STATUS, siblings }, page)).toContain('    … and 15 more, conflict; --verbose shows all');
    expect(rows(false)).toBe(30);
    expect(rows(true)).toBe(45);
  });

  it('says that the next run is due, and that state was rebuilt', () => {
    const health = { source: 'mirror', notes: ['autosync.db was damaged.'], generation: 3 } as const;
    const text = statusLines({ ...STATUS, nextRun: '2026-03-02T11:00:00Z', health }, page).join('\n');
    expect(text).toContain('Next run: due now');
    expect(text).toContain(
      '! State was rebuilt from the mirror.\nnote: autosync.db was damaged.'.replace('\nnote', '\n  note'),
    );
  });
});

describe('auditLines', () => {
  it('counts by account and sibling, and names what does not add up', () => {
    const lines = auditLines(AUDIT, page);
    expect(lines.find((line) => line.startsWith('ancestor'))).toMatch(/^ancestor +120 +0$/);
    expect(lines).toContain(`  ✗ ${shaOf(70).slice(0, 10)} has no account: it is newer than the last scan.`);
    expect(lines.at(-1)).toBe('✗ 132 commits of 2 siblings: 1 problem.');
  });

  it('lists every commit only when asked to be verbose', () => {
    const subject = 'fix: newer than the scan';
    expect(auditLines(AUDIT, page).join('\n')).not.toContain(subject);
    expect(auditLines(AUDIT, pageOf({ verbose: true })).join('\n')).toContain(subject);
  });

  it('says that all is accounted for when it is', () => {
    const siblings = AUDIT.siblings.map((sibling) => ({ ...sibling, problems: [] }));
    expect(auditLines({ siblings }, page).at(-1)).toBe('✓ 132 commits of 2 siblings: every one is accounted for.');
  });

  it('goes on in a further table when the siblings are too many for the width', () => {
    const siblings = Array.from(
      { length: 9 },
      (_, index) => ({ ...AUDIT.siblings[0], name: `s${index}` }) as (typeof AUDIT.siblings)[number],
    );
    const heads = auditLines({ siblings }, pageOf()).filter((line) => line.startsWith('tip'));
    expect(heads).toHaveLength(3);
  });
});

describe('doctorLines', () => {
  it('gives sign, word and mend of each finding, and the checks with command, reader and reason', () => {
    const text = doctorLines(DOCTOR, page).join('\n');
    expect(text).toContain('✓ git: 2.39.5');
    expect(text).toContain('! warning: AUTOSYNC_SOURCE_TOKEN: not set');
    expect(text).toContain('✗ bad: sibling globex: could not be reached\n  mend: Check "path"');
    expect(text).toContain('  test: npm test\n      test, read by vitest, from package.json script "test"');
    expect(text).toContain('install: npm ci --ignore-scripts');
    expect(text).toContain('✗ 1 thing to mend, 1 warning.');
  });

  it('says which packages a workspace has and when each is checked', () => {
    const packages = ['packages/a', 'packages/b'].map((folder) => ({ folder, name: folder, dependsOn: [] }));
    const test: Check = { name: 'test', kind: 'test', run: 'npm test', reads: 'jest', because: 'package.json' };
    const toolchain = {
      checks: [{ ...test, spread: [test, test] }],
      install: null,
      notes: [],
      workspace: { packages, because: 'pnpm-workspace.yaml' },
    };
    const text = doctorLines({ findings: [], toolchain }, page).join('\n');
    expect(text).toContain(
      '  workspace: 2 packages: packages/a, packages/b\n      from pnpm-workspace.yaml; a package is',
    );
    expect(text.replaceAll(/\s+/g, ' ')).toContain('by itself for each of 2 packages where that is enough');
  });

  it('says that all is well when it is', () => {
    const findings = DOCTOR.findings.filter(({ state }) => state === 'good');
    expect(doctorLines({ findings, toolchain: null }, page).at(-1)).toBe('✓ All is well.');
  });
});

describe('initLines', () => {
  it('says what was found and why, where it was written, and the next command', () => {
    const text = initLines(INIT, page).join('\n');
    expect(text).toContain(
      'Found 2 related repositories\n  + app-acme  ../app-acme (branch main)\n    It shares 120 commits.',
    );
    expect(text).toContain('✓ Wrote .autosync/config.json.');
    expect(text).toContain('autosync scan');
  });

  it('writes nothing over a configuration, and says so; without relatives it says how to name them', () => {
    const text = initLines({ ...INIT, written: false, found: [] }, page).join('\n');
    expect(text).toContain('! .autosync/config.json was there already, so nothing was written.');
    expect(text).toContain('name your siblings under "siblings"');
  });
});

describe('short answers', () => {
  it('says of a decline how long it lasts and why', () => {
    expect(declinedLines({ ...DECISION, until: null }, page).join('\n')).toContain(
      'It stays out for good, also when the sibling rebases. Because: not before the release',
    );
  });

  it('sets the origin of a value apart', () => {
    expect(configLines(['a = 1   (default)'], page)).toEqual([`${'a = 1'.padEnd(60)}  (default)`]);
  });

  it('says when a backup was made, also when it is known to the hour only', () => {
    const lines = backupListLines([{ name: '2026-03-02T09.json', at: '2026-03-02T09' }], page);
    expect(lines.join('\n')).toMatch(/^2026-03-02T09\.json +2026-03-02 09:00 UTC, 3 hours ago$/);
  });

  it('says how to make the first backup', () => {
    expect(backupListLines([], page).join('\n')).toContain('`autosync backup` makes one');
  });
});

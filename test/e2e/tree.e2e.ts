import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/core/enhancement.js';
import { ROOT } from '../host/places.js';
import { openEditor } from './editor.js';
import { sampleTarget } from './family.js';
import type { Workbench } from './workbench.js';

/** Nothing happens by itself while a test looks. */
const STILL = { 'autosync.polling.mode': 'off' };

const SETTLED = new Set(['filtered', 'present', 'cancelled', 'landed', 'declined']);

/** What a row says first: the subject, and where the commit stands. */
const WORD: Readonly<Record<string, string>> = { review: 'for review' };

/** The report of `autosync scan --json`, as anybody gets it. */
function scanned(target: string, cache: string): RunReport {
  const bin = join(ROOT, 'node_modules/.bin');
  const printed = execFileSync(
    join(bin, 'node'),
    [join(ROOT, 'dist/cli.cjs'), 'scan', '--json', '--workspace', target],
    {
      encoding: 'utf8',
      env: { ...process.env, PATH: `${bin}:${process.env['PATH']}`, XDG_CACHE_HOME: cache },
    },
  );
  return JSON.parse(printed) as RunReport;
}

/** Subjects by sibling of the commits that a test lets through, in no order. */
const told = (report: RunReport, shown: (standing: string) => boolean): object =>
  Object.fromEntries(
    report.siblings.map(({ name, commits }) => [
      name,
      commits
        .filter(({ standing }) => shown(standing))
        .map(({ subject, standing }) => `${subject} | ${WORD[standing] ?? standing}`)
        .sort(),
    ]),
  );

/** The same of the rows of the view, read from their accessible names. */
function read(names: readonly string[]): object {
  const siblings: Record<string, string[]> = {};
  let current: string[] = [];
  for (const name of names) {
    const sibling = /^Sibling (\S+),/.exec(name)?.[1];
    const commit = /^(.*?)(?:, breaking change)?, ([a-z ]+), risk (?:\d+|not known),/.exec(name);
    if (sibling !== undefined) siblings[sibling] = current = [];
    if (commit !== null) current.push(`${commit[1]} | ${commit[2]}`);
  }
  return Object.fromEntries(Object.entries(siblings).map(([name, rows]) => [name, rows.sort()]));
}

describe('the incoming view of the sample family', () => {
  let workbench: Workbench;
  let report: RunReport;

  const rowCount = (): Promise<number> => workbench.sideBar.rows().then((rows) => rows.length);
  const message = () => workbench.page.locator('.sidebar .tree-explorer-viewlet-tree-view .message');

  beforeAll(async () => {
    const target = sampleTarget();
    const cache = join(dirname(dirname(target)), 'cache');
    report = scanned(target, cache);
    workbench = await openEditor(target, { settings: STILL, environment: { XDG_CACHE_HOME: cache } });
    await workbench.resize(1280, 1100);
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.row(/^Sibling acme/).waitFor();
  });

  it('lists what `scan --json` prints, without what is settled', async () => {
    const open = told(report, (standing) => !SETTLED.has(standing));
    await expect.poll(async () => read(await workbench.sideBar.rows())).toEqual(open);
    await workbench.screenshot('tree-dark');
  });

  it('lists all of it when what is settled is shown', async () => {
    await workbench.palette.run('AutoSync: Show What Is Settled');
    await expect.poll(async () => read(await workbench.sideBar.rows())).toEqual(told(report, () => true));
    await workbench.palette.run('AutoSync: Hide What Is Settled');
    await expect.poll(async () => read(await workbench.sideBar.rows())).not.toHaveProperty('acme.8');
  });

  it('tells why a commit stands where it stands when it is pointed at', async () => {
    const text = await workbench.hoverText(workbench.sideBar.row(/a short receipt for the till, rejected/));
    expect(text).toMatch(/Rejected: type-check breaks: TS2345/);
    expect(text).toMatch(/Risk 4: files changed 1, new type errors 1 × 3/);
    await workbench.screenshot('tree-tooltip');
  });

  it('follows the filter while a person types, and Escape takes it back', async () => {
    const before = await rowCount();
    await workbench.palette.run('AutoSync: Filter Incoming...');
    await workbench.palette.input.pressSequentially('invoice conflict');
    await expect.poll(rowCount).toBe(3);
    await expect.poll(() => message().innerText()).toMatch(/^Showing 2 of \d+ commits: "invoice conflict"$/);
    await workbench.screenshot('tree-filter');
    await workbench.page.keyboard.press('Escape');
    await expect.poll(rowCount).toBe(before);
  });

  it('says so when a filter hides everything, and one click shows all again', async () => {
    const before = await rowCount();
    await workbench.palette.run('AutoSync: Filter Incoming...');
    await workbench.palette.answer('no such thing');
    await workbench.sideBar.welcome.getByText('No incoming commit matches the filter.').waitFor();
    await workbench.screenshot('tree-filtered-empty');
    await workbench.sideBar.welcome.getByRole('button', { name: 'Clear Filter' }).click();
    await expect.poll(rowCount).toBe(before);
  });

  it('is grouped by verdict, and remembers it after a reload', async () => {
    await workbench.palette.run('AutoSync: Group By...');
    await workbench.palette.pick(/^Verdict/);
    await workbench.sideBar.row(/^Conflicts, 2 commits/).waitFor();
    await workbench.palette.run('Developer: Reload Window');
    await workbench.page.locator('.monaco-workbench').waitFor({ state: 'detached' });
    // The view that was open is opened again by itself.
    await workbench.sideBar.row(/^Conflicts, 2 commits/).waitFor();
    for (const theme of ['Light Modern', 'Dark High Contrast', 'Light High Contrast'] as const) {
      await workbench.useTheme(theme);
      await workbench.screenshot(`tree-${theme.toLowerCase().replaceAll(' ', '-')}`);
    }
    await workbench.useTheme('Dark Modern');
    await workbench.palette.run('AutoSync: Group By...');
    await workbench.palette.pick(/^Sibling/);
    await workbench.sideBar.row(/^Sibling acme/).waitFor();
  });

  it('is gone through by keys alone, down to the diff of a file', async () => {
    const { keyboard } = workbench.page;
    const focused = (): Promise<string | null> =>
      workbench.page.locator('.sidebar .monaco-list-row.focused').getAttribute('aria-label');
    await workbench.palette.run('AutoSync: Focus on Incoming View');
    // The keys reach the view once it has the focus.
    const first = async (): Promise<string | null> => {
      await keyboard.press('Home');
      return focused();
    };
    await expect.poll(first).toMatch(/^Sibling acme/);
    const second = async (): Promise<string | null> => {
      if (/^Sibling acme/.test((await focused()) ?? '')) await keyboard.press('ArrowDown');
      return focused();
    };
    await expect.poll(second, { interval: 500 }).toMatch(/let the country decide/);
    await keyboard.press('ArrowRight');
    await workbench.sideBar.row(/^src\/shipping\.ts, kept/).waitFor();
    await keyboard.press('ArrowDown');
    await expect.poll(focused).toMatch(/^src\/shipping\.ts, kept/);
    await workbench.screenshot('tree-files');
    await keyboard.press('Enter');
    await workbench.tab(/shipping\.ts/).waitFor();
    await workbench.screenshot('tree-file-diff');
  });

  it('throws nothing', () => {
    expect(workbench.extensionErrors()).toEqual([]);
  });
});

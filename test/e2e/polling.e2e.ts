import { statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { git } from '../support/plainGit.js';
import { newFamily, type OpenableFamily } from './family.js';
import type { Workbench } from './workbench.js';

/** Milliseconds in which a window that shows what is incoming would have looked again if it meant to. */
const LONG_ENOUGH = 4_000;

const QUIET = { 'autosync.notifications': false };

const checkedAt = (family: OpenableFamily): number => statSync(join(family.target, '.autosync/checked')).mtimeMs;

const runsOf = async (family: OpenableFamily): Promise<number> => (await family.engine().kpis()).runs.total;

/** Improves a sibling by a file of its own. */
const improve = (family: OpenableFamily, sibling: string, name: string): string =>
  family.improve(sibling, `feat: ${name}`, { [`src/${name}.txt`]: `${name}\n` });

const follows = async (workbench: Workbench): Promise<boolean> =>
  (await workbench.hoverText(workbench.statusItem)).includes('Another window looks by itself');

/** Opens a family with its view shown: so nothing waits for the window to settle first. */
async function shown(family: OpenableFamily, settings: Readonly<Record<string, unknown>>): Promise<Workbench> {
  const workbench = await family.open({ settings });
  await workbench.sideBar.open('AutoSync');
  return workbench;
}

/** The window that is left when the one that polled was closed. It takes its time to notice; others do not wait for it. */
const left: { workbench: Workbench | null } = { workbench: null };

describe('with two windows on one folder', () => {
  let family: OpenableFamily;
  let first: Workbench;
  let second: Workbench;

  beforeAll(async () => {
    family = newFamily(['acme', 'globex']);
    improve(family, 'acme', 'one');
    first = await shown(family, QUIET);
    await first.untilStatus('1 incoming');
  });

  it('neither a reload nor a second window looks at what was just looked at', async () => {
    const before = checkedAt(family);
    await first.reload();
    second = await first.openBeside(family.target);
    for (const one of [first, second]) await one.untilStatus('1 incoming');
    await second.page.waitForTimeout(LONG_ENOUGH);
    expect(checkedAt(family)).toBe(before);
    expect(await runsOf(family)).toBe(1);
  });

  it('a sibling that moves is looked at once, soon, and both windows show what came', async () => {
    improve(family, 'globex', 'two');
    for (const one of [first, second]) await one.untilStatus('2 incoming');
    await second.page.waitForTimeout(2_000);
    expect(await runsOf(family)).toBe(2);
  });

  it('the second one says that it follows', async () => {
    expect([await follows(first), await follows(second)].filter(Boolean)).toHaveLength(1);
    await second.screenshot('status-follows');
  });

  it('a person who starts a run while another works is told so, and nothing runs twice', async () => {
    family.configure({ validate: { checks: [{ name: 'slow', run: 'sleep 5', reads: 'exit-code' }] } });
    const run = family.sync();
    await second.untilStatus('another run works');
    await second.screenshot('status-elsewhere');
    await second.palette.run('AutoSync: Scan');
    await second.notifications.toast('Another AutoSync works on this repository').waitFor();
    await second.screenshot('status-locked');
    await run;
    for (const one of [first, second]) await one.untilStatus('in step');
  });

  it('one that is closed leaves a sibling that moves to the other, and nothing of ours fails', async () => {
    const [gone, other] = (await follows(first)) ? [second, first] : [first, second];
    await gone.page.close({ runBeforeUnload: true });
    await other.page.waitForTimeout(1_500);
    improve(family, 'acme', 'three');
    expect(other.extensionErrors()).toEqual([]);
    left.workbench = other;
  });
});

describe('what happens by itself', () => {
  it('is a look when a sibling moves that is a linked worktree or a bare repository, and whenever the schedule says so', async () => {
    const family = newFamily();
    git(family.sibling('acme'), ['worktree', 'add', '-q', '-b', 'linked', '../linked']);
    git(family.folder, ['clone', '-q', '--bare', '--', family.target, 'bare.git']);
    const siblings = [
      { name: 'linked', path: '../linked' },
      { name: 'bare', path: '../bare.git' },
    ];
    family.configure({ siblings });
    const workbench = await shown(family, QUIET);
    await workbench.untilStatus('in step');
    await workbench.page.waitForTimeout(1_000);
    family.commit(join(family.folder, 'linked'), 'feat: of the worktree', { 'src/linked.txt': 'linked\n' });
    await workbench.untilStatus('1 incoming');
    improve(family, 'acme', 'bare');
    git(family.sibling('acme'), ['push', '-q', '../bare.git', 'HEAD:main']);
    await workbench.untilStatus('2 incoming');

    family.configure({ siblings, schedule: { every: '1s' } });
    const looks = new Set<number>();
    await expect.poll(() => looks.add(checkedAt(family)).size, { timeout: 30_000, interval: 200 }).toBeGreaterThan(3);
  });

  it('is to tell of a conflict once, in words of our own, and to ask once whether what fits may land', async () => {
    const family = newFamily();
    await family.scan();
    const workbench = await shown(family, {});
    await workbench.untilStatus('in step');
    await workbench.page.waitForTimeout(1_000);
    const evil = '[x](command:workbench.action.terminal.sendSequence) $(error)';
    family.commit(family.target, 'fix: ours', { 'src/other.txt': 'ours\n' });
    family.improve('acme', `fix: ${evil}`, { 'src/other.txt': 'theirs\n' });
    const toast = workbench.notifications.toast('AutoSync found 1 conflict to resolve.');
    await toast.waitFor();
    expect(await toast.innerText()).not.toContain('terminal');
    await workbench.screenshot('news');
    await workbench.notifications.answer('AutoSync found 1 conflict to resolve.', 'Show');
    await workbench.sideBar.row(/sendSequence/).waitFor();

    improve(family, 'acme', 'two');
    const question = '1 improvement fits. Let AutoSync check it every hour and land what is proved safe?';
    await workbench.notifications.toast(question).waitFor();
    expect(await toast.isVisible()).toBe(false);
    await workbench.screenshot('consent');
    expect((await family.engine().overview()).landings).toHaveLength(0);
    await workbench.notifications.answer(question, 'Let It Run');
    await expect.poll(async () => (await family.engine().overview()).landings.length, { timeout: 30_000 }).toBe(1);
    await workbench.untilStatus('1 incoming');
    expect(await toast.isVisible()).toBe(false);
    expect(workbench.extensionErrors()).toEqual([]);
  });
});

describe('the window that is left', () => {
  it('takes over within a minute, and looks at what nobody noticed', async () => {
    if (left.workbench === null) throw new Error('No window was left.');
    await left.workbench.statusItem.filter({ hasText: '1 incoming' }).waitFor({ timeout: 75_000 });
    expect(await follows(left.workbench)).toBe(false);
    expect(left.workbench.extensionErrors()).toEqual([]);
  });
});

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { git } from '../support/plainGit.js';
import { newFamily, type OpenableFamily } from './family.js';
import type { Workbench } from './workbench.js';

/** Milliseconds in which a window has settled, read its state, and would have looked if it meant to. */
const LONG_ENOUGH = 6_000;

const QUIET = { 'autosync.notifications': false };

const checkedAt = (family: OpenableFamily): number => statSync(join(family.target, '.autosync/checked')).mtimeMs;

const runsOf = async (family: OpenableFamily): Promise<number> => (await family.engine().kpis()).runs.total;

/** Improves a sibling by a file of its own. */
const improve = (family: OpenableFamily, sibling: string, name: string): string =>
  family.improve(sibling, `feat: ${name}`, { [`src/${name}.txt`]: `${name}\n` });

describe('with two windows on one folder', () => {
  let family: OpenableFamily;
  let first: Workbench;
  let second: Workbench;

  beforeAll(async () => {
    family = newFamily(['acme', 'globex']);
    improve(family, 'acme', 'one');
    first = await family.open({ settings: QUIET });
    await first.untilStatus('1 incoming');
    second = await first.openBeside(family.target);
    await second.untilStatus('1 incoming');
    await second.page.waitForTimeout(LONG_ENOUGH);
  });

  it('the second one does not look at what was just looked at', async () => {
    expect(await runsOf(family)).toBe(1);
  });

  it('a sibling that moves is looked at once, soon, and both windows show what came', async () => {
    improve(family, 'globex', 'two');
    await first.untilStatus('2 incoming');
    await second.untilStatus('2 incoming');
    await second.page.waitForTimeout(2_000);
    expect(await runsOf(family)).toBe(2);
  });

  it('the second one says that it follows', async () => {
    const texts = await Promise.all([first, second].map((one) => one.hoverText(one.statusItem)));
    expect(texts.filter((text) => text.includes('Another window looks by itself'))).toHaveLength(1);
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
    await second.untilStatus('in step');
    await first.untilStatus('in step');
  });

  it('the one that is left takes over within a minute, and looks at what nobody noticed', async () => {
    const texts = await Promise.all([first, second].map((one) => one.hoverText(one.statusItem)));
    const [gone, left] = texts[0]?.includes('Another window') ? [second, first] : [first, second];
    await gone.page.close({ runBeforeUnload: true });
    await left.page.waitForTimeout(1_500);
    improve(family, 'acme', 'three');
    await left.statusItem.filter({ hasText: '1 incoming' }).waitFor({ timeout: 75_000 });
    expect(await left.hoverText(left.statusItem)).not.toContain('Another window');
  });

  it('nothing of ours failed', () => {
    expect(first.extensionErrors()).toEqual([]);
  });
});

describe('what happens by itself', () => {
  it('does not happen again after a reload that follows a look', async () => {
    const family = newFamily();
    improve(family, 'acme', 'one');
    const workbench = await family.open({ settings: QUIET });
    await workbench.untilStatus('1 incoming');
    const before = checkedAt(family);
    await workbench.reload();
    await workbench.untilStatus('1 incoming');
    await workbench.page.waitForTimeout(LONG_ENOUGH);
    expect(checkedAt(family)).toBe(before);
  });

  it('is a look every time the schedule says so', async () => {
    const family = newFamily();
    family.configure({ schedule: { every: '3s' } });
    const workbench = await family.open({ settings: QUIET });
    await workbench.untilStatus('in step');
    const looks = new Set<number>();
    for (const end = Date.now() + 12_000; Date.now() < end && looks.size < 3; await workbench.page.waitForTimeout(200))
      looks.add(checkedAt(family));
    expect(looks.size).toBe(3);
  });

  it('is a look when a sibling moves that is a linked worktree or a bare repository', async () => {
    const family = newFamily();
    git(family.sibling('acme'), ['worktree', 'add', '-q', '-b', 'linked', '../linked']);
    git(family.folder, ['clone', '-q', '--bare', '--', family.target, 'bare.git']);
    const siblings = [
      { name: 'linked', path: '../linked' },
      { name: 'bare', path: '../bare.git' },
    ];
    family.configure({ siblings });
    const workbench = await family.open({ settings: QUIET });
    await workbench.untilStatus('in step');
    await workbench.page.waitForTimeout(1_000);
    family.commit(join(family.folder, 'linked'), 'feat: of the worktree', { 'src/linked.txt': 'linked\n' });
    await workbench.untilStatus('1 incoming');
    improve(family, 'acme', 'bare');
    git(family.sibling('acme'), ['push', '-q', '../bare.git', 'HEAD:main']);
    await workbench.untilStatus('2 incoming');
  });

  it('is nothing when the setting says so', async () => {
    const family = newFamily();
    improve(family, 'acme', 'one');
    const workbench = await family.open({ settings: { ...QUIET, 'autosync.polling.mode': 'off' } });
    await workbench.untilStatus('not looked yet');
    await workbench.page.waitForTimeout(LONG_ENOUGH);
    await workbench.untilStatus('not looked yet');
  });

  it('lands only after a person said so, who is asked once', async () => {
    const family = newFamily();
    improve(family, 'acme', 'one');
    const workbench = await family.open();
    const question = '1 improvement fits. Let AutoSync check it every hour and land what is proved safe?';
    await workbench.notifications.toast(question).waitFor();
    await workbench.screenshot('consent');
    await workbench.notifications.answer(question, 'Let It Run');
    await workbench.untilStatus('in step');
    expect((await family.engine().overview()).landings).toHaveLength(1);
  });

  it('tells of a conflict once, in words and numbers of its own', async () => {
    const family = newFamily();
    await family.scan();
    const workbench = await family.open();
    await workbench.untilStatus('in step');
    await workbench.page.waitForTimeout(LONG_ENOUGH);
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
    await workbench.untilStatus('2 incoming');
    await workbench.page.waitForTimeout(1_000);
    expect(await toast.isVisible()).toBe(false);
    expect(workbench.extensionErrors()).toEqual([]);
  });
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { subjectsOf } from '../support/family.js';
import { git } from '../support/plainGit.js';
import { processesWith } from '../support/processes.js';
import { newFamily, type OpenableFamily } from './family.js';
import type { Workbench } from './workbench.js';

/** Nothing starts by itself. */
const QUIET = { settings: { 'autosync.polling.mode': 'off' } };

const standingOf = async (family: OpenableFamily, subject: string): Promise<string | undefined> =>
  (await family.engine().overview()).rows.find((row) => row.subject === subject)?.standing;

describe('the commands', () => {
  let family: OpenableFamily;
  let workbench: Workbench;
  let before: string;

  beforeAll(async () => {
    family = newFamily(['acme']);
    family.improve('acme', 'feat: a page of help', { 'src/help.txt': 'help\n' });
    family.improve('acme', 'feat: [x](command:workbench.action.quit) $(trash)', { 'src/other-help.txt': 'help\n' });
    family.improve('acme', 'fix: nobody wants this', { 'src/unwanted.txt': 'unwanted\n' });
    await family.scan();
    before = git(family.target, ['rev-parse', 'HEAD^{tree}']);
    workbench = await family.open(QUIET);
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.row(/acme/).waitFor();
  });

  it('apply says what it will do, and lands exactly that commit', async () => {
    await workbench.palette.run('AutoSync: Apply...');
    await workbench.palette.pick(/a page of help/);
    await workbench.notifications.dialog.waitFor();
    const asked = await workbench.notifications.dialog.innerText();
    expect(asked).toContain('Apply 1 commit of acme?');
    expect(asked).toMatch(/picked onto main, validated with 1 check, and merged into main by fast-forward/);
    await workbench.screenshot('apply-question');
    await workbench.notifications.confirm('Apply');
    await workbench.notifications.toast('Applied 1 commit of acme to main.').waitFor();
    expect(subjectsOf(family.target, 'HEAD~1..HEAD')).toEqual(['feat: a page of help']);
    expect(git(family.target, ['status', '--porcelain'])).toBe('');
  });

  it('undo says which run it takes back, and restores the tree', async () => {
    await workbench.notifications.answer('Applied 1 commit of acme to main.', 'Undo...');
    await workbench.notifications.dialog.waitFor();
    expect(await workbench.notifications.dialog.innerText()).toMatch(/takes back 1 commit of acme/);
    await workbench.notifications.confirm('Undo');
    await workbench.notifications.toast('Took 1 commit back from main').waitFor();
    expect(git(family.target, ['rev-parse', 'HEAD^{tree}'])).toBe(before);
    expect(git(family.target, ['write-tree'])).toBe(before);
  });

  it('decline asks why and until when, and what was declined does not return after a reload', async () => {
    await workbench.palette.run('AutoSync: Decline...');
    await workbench.palette.pick(/nobody wants this/);
    await workbench.palette.answer(' ');
    await expect.poll(() => workbench.palette.message.innerText()).toMatch(/Say why/);
    await workbench.palette.answer('we do it another way');
    await workbench.palette.pick(/For good/);
    await workbench.notifications.toast('Declined 1 commit for good.').waitFor();
    await workbench.reload();
    await workbench.sideBar.row(/acme/).waitFor();
    await workbench.sideBar.row(/acme/).waitFor();
    await workbench.palette.run('AutoSync: Scan');
    await workbench.notifications.toast('Scanned acme: 1 candidate.').waitFor();
    expect(await standingOf(family, 'fix: nobody wants this')).toBe('declined');
    await workbench.palette.run('AutoSync: Decline...');
    await workbench.palette.choice(/./).waitFor();
    expect((await workbench.palette.choices()).join('\n')).not.toContain('nobody wants this');
  });

  it('the words of a commit are neither link nor icon where a person picks one', async () => {
    const choice = workbench.palette.choice(/command:workbench/);
    expect(await choice.innerText()).toContain('[x] (command:workbench.action.quit) $ (trash)');
    expect(await choice.locator('a[href], a[data-href]').count()).toBe(0);
    expect(await choice.locator('.codicon-trash').count()).toBe(0);
    await workbench.page.keyboard.press('Escape');
  });

  it('explain opens a read-only text with everything that is known', async () => {
    await workbench.palette.run('AutoSync: Explain...');
    await workbench.palette.pick(/nobody wants this/);
    await workbench.tab(/^Explain [0-9a-f]{7}/).waitFor();
    const editor = workbench.page.locator('.editor-instance');
    await expect.poll(() => editor.innerText()).toContain('WHAT');
    const text = (await editor.innerText()).replaceAll('\u00a0', ' ');
    expect(text).toContain('we do it another way');
    expect(text).not.toContain('autosync apply');
    await workbench.screenshot('explain');
  });
});

describe('a run', () => {
  let family: OpenableFamily;
  let workbench: Workbench;

  beforeAll(async () => {
    family = newFamily(['acme']);
    family.improve('acme', 'feat: a page of help', { 'src/help.txt': 'help\n' });
    family.configure({ validate: { checks: [{ name: 'slow', run: `echo run >> '${family.notes}/runs'; sleep 60` }] } });
    await family.scan();
    workbench = await family.open(QUIET);
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.row(/acme/).waitFor();
  });

  it('says once what the policy lands, and can be cancelled while a check runs', async () => {
    const head = git(family.target, ['rev-parse', 'HEAD']);
    await workbench.palette.run('AutoSync: Sync Now');
    await workbench.notifications.dialog.waitFor();
    expect(await workbench.notifications.dialog.innerText()).toMatch(/merges what is proved safe .* into main/);
    await workbench.screenshot('sync-question');
    await workbench.notifications.confirm('Sync');
    await workbench.notifications.toast(/Validating/).waitFor();
    await workbench.screenshot('sync-progress');
    await workbench.notifications.answer('AutoSync syncs', 'Cancel');
    await workbench.page.getByText('AutoSync: cancelled').waitFor();
    await workbench.sideBar.row(/acme/).waitFor();
    await workbench.screenshot('sync-cancelled');
    expect(git(family.target, ['rev-parse', 'HEAD'])).toBe(head);
    expect((await family.engine().overview()).lastRun?.outcome).toBe('cancelled');
    expect(await workbench.palette.offers('AutoSync: Cancel Run')).not.toContainEqual(
      expect.stringMatching(/^AutoSync: Cancel Run/),
    );
    await workbench.palette.run('AutoSync: Sync Now');
    await workbench.notifications.toast(/Validating/).waitFor();
    await workbench.palette.run('AutoSync: Cancel Run');
    await workbench.notifications.toast('AutoSync syncs').waitFor({ state: 'hidden' });
  });

  it('ends with its check when its window is closed, and the next window works', async () => {
    const began = join(family.notes, 'began');
    family.configure({ validate: { checks: [{ name: 'slow', run: `touch '${began}'; sleep 300` }] } });
    await workbench.untilStatus('1 incoming');
    await workbench.palette.run('AutoSync: Sync Now');
    await expect.poll(() => existsSync(began), { timeout: 20_000 }).toBe(true);
    expect(processesWith(began)).not.toEqual([]);

    await workbench.reload();
    await expect.poll(() => processesWith(began), { timeout: 20_000 }).toEqual([]);
    await workbench.untilStatus('1 incoming');
    expect((await family.engine().overview()).lastRun?.outcome).toBe('cancelled');
  });
});

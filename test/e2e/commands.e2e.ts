import { beforeAll, describe, expect, it } from 'vitest';
import { subjectsOf } from '../support/family.js';
import { git } from '../support/plainGit.js';
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
  it('says once what the policy lands, and can be cancelled while a check runs', async () => {
    const family = newFamily(['acme']);
    family.improve('acme', 'feat: a page of help', { 'src/help.txt': 'help\n' });
    family.configure({ validate: { checks: [{ name: 'slow', run: `echo run >> '${family.notes}/runs'; sleep 60` }] } });
    const head = git(family.target, ['rev-parse', 'HEAD']);
    const workbench = await family.open(QUIET);
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.row(/acme/).waitFor();
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
});

describe('in Restricted Mode', () => {
  it('no check runs, no sibling is asked, and the palette offers nothing that would', async () => {
    const family = newFamily(['acme']);
    family.improve('acme', 'feat: a page of help', { 'src/help.txt': 'help\n' });
    await family.scan();
    const workbench = await family.open({ asksForTrust: true, settings: { 'autosync.polling.mode': 'sync' } });
    await workbench.sideBar.open('AutoSync');
    await workbench.statusText();
    const offered = await workbench.palette.offers('AutoSync: ');
    expect(offered.filter((title) => /Sync Now|AutoSync: Scan|Apply|Decline|Find Siblings|Doctor/.test(title))).toEqual(
      [],
    );
    await workbench.palette.run('AutoSync: Show First Steps');
    const steps = workbench.page.locator('.gettingStartedContainer');
    await steps.getByText('Let it run', { exact: true }).click();
    await steps.getByRole('button', { name: 'Sync Now' }).click();
    await workbench.notifications.toast(/Restricted Mode, so AutoSync asks no sibling/).waitFor();
    expect(family.checksRun()).toBe(0);
    expect(await standingOf(family, 'feat: a page of help')).toBe('candidate');
  });
});

import { describe, expect, it } from 'vitest';
import { appWith, subjectsOf } from '../support/family.js';
import { fingerprint } from '../support/fingerprint.js';
import { git, gitBytes } from '../support/plainGit.js';
import { actOnEditor, mergeText, mergeView } from './documents.js';
import { newFamily, type OpenableFamily } from './family.js';
import type { Workbench } from './workbench.js';

/** A family in which a commit conflicts in two files with lines, and in one that the target deleted. */
function conflictFamily(): OpenableFamily {
  const family = newFamily();
  family.commit(family.target, 'fix: our lines', {
    'src/app.txt': appWith({ 3: 'ours' }),
    'src/other.txt': 'other of ours\n',
    'README.md': null,
  });
  family.improve('acme', 'fix: their lines', {
    'src/app.txt': appWith({ 3: 'theirs' }),
    'src/other.txt': 'other of theirs\n',
    'README.md': 'A better template.\n',
  });
  return family;
}

const inMain = (family: OpenableFamily, path: string): string => git(family.target, ['show', `main:${path}`]);

/** Opens the conflicts of a commit. */
async function resolve(workbench: Workbench, commit: RegExp): Promise<void> {
  await workbench.palette.run('AutoSync: Resolve Conflict...');
  await workbench.palette.pick(commit);
}

async function openedEditor(family: OpenableFamily): Promise<Workbench> {
  await family.scan();
  const workbench = await family.open();
  await workbench.sideBar.open('AutoSync');
  await workbench.untilStatus(/incoming/);
  return workbench;
}

describe('a conflict', () => {
  it('is resolved file by file, goes on where a person left it, and lands the resolved text', async () => {
    const family = conflictFamily();
    const workbench = await openedEditor(family);
    const before = fingerprint(family.target);
    await resolve(workbench, /their lines/);
    await workbench.palette.pick(/^Take Theirs/);
    await workbench.tab('Merging: app.txt').waitFor();
    expect(await mergeText(workbench, 'yours')).toContain('line 2\nours\nline 4');
    expect(await mergeText(workbench, 'incoming')).toContain('line 2\ntheirs\nline 4');
    expect(await mergeView(workbench, 'incoming').innerText()).toMatch(/acme [0-9a-f]{10}/);
    await workbench.screenshot('resolve');

    await mergeView(workbench, 'incoming').getByText('Accept Incoming').click();
    await expect.poll(() => mergeText(workbench, 'result')).toContain('line 2\ntheirs\nline 4');
    await mergeView(workbench, 'result').locator('.view-line', { hasText: 'theirs' }).click();
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.type(' and mine');
    await actOnEditor(workbench, 'Complete Merge');
    await workbench.notifications.toast('2 of 3 files resolved').waitFor();

    await workbench.reload();
    await workbench.untilStatus(/incoming/);
    await resolve(workbench, /their lines/);
    await workbench.tab('Merging: other.txt').waitFor();
    await mergeView(workbench, 'yours').getByText('Accept Yours').click();
    await mergeView(workbench, 'result').locator('.view-line').first().click();
    await workbench.page.keyboard.press('Control+Enter');
    const done = 'The conflict of "fix: their lines" is resolved.';
    await workbench.notifications.toast(done).waitFor();
    expect(fingerprint(family.target)).toEqual(before);

    await workbench.notifications.answer(done, 'Apply...');
    await workbench.notifications.confirm('Apply');
    await workbench.notifications.toast('Applied 1 commit of acme to main.').waitFor();
    expect(subjectsOf(family.target, 'HEAD~1..HEAD')).toEqual(['fix: their lines']);
    expect(`${inMain(family, 'src/app.txt')}\n`).toBe(appWith({ 3: 'theirs and mine' }));
    expect(inMain(family, 'src/other.txt')).toBe('other of ours');
    expect(inMain(family, 'README.md')).toBe('A better template.');
    expect(workbench.extensionErrors()).toEqual([]);
  });

  it('in a file without text is resolved by the version of a side, byte for byte', async () => {
    const family = newFamily();
    family.commit(family.target, 'fix: our picture', { 'picture.bin': 'a\0ours', 'logo.bin': 'a\0our logo' });
    family.improve('acme', 'fix: their picture', { 'picture.bin': 'a\0theirs\r\n', 'logo.bin': 'a\0their logo' });
    const workbench = await openedEditor(family);
    await resolve(workbench, /their picture/);
    await workbench.palette.choice(/^Keep Yours.*The file stays as main has it \(10 bytes\)\./).waitFor();
    await workbench.screenshot('resolve-binary');
    await workbench.palette.pick(/^Keep Yours/);
    await workbench.palette.choice(/^Take Theirs.*The file becomes what acme has \(10 bytes\)\./).waitFor();
    await workbench.palette.pick(/^Take Theirs/);
    const done = 'The conflict of "fix: their picture" is resolved.';
    await workbench.notifications.answer(done, 'Apply...');
    await workbench.notifications.confirm('Apply');
    await workbench.notifications.toast('Applied 1 commit of acme to main.').waitFor();
    const bytes = (path: string): string => gitBytes(family.target, ['show', `main:${path}`]).toString('latin1');
    expect([bytes('logo.bin'), bytes('picture.bin')]).toEqual(['a\0our logo', 'a\0theirs\r\n']);
    expect(workbench.extensionErrors()).toEqual([]);
  });

  it('may be left without completing it, and starts again when the target changed meanwhile', async () => {
    const family = newFamily();
    family.commit(family.target, 'fix: ours', { 'src/other.txt': 'ours\n' });
    family.improve('acme', 'fix: theirs [x](command:workbench.action.quit) $(trash)', { 'src/other.txt': 'theirs\n' });
    const workbench = await openedEditor(family);
    // This is the active editor when that of the merge is gone.
    await workbench.sideBar.open('Explorer');
    await workbench.sideBar.row(/README\.md/).dblclick();
    await workbench.tab(/README\.md/).waitFor();
    await resolve(workbench, /theirs/);
    await mergeView(workbench, 'incoming').getByText('Accept Incoming').click();
    await mergeView(workbench, 'result').locator('.view-line', { hasText: 'theirs' }).click();
    const unsaved = async (): Promise<number> => {
      await workbench.page.keyboard.press('Control+s');
      return workbench.page.locator('.tabs-container .tab.dirty').count();
    };
    await expect.poll(unsaved, { interval: 500 }).toBe(0);
    await workbench.palette.run('View: Close Editor');
    await workbench.notifications.toast('No conflict marker is left in other.txt').waitFor();

    family.commit(family.target, 'fix: ours again', { 'src/other.txt': 'ours again\n' });
    await workbench.notifications.answer('No conflict marker is left', 'It Is Resolved');
    await workbench.notifications.answer('so it starts again', 'Start Again');
    await expect.poll(() => mergeText(workbench, 'yours')).toContain('ours again');
    await mergeView(workbench, 'incoming').getByText('Accept Incoming').click();
    await actOnEditor(workbench, 'Complete Merge');
    const toast = workbench.notifications.toast(/The conflict of "fix: theirs .*" is resolved\./);
    await toast.waitFor();
    expect(await toast.innerText()).toContain('theirs [x] (command:workbench.action.quit) $ (trash)');
    expect(await toast.locator('.notification-list-item-message a, .codicon-trash').count()).toBe(0);
    expect(workbench.extensionErrors()).toEqual([]);
  });
});

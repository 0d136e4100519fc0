import { beforeAll, describe, expect, it } from 'vitest';
import { subjectsOf } from '../support/family.js';
import { newFamily, type OpenableFamily } from './family.js';
import type { Workbench } from './workbench.js';

describe('rows of the incoming view', () => {
  let family: OpenableFamily;
  let workbench: Workbench;

  beforeAll(async () => {
    family = newFamily(['acme', 'globex']);
    for (const name of ['one', 'two', 'three'])
      family.improve('acme', `feat: page ${name}`, { [`src/${name}.txt`]: `${name}\n` });
    await family.scan();
    workbench = await family.open({ settings: { 'autosync.polling.mode': 'off' } });
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.row(/page one/).waitFor();
  });

  it('that are selected are applied together, in the order of the sibling', async () => {
    await workbench.sideBar.row(/page two/).click();
    await workbench.sideBar.row(/page one/).click({ modifiers: ['ControlOrMeta'] });
    await workbench.sideBar.choose(/page one/, 'Apply...');
    await workbench.notifications.dialog.waitFor();
    const asked = await workbench.notifications.dialog.innerText();
    expect(asked).toContain('Apply 2 commits of acme?');
    expect(asked).toMatch(/page one/);
    expect(asked).toMatch(/page two/);
    await workbench.notifications.confirm('Apply');
    await workbench.notifications.toast('Applied 2 commits of acme to main.').waitFor();
    expect(subjectsOf(family.target, 'HEAD~2..HEAD')).toEqual(['feat: page one', 'feat: page two']);
  });

  it('of a sibling are scanned alone', async () => {
    await workbench.sideBar.choose(/globex/, 'Scan');
    await workbench.notifications.toast('In step with globex.').waitFor();
  });

  it('lend their name to the clipboard', async () => {
    const sha = family.improve('acme', 'feat: page four', { 'src/four.txt': 'four\n' });
    await workbench.palette.run('AutoSync: Scan');
    await workbench.sideBar.choose(/page four/, 'Copy SHA');
    await workbench.page.getByText('AutoSync: 1 SHA copied').waitFor();
    await workbench.palette.run('AutoSync: Explain...');
    await workbench.palette.input.focus();
    await workbench.page.keyboard.press('ControlOrMeta+v');
    await expect.poll(() => workbench.palette.input.inputValue()).toBe(sha);
    await workbench.page.keyboard.press('Escape');
  });

  it('are known to the doctor, who opens what there is to mend', async () => {
    await workbench.palette.run('AutoSync: Run Doctor');
    await workbench.tab('AutoSync Doctor').waitFor();
    const editor = workbench.page.locator('.editor-instance');
    await expect
      .poll(async () => (await editor.innerText()).replaceAll('\u00a0', ' '))
      .toContain('sibling globex: answers');
    await workbench.screenshot('doctor');
  });
});

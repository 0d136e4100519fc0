import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { newFamily, type OpenableFamily } from './family.js';
import type { Workbench } from './workbench.js';

/** A target that has a sibling beside it and knows of none. */
function unconfigured(): OpenableFamily {
  const family = newFamily(['acme']);
  family.improve('acme', 'feat: a page of help', { 'src/help.txt': 'help\n' });
  rmSync(join(family.target, '.autosync'), { recursive: true });
  return family;
}

/** Milliseconds in which a window that settled would have looked if it meant to. */
const LONG_ENOUGH = 4_000;

it('nothing is looked at before somebody asks when the setting says so, and what comes in then opens by itself', async () => {
  const family = newFamily(['acme']);
  const workbench = await family.open({ settings: { 'autosync.polling.mode': 'off' } });
  await workbench.sideBar.open('AutoSync');
  await workbench.untilStatus('not looked yet');
  await workbench.page.waitForTimeout(LONG_ENOUGH);
  await workbench.untilStatus('not looked yet');
  await workbench.palette.run('AutoSync: Scan');
  await workbench.sideBar.row(/^Sibling acme, .*nothing incoming/).waitFor();
  family.improve('acme', 'feat: a page of help', { 'src/help.txt': 'help\n' });
  await workbench.palette.run('AutoSync: Scan');
  await workbench.sideBar.row(/^Sibling acme, .*1 incoming/).waitFor();
  await workbench.sideBar.row(/^feat: a page of help, candidate/).waitFor();
});

describe('somebody who opens a repository for the first time', () => {
  let family: OpenableFamily;
  let workbench: Workbench;

  beforeAll(async () => {
    family = unconfigured();
    workbench = await family.open({ settings: { 'autosync.polling.mode': 'off' } });
  });

  it('finds the siblings by the button of the empty view, and the first scan starts by itself', async () => {
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.welcome.getByRole('button', { name: 'Find Siblings' }).click();
    const found = workbench.page.locator('.quick-input-list .monaco-list-row');
    await found.first().waitFor();
    expect(await found.allInnerTexts()).toEqual([expect.stringMatching(/acme\s*shares 1 commit with it/)]);
    await workbench.screenshot('find-siblings');
    await workbench.page.keyboard.press('Enter');
    await workbench.notifications.toast('Scanned acme: 1 candidate.').waitFor();
    expect(existsSync(join(family.target, '.autosync/config.json'))).toBe(true);
    const { rows } = await family.engine().overview();
    expect(rows.map(({ subject, standing }) => [subject, standing])).toEqual([['feat: a page of help', 'candidate']]);
    await workbench.screenshot('first-scan');
  });

  it('is offered another look or a place to name when nothing more is found', async () => {
    await workbench.palette.run('AutoSync: Find Siblings...');
    await workbench.notifications.answer('No related repository was found', 'Add Sibling...');
    await workbench.palette.pick(/By its address/);
    await workbench.palette.answer('ext::sh -c id');
    await expect.poll(() => workbench.palette.message.innerText()).toMatch(/transport helper/);
    await workbench.page.keyboard.press('Escape');
  });

  it('reads the first steps, each with its picture and its button', async () => {
    await workbench.resize(1600, 900);
    await workbench.palette.run('AutoSync: Show First Steps');
    const steps = workbench.page.locator('.gettingStartedContainer');
    await steps.getByText('Find siblings').first().waitFor();
    for (const title of ['Take the first look', 'Read a verdict', 'Apply one', 'Let it run']) {
      await steps.getByText(title, { exact: true }).click();
      await workbench.page.waitForTimeout(500);
      await workbench.screenshot(`first-steps-${title.toLowerCase().replaceAll(' ', '-')}`);
    }
    await steps.getByRole('button', { name: 'Sync Now' }).waitFor();
    for (const theme of ['Light Modern', 'Dark High Contrast'] as const) {
      await workbench.useTheme(theme);
      await workbench.screenshot(`first-steps-${theme.toLowerCase().replaceAll(' ', '-')}`);
    }
  });
});

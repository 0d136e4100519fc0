import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { git } from '../support/plainGit.js';
import { makeRepository } from '../support/repository.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { openEditor } from './editor.js';
import { newFamily, type OpenableFamily } from './family.js';
import { THEMES, type Theme } from './themes.js';
import type { Workbench } from './workbench.js';

const QUIET = { settings: { 'autosync.polling.mode': 'off' } };

/** A picture of a state in every theme; only what the side bar and the status bar need of the window. */
async function inEveryTheme(workbench: Workbench, name: string): Promise<void> {
  await workbench.resize(900, 560);
  for (const theme of Object.keys(THEMES) as Theme[]) {
    await workbench.useTheme(theme);
    await workbench.screenshot(`face-${name}-${theme.toLowerCase().replaceAll(' ', '-')}`);
  }
  expect(workbench.extensionErrors()).toEqual([]);
}

function repository(): string {
  const folder = makeRepository({ folder: join(temporaryFolder(), 'target') });
  writeFileSync(join(folder, 'readme.txt'), 'A target.\n');
  git(folder, ['add', 'readme.txt']);
  git(folder, ['commit', '-qm', 'chore: first']);
  return folder;
}

async function withConfig(text: string): Promise<Workbench> {
  const folder = repository();
  mkdirSync(join(folder, '.autosync'));
  writeFileSync(join(folder, '.autosync/config.json'), text);
  const workbench = await openEditor(folder, QUIET);
  await workbench.sideBar.open('AutoSync');
  return workbench;
}

const message = (workbench: Workbench, text: string | RegExp) =>
  workbench.page.locator('.sidebar').getByText(text).first();

async function scanned(): Promise<OpenableFamily> {
  const family = newFamily(['acme', 'globex']);
  family.improve('acme', 'feat: a page of help', { 'src/help.txt': 'help\n' });
  await family.scan();
  return family;
}

describe('the view says what is the matter and what to do', () => {
  it('in a repository without siblings, and when no folder is open', async () => {
    const workbench = await openEditor(repository(), QUIET);
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.welcome.getByRole('button', { name: 'Find Siblings' }).waitFor();
    await inEveryTheme(workbench, 'no-siblings');
    await workbench.palette.run('Workspaces: Close Workspace');
    await workbench.page.waitForURL((url) => !url.search.includes('folder='));
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.welcome.getByRole('button', { name: 'Open Folder' }).waitFor();
    await inEveryTheme(workbench, 'no-folder');
  });

  it('in a folder that is no repository', async () => {
    const workbench = await openEditor(temporaryFolder(), QUIET);
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.welcome.getByText('not a git repository').waitFor();
    await inEveryTheme(workbench, 'no-repository');
  });

  it('in Restricted Mode', async () => {
    const workbench = await openEditor(repository(), { ...QUIET, asksForTrust: true });
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.welcome.getByText('Restricted Mode').waitFor();
    await inEveryTheme(workbench, 'restricted');
  });

  it('when the configuration has a mistake', async () => {
    const workbench = await withConfig('{\n  "version": 1,\n  "sibling": []\n}\n');
    await workbench.sideBar.welcome.getByRole('button', { name: 'Open Configuration' }).waitFor();
    await inEveryTheme(workbench, 'bad-config');
  });

  it('when the repository has no commit yet', async () => {
    const folder = makeRepository({ folder: join(temporaryFolder(), 'target') });
    mkdirSync(join(folder, '.autosync'));
    writeFileSync(join(folder, '.autosync/config.json'), '{ "siblings": [{ "name": "acme", "path": "../acme" }] }\n');
    const workbench = await openEditor(folder, QUIET);
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.welcome.getByText('no commit yet').waitFor();
    await inEveryTheme(workbench, 'no-commit');
    git(folder, ['commit', '-q', '--allow-empty', '-m', 'chore: first']);
    await workbench.sideBar.welcome.getByRole('button', { name: 'Look Again' }).click();
    await workbench.sideBar.row(/acme/).waitFor();
  });

  it('when nothing is incoming', async () => {
    const family = newFamily(['acme', 'globex']);
    await family.scan();
    const workbench = await family.open(QUIET);
    await workbench.sideBar.open('AutoSync');
    await message(workbench, 'In step with 2 siblings').waitFor();
    await inEveryTheme(workbench, 'in-step');
    for (const theme of Object.keys(THEMES) as Theme[]) {
      await workbench.useTheme(theme);
      await workbench.palette.run('AutoSync: Show Menu');
      await workbench.palette.choice(/^Sync Now/).waitFor();
      await workbench.screenshot(`face-menu-${theme.toLowerCase().replaceAll(' ', '-')}`);
      await workbench.page.keyboard.press('Escape');
    }
  });

  it('when a sibling cannot be read, and the others can', async () => {
    const family = await scanned();
    rmSync(family.sibling('globex'), { recursive: true });
    await family.scan();
    const workbench = await family.open(QUIET);
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.row(/globex/).waitFor();
    await workbench.sideBar.row(/a page of help/).waitFor();
    await inEveryTheme(workbench, 'sibling-failing');
  });

  it('when the state was damaged and rebuilt', async () => {
    const family = await scanned();
    truncateSync(join(family.target, '.autosync/autosync.db'), 100);
    const workbench = await family.open(QUIET);
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.row(/a page of help/).waitFor();
    await message(workbench, /rebuilt/).waitFor();
    await inEveryTheme(workbench, 'recovered');
  });
});

import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpGit, serveGit } from '../support/httpGit.js';
import { git } from '../support/plainGit.js';
import { makeRepository } from '../support/repository.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { openEditor } from './editor.js';
import { newFamily, type OpenableFamily } from './family.js';
import { THEMES, type Theme } from './themes.js';
import type { Workbench } from './workbench.js';

/** Nothing happens by itself: what is looked at is looked at by somebody else, before a picture is taken. */
const QUIET = { settings: { 'autosync.polling.mode': 'off', 'autosync.notifications': false } };

const ACME = '{ "siblings": [{ "name": "acme", "path": "../acme" }] }\n';

/** Pictures of a window in every theme, once it shows what it is to show. */
async function inEveryTheme(name: string, workbench: Workbench, what: Locator): Promise<void> {
  await workbench.toFront();
  await what.waitFor();
  for (const theme of Object.keys(THEMES) as Theme[]) {
    await workbench.useTheme(theme);
    await workbench.screenshot(`face-${name}-${theme.toLowerCase().replaceAll(' ', '-')}`);
  }
}

/** Opens the view, in a window that has only what the side bar and the status bar need. */
async function shown(workbench: Workbench): Promise<Workbench> {
  await workbench.resize(900, 560);
  await workbench.sideBar.open('AutoSync');
  await workbench.page.mouse.move(600, 400);
  return workbench;
}

function repository(): string {
  const folder = makeRepository({ folder: join(temporaryFolder(), 'target') });
  mkdirSync(join(folder, '.autosync'));
  writeFileSync(join(folder, 'readme.txt'), 'A target.\n');
  git(folder, ['add', 'readme.txt']);
  git(folder, ['commit', '-qm', 'chore: first']);
  return folder;
}

function withoutCommit(): string {
  const folder = makeRepository({ folder: join(temporaryFolder(), 'target') });
  mkdirSync(join(folder, '.autosync'));
  writeFileSync(join(folder, '.autosync/config.json'), ACME);
  return folder;
}

async function scanned(): Promise<OpenableFamily> {
  const family = newFamily(['acme', 'globex']);
  await family.scan();
  return family;
}

/** A family whose state was damaged since it was looked at. */
async function damaged(): Promise<OpenableFamily> {
  const family = newFamily(['acme', 'globex']);
  family.improve('acme', 'feat: a page of help', { 'src/help.txt': 'help\n' });
  await family.scan();
  truncateSync(join(family.target, '.autosync/autosync.db'), 100);
  return family;
}

const message = (workbench: Workbench, text: string | RegExp): Locator =>
  workbench.page.locator('.sidebar').getByText(text).first();

const button = (workbench: Workbench, name: string): Locator => workbench.sideBar.welcome.getByRole('button', { name });

/** The titles of our commands that the palette offers. */
async function offeredBy(workbench: Workbench): Promise<readonly string[]> {
  const titles = await workbench.palette.offers('AutoSync: ');
  return titles.flatMap((title) => /^AutoSync: ([^,]*)/.exec(title)?.[1] ?? []).sort();
}

describe('the view says what is the matter and what to do', () => {
  let family: OpenableFamily;
  let silent: HttpGit;
  let closed: HttpGit;
  /** In the family's target; the other windows are beside it. */
  let full: Workbench;

  beforeAll(async () => {
    family = await scanned();
    silent = await serveGit(family.folder, { misbehave: () => 'handled' });
    closed = await serveGit(family.folder, { credentials: 'somebody:secret' });
    full = await shown(await family.open(QUIET));
  });

  afterAll(() => Promise.all([silent.close(), closed.close()]));

  it('when nothing is incoming, and in its menu', async () => {
    await inEveryTheme('in-step', full, message(full, 'In step with 2 siblings'));
    await full.palette.run('AutoSync: Show Menu');
    await inEveryTheme('menu', full, full.palette.choice(/^Sync Now/));
    await full.page.keyboard.press('Escape');
  });

  it('when a sibling cannot be read while others can, and when siblings ask who reads them', async () => {
    family.configure({});
    rmSync(family.sibling('globex'), { recursive: true, force: true });
    family.improve('acme', 'feat: a page of help', { 'src/help.txt': 'help\n' });
    await family.scan();
    await full.sideBar.row(/globex, could not be read/).waitFor();
    await inEveryTheme('sibling-failing', full, full.sideBar.row(/a page of help/));
    family.configure({ siblings: [{ name: 'initech', url: `${closed.origin}/acme` }] });
    await family.scan();
    await inEveryTheme('signed-out', full, full.sideBar.row(/initech, signed out/));
  });

  it('without siblings, while they are looked at for the first time, and when the configuration has a mistake', async () => {
    const folder = repository();
    const config = join(folder, '.autosync/config.json');
    const bare = await shown(await full.openBeside(folder));
    await inEveryTheme('no-siblings', bare, button(bare, 'Find Siblings'));
    writeFileSync(config, JSON.stringify({ siblings: [{ name: 'acme', url: `${silent.origin}/acme` }] }));
    await bare.sideBar.row(/acme/).waitFor();
    await bare.palette.run('AutoSync: Scan');
    await inEveryTheme('first-scan', bare, button(bare, 'Cancel'));
    await button(bare, 'Cancel').click();
    await bare.sideBar.row(/acme/).waitFor();
    writeFileSync(config, '{\n  "version": 1,\n  "sibling": []\n}\n');
    await inEveryTheme('bad-config', bare, button(bare, 'Open Configuration'));
    rmSync(join(folder, '.autosync'), { recursive: true });
    await button(bare, 'Find Siblings').waitFor();
    await bare.page.close({ runBeforeUnload: true });
  });

  it('without a repository, where the palette offers only what needs none, and when no folder is open', async () => {
    const plain = await shown(await full.openBeside(temporaryFolder()));
    await inEveryTheme('no-repository', plain, plain.sideBar.welcome.getByText('not a git repository'));
    expect(await offeredBy(plain)).toEqual(['Focus on Incoming View', 'Show First Steps', 'Show Log', 'Show Menu']);
    await plain.palette.run('Workspaces: Close Workspace');
    await plain.page.waitForURL((url) => !url.search.includes('folder='));
    await plain.sideBar.open('AutoSync');
    await inEveryTheme('no-folder', plain, button(plain, 'Open Folder'));
    expect(await plain.sideBar.offersMore()).toEqual(['Show Log']);
    await plain.page.close({ runBeforeUnload: true });
  });

  it('without a commit, and looks again', async () => {
    const folder = withoutCommit();
    const fresh = await shown(await full.openBeside(folder));
    await inEveryTheme('no-commit', fresh, fresh.sideBar.welcome.getByText('no commit yet'));
    git(folder, ['commit', '-q', '--allow-empty', '-m', 'chore: first']);
    await button(fresh, 'Look Again').click();
    await fresh.sideBar.row(/acme/).waitFor();
    await fresh.page.close({ runBeforeUnload: true });
  });

  it('when the state was damaged and rebuilt', async () => {
    const hurt = await shown(await full.openBeside((await damaged()).target));
    await hurt.sideBar.row(/a page of help/).waitFor();
    await inEveryTheme('recovered', hurt, message(hurt, /rebuilt/));
    expect(hurt.extensionErrors()).toEqual([]);
  });

  it('in Restricted Mode', async () => {
    const workbench = await shown(await openEditor(repository(), { ...QUIET, asksForTrust: true }));
    await inEveryTheme('restricted', workbench, workbench.sideBar.welcome.getByText('Restricted Mode'));
    expect(workbench.extensionErrors()).toEqual([]);
  });
});

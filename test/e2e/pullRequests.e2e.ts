import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/ui/contributions.js';
import { appWith } from '../support/family.js';
import { type ForgeFamily, GRANTED, makeForgeFamily, TARGET_TOKEN } from '../support/forgeFamily.js';
import { git } from '../support/plainGit.js';
import { openEditor } from './editor.js';
import type { Workbench } from './workbench.js';

/** Of every request that carried a token, what it was for. */
const authorized = ({ github }: ForgeFamily): readonly string[] =>
  github.wire.requests.filter(({ authorization }) => authorization !== null).map(({ path }) => path);

/** Five enhancements of two siblings: two that merge by themselves, two for a person, one that conflicts. */
async function fiveEnhancements(): Promise<ForgeFamily> {
  const made = await makeForgeFamily({ siblings: ['acme', 'globex'] });
  const { family, hosted } = made;
  const [acme, globex] = [family.sibling('acme'), family.sibling('globex')];
  family.commit(acme, 'fix: a safe one', { 'src/safe.txt': 'safe\n' });
  family.commit(acme, 'feat!: a breaking one', { 'src/breaking.txt': 'breaking\n' });
  family.commit(acme, 'fix: line five, as acme has it', { 'src/app.txt': appWith({ 5: 'acme' }) });
  family.commit(globex, 'perf: a quick one', { 'src/quick.txt': 'quick\n' });
  family.commit(globex, 'feat: with a package', { 'package.json': '{ "name": "shop" }\n' });
  hosted.commit('main', { 'src/app.txt': appWith({ 5: 'ours' }) }, 'feat: line five, as the target has it');
  return made;
}

/** What the stand-in says of the token in a minute in which it may not push. */
const READING = { ...GRANTED, permissions: { contents: 'read', pull_requests: 'write', metadata: 'read' } } as const;

/** Milliseconds in which a token is about to end. */
const THREE_DAYS = 3 * 86_400_000 + 3_600_000;

/** Files below a folder that hold a text: repositories, state, logs, the quarantine. */
const filesHolding = (folder: string, text: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => readFileSync(path).includes(text));

const keys = [
  { key: 'ctrl+alt+a', command: COMMANDS.sync },
  { key: 'ctrl+alt+b', command: COMMANDS.doctor },
];

describe('a target on a GitHub of its own', () => {
  let made: ForgeFamily;
  let workbench: Workbench;
  /** The forge as sentences name it. */
  let forge: string;

  const pulls = (): readonly string[] =>
    made.hosted
      .pulls()
      .map(({ head, draft, merge }) => `${head}${merge === null ? '' : ' merged'}${draft ? ' draft' : ''}`)
      .sort();

  beforeAll(async () => {
    made = await fiveEnhancements();
    forge = `house/shop at ${made.github.origin.slice('http://'.length)}`;
    workbench = await openEditor(made.family.target, {
      keys,
      asksForTrust: true,
      settings: { 'autosync.polling.mode': 'off', 'autosync.github.server': made.github.origin },
      environment: { XDG_CACHE_HOME: made.family.cache },
    });
    await workbench.trust();
    await workbench.closeModal();
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.row(/globex/).waitFor();
  });

  afterAll(() => made.github.close());

  it('is told that a token is what it lacks, and is sent none before one is given', async () => {
    await expect
      .poll(() => workbench.hoverText(workbench.statusItem))
      .toContain(`Lands on local branches, for want of a token for ${forge}.`);
    await workbench.palette.run('AutoSync: Sign In to GitHub...');
    await workbench.notifications.answer('The editor signs in to github.com only', 'Set GitHub Token...');
    await workbench.palette.message.waitFor();
    expect(await workbench.palette.message.innerText()).toContain(`sent to ${made.github.origin} and its API alone`);
    await workbench.screenshot('github-token');
    expect(authorized(made)).toEqual([]);
    await workbench.page.locator('.quick-input-widget:visible input[type=password]').fill(TARGET_TOKEN);
    await workbench.page.keyboard.press('Enter');
    await workbench.notifications.toast('is kept by the editor').waitFor();
    await expect.poll(() => workbench.hoverText(workbench.statusItem)).toContain(`Lands on ${forge} by pull requests.`);
  });

  it('is run on by nobody whose token may not push, and the way out is said', async () => {
    made.github.declareToken(READING);
    await workbench.palette.run('AutoSync: Sync Now');
    await workbench.notifications.dialog.waitFor();
    expect(await workbench.notifications.dialog.innerText()).toContain(`opens a pull request on ${forge} with what`);
    await workbench.screenshot('github-sync-question');
    await workbench.notifications.confirm('Sync');
    const refused = workbench.notifications.toast('house/shop refused');
    await refused.waitFor({ timeout: 30_000 });
    expect(await refused.innerText()).toContain('may read house/shop but not push to it');
    expect(await refused.innerText()).toMatch(/Sign In to GitHub\s+Open Configuration/);
    expect(await refused.innerText()).not.toContain('GITHUB_TOKEN');
    await workbench.screenshot('github-refused');
    expect(pulls()).toEqual([]);
  });

  it('gets pull requests by a run, after it was said that it will', async () => {
    made.github.declareToken({ ...GRANTED, expiresAt: new Date(Date.now() + THREE_DAYS) });
    await workbench.palette.run('AutoSync: Sync Now');
    await workbench.notifications
      .toast('Synced with acme and globex: 2 landed, 2 for review, 1 conflict.')
      .waitFor({ timeout: 30_000 });
    expect(pulls()).toEqual([
      'autosync/acme/auto merged',
      'autosync/acme/conflict draft',
      'autosync/acme/review',
      'autosync/globex/auto merged',
      'autosync/globex/review',
    ]);
    expect(git(made.family.target, ['branch', '--list', 'autosync/*'])).toBe('');
    await workbench.notifications.toast('The token expires in 3 days').waitFor();
    await workbench.untilStatus('3 incoming');
  });

  it('shows them in the tree, where each can be opened', async () => {
    expect(await workbench.sideBar.offers(/a breaking one/)).toContain('Open Pull Request');
    expect(await workbench.sideBar.offers(/line five/)).toContain('Open Pull Request');
    await workbench.palette.run('Notifications: Clear All Notifications');
    expect((await workbench.sideBar.rows()).join()).toMatch(/a breaking one[^\n]*pull request \d/);
    await workbench.sideBar.row(/globex/).hover();
    await workbench.screenshot('github-tree-dark');
    await workbench.useTheme('Light Modern');
    await workbench.screenshot('github-tree-light');
    await workbench.useTheme('Dark Modern');
  });

  it('opens them in the browser', async () => {
    const browser = workbench.page.context();
    await browser.route('**/house/shop/pull/*', (route) => route.fulfill({ body: 'a pull request' }));
    const opened = browser.waitForEvent('page');
    await workbench.sideBar.choose(/a breaking one/, 'Open Pull Request');
    const page = await opened;
    // The editor reaches ports of its own machine by an address of its own.
    await page.waitForURL('**/house/shop/pull/3');
    await page.close();
  });

  it('is applied to by a pull request that is merged', async () => {
    await workbench.sideBar.choose(/a breaking one/, /^Apply/);
    await workbench.notifications.dialog.waitFor();
    expect(await workbench.notifications.dialog.innerText()).toContain(`brought to ${forge} by a pull request`);
    await workbench.notifications.confirm('Apply');
    await workbench.notifications
      .toast(`Merged 1 commit of acme into main of ${forge} by a pull request.`)
      .waitFor({ timeout: 30_000 });
    expect(git(made.hosted.folder, ['show', 'main:src/breaking.txt'])).toBe('breaking');
    await workbench.palette.run('AutoSync: Show Log');
    const log = workbench.page.locator('.panel .view-lines');
    await expect.poll(() => log.innerText()).toContain('ended');
    expect(await log.innerText()).not.toContain(TARGET_TOKEN);
    expect(made.github.wire.carrying(TARGET_TOKEN)).toEqual([]);
    expect(filesHolding(made.family.folder, TARGET_TOKEN)).toEqual([]);
    expect(workbench.extensionErrors()).toEqual([]);
  });

  it('lands nothing here once a person signs out, and says that pull requests wait', async () => {
    await workbench.palette.run('AutoSync: Sign Out of GitHub');
    await workbench.untilStatus('signed out');
    await expect
      .poll(() => workbench.hoverText(workbench.statusItem))
      .toContain(`Signed out: pull requests on ${forge} wait`);
    await workbench.sideBar.open('AutoSync');
    await workbench.page.getByText('wait, and nothing lands. Sign in').first().waitFor();
    const [head, asked] = [git(made.family.target, ['rev-parse', 'main']), made.github.wire.requests.length];
    await workbench.palette.run('AutoSync: Sync Now');
    const told = workbench.notifications.toast('Signed out: pull requests wait');
    await told.waitFor({ timeout: 30_000 });
    expect(await told.innerText()).toContain('Sign In to GitHub');
    await workbench.screenshot('github-signed-out');
    expect(git(made.family.target, ['rev-parse', 'main'])).toBe(head);
    expect(made.github.wire.requests.slice(asked)).toEqual([]);
  });

  it('is sent no token from a folder that is not trusted, whatever it says', async () => {
    const folder = join(made.family.folder, 'untrusted');
    cpSync(made.family.target, folder, { recursive: true });
    const before = made.github.wire.requests.length;
    const restricted = await workbench.openBeside(folder);
    await restricted.untilStatus('restricted');
    for (const key of ['Control+Alt+a', 'Control+Alt+b']) await restricted.page.keyboard.press(key);
    await restricted.notifications.toast(/Restricted Mode/).waitFor();
    await restricted.page.waitForTimeout(1_000);
    expect(await restricted.hoverText(restricted.statusItem)).not.toContain('Lands on');
    expect(made.github.wire.requests.slice(before)).toEqual([]);
  });
});

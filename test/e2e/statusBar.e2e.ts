import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openEditor } from './editor.js';
import { mixedFamily, newFamily, type OpenableFamily } from './family.js';
import { THEMES, type Theme } from './themes.js';
import type { Workbench } from './workbench.js';

/** Milliseconds after which the editor has written down what an extension wants it to remember. */
const SETTLES = 1_000;

/** Runs in the page. */
const NOTE_STATUS = `(() => {
  const seen = (globalThis.seenStatus = []);
  const look = () => {
    const text = document.getElementById('autosync.autosync.autosync.status')?.innerText.trim() ?? '';
    if (text !== '' && seen.at(-1) !== text) seen.push(text);
    requestAnimationFrame(look);
  };
  look();
})()`;

/** Notes every text that the status item shows from now on. */
const noteStatus = (workbench: Workbench): Promise<unknown> => workbench.page.evaluate(NOTE_STATUS);

const seenStatus = (workbench: Workbench): Promise<readonly string[]> =>
  workbench.page.evaluate('globalThis.seenStatus');

/** Chooses from the quick menu that the status item opens. */
async function choose(workbench: Workbench, name: string | RegExp): Promise<void> {
  await workbench.statusItem.locator('a').click();
  await workbench.palette.pick(name);
}

const isInOrder = (seen: readonly string[], wanted: readonly RegExp[]): boolean => {
  let at = 0;
  for (const text of seen) if (wanted[at]?.test(text)) at += 1;
  return at === wanted.length;
};

describe('the status item', () => {
  let family: OpenableFamily;
  let workbench: Workbench;

  beforeAll(async () => {
    family = newFamily();
    family.configure({ validate: { checks: [{ name: 'proof', run: 'sleep 1', reads: 'exit-code' }] } });
    family.improve('acme', 'feat: a page of help', { 'src/help.txt': 'help\n' });
    workbench = await family.open({ settings: { 'autosync.notifications': false } });
    await noteStatus(workbench);
  });

  it('goes from never looked over a scan to what is incoming, by itself', async () => {
    await workbench.untilStatus('1 incoming');
    expect(await seenStatus(workbench)).toSatisfy((seen: readonly string[]) =>
      isInOrder(seen, [/^AutoSync$/, /not looked yet/, /scanning/, /1 incoming/]),
    );
  });

  it('opens a menu of what can be done now', async () => {
    await workbench.statusItem.locator('a').click();
    await workbench.palette.choice(/Sync Now/).waitFor();
    const offered = (await workbench.palette.choices()).join('\n');
    expect(offered).toMatch(
      /Sync Now[\s\S]*Scan[\s\S]*Show Incoming[\s\S]*Pause Polling[\s\S]*Find Siblings[\s\S]*Show Log/,
    );
    expect(offered).not.toMatch(/Cancel Run|Resume/);
    await workbench.screenshot('status-menu');
    await workbench.page.keyboard.press('Escape');
  });

  it('shows that polling is paused, also after a reload, and that it goes on', async () => {
    await choose(workbench, /Pause Polling/);
    await workbench.untilStatus('paused, 1 incoming');
    await workbench.page.waitForTimeout(SETTLES);
    await workbench.reload();
    await workbench.untilStatus('paused, 1 incoming');
    await noteStatus(workbench);
    await choose(workbench, /Resume Polling/);
    await workbench.untilStatus(/AutoSync: 1 incoming/);
  });

  it('names the phase and the sibling of a run, and is in step when all has landed', async () => {
    await choose(workbench, /What Happens by Itself/);
    await workbench.palette.pick(/Let It Run/);
    await workbench.untilStatus('in step');
    expect(await seenStatus(workbench)).toSatisfy((seen: readonly string[]) =>
      isInOrder(seen, [/paused/, /1 incoming/, /syncing \(validating acme\)/, /in step/]),
    );
    expect(workbench.extensionErrors()).toEqual([]);
  });
});

describe('the status item of a family in trouble', () => {
  it('says what is wrong in its colours, and what of each sibling', async () => {
    const family = mixedFamily();
    await family.sync();
    const name = 'gone';
    family.configure({
      siblings: [
        { name: 'acme', path: '../acme' },
        { name, path: '../[x](command:workbench.action.terminal.sendSequence)' },
      ],
    });
    const workbench = await family.open();
    await workbench.untilStatus(/\d incoming/);
    await workbench.page.locator('[id="autosync.autosync.autosync.status"] .codicon-warning').waitFor();
    const tooltip = await workbench.hoverText(workbench.statusItem);
    expect(tooltip).toContain('gone');
    expect(tooltip).toContain('[x](command:workbench.action.terminal.sendSequence)');
    const links = await workbench.page
      .locator('.monaco-hover:visible a[data-href]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-href')));
    expect(links.every((link) => link?.startsWith('command:autosync.'))).toBe(true);
    expect(links).toContain('command:autosync.sync');
    for (const theme of Object.keys(THEMES) as readonly Theme[]) {
      await workbench.useTheme(theme);
      await workbench.hoverText(workbench.statusItem);
      await workbench.screenshot(`status-tooltip-${THEMES[theme].kind}`);
      await workbench.page.mouse.move(600, 300);
      family.configure({ version: 2 });
      await workbench.untilStatus('problem in the configuration');
      await workbench.screenshot(`status-error-${THEMES[theme].kind}`);
      family.configure({});
      await workbench.untilStatus(/incoming/);
    }
  });

  it('says that there is no network, and counts what folders bring all the same', async () => {
    const family = newFamily();
    const siblings = [
      { name: 'acme', path: '../acme' },
      { name: 'far', url: 'https://127.0.0.1:1/far.git' },
    ];
    family.configure({ siblings });
    family.improve('acme', 'feat: a page of help', { 'src/help.txt': 'help\n' });
    const workbench = await family.open({ settings: { 'autosync.notifications': false } });
    await workbench.untilStatus('offline, 1 incoming');
    expect(await workbench.hoverText(workbench.statusItem)).toMatch(/No network\. Next at \d\d:\d\d/);
    await workbench.screenshot('status-offline');
    family.improve('acme', 'feat: a second page', { 'src/second.txt': 'help\n' });
    await workbench.untilStatus('offline, 2 incoming');

    await workbench.resize(900, 560);
    await workbench.sideBar.open('AutoSync');
    await workbench.page.locator('.sidebar').getByText('No network').first().waitFor();
    for (const theme of Object.keys(THEMES) as readonly Theme[]) {
      await workbench.useTheme(theme);
      await workbench.screenshot(`face-no-network-${theme.toLowerCase().replaceAll(' ', '-')}`);
    }
  });

  it('shows in Restricted Mode that nothing runs, and starts to look once the folder is trusted', async () => {
    const workbench = await mixedFamily().open({ asksForTrust: true, settings: { 'autosync.notifications': false } });
    expect(await workbench.page.locator('[id="status.workspaceTrust"]').innerText()).toMatch(/Restricted/);
    await workbench.untilStatus('restricted');
    await workbench.screenshot('restricted');
    await workbench.trust();
    await workbench.untilStatus('3 incoming');
  });
});

describe('the status item of two folders', () => {
  it('adds up what is incoming, and its menu leads to each of them', async () => {
    const [one, other] = [newFamily(), newFamily()];
    one.improve('acme', 'feat: one', { 'src/one.txt': 'one\n' });
    other.improve('acme', 'feat: two', { 'src/two.txt': 'two\n' });
    other.improve('acme', 'feat: three', { 'src/three.txt': 'three\n' });
    const file = join(one.folder, 'both.code-workspace');
    const folders = [
      { path: one.target, name: 'web' },
      { path: other.target, name: '$(error) [x](command:y)' },
    ];
    writeFileSync(file, JSON.stringify({ folders }));
    const workbench = await openEditor(file, {
      settings: { 'autosync.notifications': false },
      environment: { XDG_CACHE_HOME: one.cache },
    });
    await workbench.untilStatus('3 incoming');
    await workbench.statusItem.locator('a').click();
    await workbench.palette.choice(/Show Incoming of web/).waitFor();
    const offered = (await workbench.palette.choices()).join('\n');
    expect(offered).toMatch(/Show Incoming of \$ \(error\) \[x\] \(command:y\)/);
    await workbench.screenshot('status-menu-two-folders');
    await workbench.palette.pick(/Show Incoming of \$/);
    await workbench.sideBar.row(/three/).waitFor();
    await workbench.hoverText(workbench.statusItem);
    await workbench.screenshot('status-tooltip-two-folders');
  });
});

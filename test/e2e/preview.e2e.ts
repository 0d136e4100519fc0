import { beforeAll, describe, expect, it } from 'vitest';
import { appWith } from '../support/family.js';
import { type Fingerprint, fingerprint } from '../support/fingerprint.js';
import { diffFiles, diffText } from './documents.js';
import { newFamily, type OpenableFamily } from './family.js';
import type { Theme } from './themes.js';
import type { Workbench } from './workbench.js';

/** A subject that tries to be a link, an icon, markup, another order of reading and a terminal. */
const HOSTILE = 'fix: [x](command:workbench.action.quit) $(alert) <img src=x>\u202e and\u001b[2J more';
const HOSTILE_SHOWN = 'fix: [x](command:workbench.action.quit) $(alert) <img src=x> and more';

/** Milliseconds after which the editor has written down which tabs are open. */
const REMEMBERED = 6_000;

/** Commits that change several files, one file, and one that conflicts in one of its files. */
function previewFamily(): OpenableFamily {
  const family = newFamily();
  family.commit(family.target, 'fix: the third line', { 'src/app.txt': appWith({ 3: 'of the target' }) });
  family.improve('acme', 'feat: the tenth line, and help', {
    'src/app.txt': appWith({ 10: 'a better tenth' }),
    'src/help.ts': "export const help = 'help';\n",
    'src/other.txt': null,
  });
  family.improve('acme', HOSTILE, { 'README.md': 'A better template.\n' });
  family.improve('acme', 'fix: the third line too', {
    'src/app.txt': appWith({ 3: 'of acme', 10: 'a better tenth' }),
    'src/clean.txt': 'clean\n',
  });
  return family;
}

describe('previews', () => {
  let family: OpenableFamily;
  let workbench: Workbench;
  let before: Fingerprint;

  const open = async (command: string, commit: RegExp): Promise<void> => {
    await workbench.palette.run(`AutoSync: ${command}`);
    await workbench.palette.pick(commit);
  };

  beforeAll(async () => {
    family = previewFamily();
    await family.scan();
    before = fingerprint(family.target);
    workbench = await family.open();
    await workbench.sideBar.open('AutoSync');
    await workbench.untilStatus(/incoming/);
  });

  it('show all files as they are here on the left, and as they would be on the right', async () => {
    await open('Preview...', /the tenth line, and help/);
    await workbench.tab(/^Preview feat: the tenth line, and help \(acme [0-9a-f]{10}\) → main/).waitFor();
    const files = async (): Promise<readonly string[]> => [...(await diffFiles(workbench))].sort();
    await expect.poll(files).toEqual(['src/app.txt', 'src/help.ts', 'src/other.txt']);
    await expect.poll(() => diffText(workbench, 'original', 'src/app.txt')).toContain('line 10\n');
    expect(await diffText(workbench, 'modified', 'src/app.txt')).toContain('a better tenth\n');
    expect(await diffText(workbench, 'modified', 'src/help.ts')).toContain("export const help = 'help';");
    expect(await diffText(workbench, 'original', 'src/other.txt')).toContain('other');
  });

  it('show a single file in a diff of its own, whose title is plain text', async () => {
    await open('Preview...', /command:workbench/);
    const tab = workbench.tab(/^README\.md: Preview fix/);
    await tab.waitFor();
    expect(await tab.innerText()).toContain(HOSTILE_SHOWN);
    expect(await tab.locator('.codicon-alert, img').count()).toBe(0);
    await expect.poll(() => diffText(workbench, 'original')).toContain('A template.');
    expect(await diffText(workbench, 'modified')).toContain('A better template.');
  });

  it('say what conflicts, and show what picks cleanly', async () => {
    await open('Preview...', /the third line too/);
    const toast = workbench.notifications.toast('conflicts with main in 1 file: src/app.txt');
    await toast.waitFor();
    expect(await toast.getByRole('button', { name: 'Resolve Conflict' }).count()).toBe(1);
    await workbench.tab(/^clean\.txt: Preview fix: the third line too/).waitFor();
    await expect.poll(() => diffText(workbench, 'modified')).toContain('clean');
  });

  it("show the sibling's own commit, before and after it", async () => {
    await workbench.notifications.answer('conflicts with main', "Show the Sibling's Own Commit");
    await workbench.tab(/^fix: the third line too \(acme [0-9a-f]{10}\)/).waitFor();
    await expect.poll(() => diffText(workbench, 'original')).toContain('line 3\n');
    expect(await diffText(workbench, 'modified')).toContain('of acme\n');
  });

  it('show a conflicted file as it is here, beside what the sibling has', async () => {
    await workbench.sideBar.expand(/the third line too/);
    await workbench.sideBar.row(/app\.txt/).click();
    await workbench.tab(/^app\.txt: conflict of fix: the third line too \(acme [0-9a-f]{10}\) with main/).waitFor();
    await expect.poll(() => diffText(workbench, 'original')).toContain('of the target\n');
    expect(await diffText(workbench, 'modified')).toContain('of acme\n');
  });

  it('and explanations leave HEAD, refs, index and working tree as they were', async () => {
    await open('Explain...', /the third line too/);
    await workbench
      .tab(/third line too|Explain/i)
      .last()
      .waitFor();
    expect(fingerprint(family.target)).toEqual(before);
  });

  it('are there again after a reload, in all themes', async () => {
    await open('Preview...', /the tenth line, and help/);
    await workbench.tab(/^Preview feat: the tenth line/).waitFor();
    await expect.poll(() => diffText(workbench, 'modified', 'src/app.txt')).toContain('a better tenth\n');
    await workbench.page.waitForTimeout(REMEMBERED);
    await workbench.reload();
    await workbench.tab(/^Preview feat: the tenth line/).waitFor();
    await expect
      .poll(() => diffText(workbench, 'modified', 'src/app.txt'), { timeout: 20_000 })
      .toContain('a better tenth\n');
    const themes: readonly Theme[] = ['Dark Modern', 'Light Modern', 'Dark High Contrast', 'Light High Contrast'];
    for (const theme of themes) {
      await workbench.useTheme(theme);
      await workbench.screenshot(`preview-${theme.toLowerCase().replaceAll(' ', '-')}`);
    }
    expect(workbench.extensionErrors()).toEqual([]);
  });
});

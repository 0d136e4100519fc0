import { beforeAll, describe, expect, it } from 'vitest';
import { appWith } from '../support/family.js';
import { actOnEditor, diffText } from './documents.js';
import { newFamily, type OpenableFamily } from './family.js';
import type { Workbench } from './workbench.js';

describe('files with something incoming', () => {
  let family: OpenableFamily;
  let workbench: Workbench;

  /** The mark beside the name of a file, and what it says when the pointer rests on it. */
  const mark = (name: string) =>
    workbench.sideBar.row(name).locator('[class*="monaco-decoration-badge"], [class*="badge"]');
  /** By keyboard, as somebody does who has no pointer; again when the file that opens beside it took the keys. */
  const hover = async (name: string): Promise<string> => {
    await workbench.sideBar.row(name).click();
    await workbench.page.keyboard.press('Control+k');
    await workbench.page.keyboard.press('Control+i');
    const shown = workbench.page.locator('.monaco-hover:visible').last();
    return shown.innerText({ timeout: 2_000 }).catch(() => '');
  };

  beforeAll(async () => {
    family = newFamily(['acme', 'globex']);
    family.improve('acme', 'fix: the third line', { 'src/app.txt': appWith({ 3: 'of acme' }) });
    family.improve('globex', 'fix: [x](command:a) $(trash) last line', { 'src/app.txt': appWith({ 20: 'of globex' }) });
    await family.scan();
    workbench = await family.open();
    await workbench.sideBar.open('AutoSync');
    await workbench.untilStatus(/incoming/);
    await workbench.sideBar.open('Explorer');
    await workbench.sideBar.row(/^src/).click();
  });

  it('have a mark in the explorer that says how many and from whom', async () => {
    await expect.poll(() => mark('app.txt').count(), { timeout: 15_000 }).toBe(1);
    expect(await mark('other.txt').count()).toBe(0);
    await expect.poll(() => hover('app.txt'), { timeout: 20_000 }).toContain('2 incoming from acme, globex');
    await workbench.screenshot('decorations');
  });

  it('list in their editor what is incoming, and open its preview', async () => {
    await workbench.sideBar.row(/app\.txt/).dblclick();
    await actOnEditor(workbench, 'Incoming Changes of This File');
    const choice = workbench.palette.choice(/last line/);
    expect(await choice.innerText()).toContain('[x] (command:a) $ (trash) last line');
    expect(await choice.locator('.codicon-trash').count()).toBe(0);
    await workbench.screenshot('decorations-list');
    await workbench.palette.pick(/the third line/);
    await workbench.tab(/^app\.txt: Preview fix: the third line \(acme/).waitFor();
    await expect.poll(() => diffText(workbench, 'modified')).toContain('of acme');
  });

  it('lose their mark when nothing is incoming any more', async () => {
    const [acme, globex] = (await family.engine().overview()).rows.map(({ sha }) => sha);
    for (const sha of [acme, globex]) await family.engine().decline(sha ?? '', { because: 'not needed', until: null });
    await expect.poll(() => mark('app.txt').count(), { timeout: 15_000 }).toBe(0);
  });
});

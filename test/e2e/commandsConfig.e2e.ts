import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { newFamily, type OpenableFamily } from './family.js';
import type { Workbench } from './workbench.js';

const BAD = '{\n  "version": 1,\n  "siblings": [{ "name": "acme", "path": "../acme" }],\n  "sibblings": []\n}\n';

describe('the configuration', () => {
  let family: OpenableFamily;
  let workbench: Workbench;
  let file: string;

  beforeAll(async () => {
    family = newFamily(['acme']);
    file = join(family.target, '.autosync/config.json');
    rmSync(join(family.target, '.autosync'), { recursive: true });
    workbench = await family.open({ settings: { 'autosync.polling.mode': 'off' } });
    await workbench.sideBar.open('AutoSync');
  });

  it('is begun with comments when somebody opens it and there is none', async () => {
    await workbench.palette.run('AutoSync: Open Configuration');
    await workbench.notifications.answer('There is no configuration yet.', 'Create');
    await workbench.tab(/config\.json/).waitFor();
    expect(readFileSync(file, 'utf8')).toContain('// Repositories whose improvements may fit');
  });

  it('completes its keys and says what they mean', async () => {
    const editor = workbench.page.locator('.editor-instance .monaco-editor').first();
    await editor.getByText('"version"').click();
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.press('Enter');
    await workbench.page.keyboard.type('"');
    await workbench.page.keyboard.press('Control+Space');
    const suggested = workbench.page.locator('.suggest-widget.visible .monaco-list-row');
    await suggested.first().waitFor();
    expect((await suggested.allInnerTexts()).join(' ')).toMatch(/decide.*filter.*land/s);
    await workbench.screenshot('config-completion');
    await workbench.page.keyboard.press('Escape');
    await workbench.page.keyboard.press('Escape');
    await workbench.page.keyboard.press('Control+z');
    await workbench.page.keyboard.press('Control+z');
    const hover = await workbench.hoverText(editor.getByText('"siblings"').first());
    expect(hover).toContain('repositories whose improvements may fit');
    await workbench.screenshot('config-hover');
    await workbench.palette.run('File: Revert File');
  });

  it('shows what is wrong at its line, until it is mended', async () => {
    writeFileSync(file, BAD);
    await workbench.page.keyboard.press('Control+Shift+m');
    const problem = workbench.page.locator('.markers-panel .monaco-list-row', { hasText: 'Unknown key "sibblings"' });
    await problem.waitFor();
    expect(await problem.innerText()).toMatch(/Did you mean "siblings"\?.*\[Ln 4, Col 3\]/s);
    await workbench.screenshot('config-problem');
    writeFileSync(file, BAD.replace(',\n  "sibblings": []', ''));
    await problem.waitFor({ state: 'hidden' });
    await workbench.sideBar.row(/acme/).waitFor();
  });

  it('gets another sibling by its address, and its comments stay', async () => {
    const commented = `// ours\n${readFileSync(file, 'utf8')}`;
    writeFileSync(file, commented);
    await workbench.palette.run('AutoSync: Add Sibling...');
    await workbench.palette.pick(/By its address/);
    await workbench.palette.answer(`file://${family.sibling('acme')}`);
    await expect.poll(() => workbench.palette.input.inputValue()).toBe('acme-2');
    await workbench.palette.answer('again');
    await expect.poll(() => workbench.palette.message.innerText()).toMatch(/Branch to read/);
    await workbench.palette.answer('no..branch');
    await expect.poll(() => workbench.palette.message.innerText()).toMatch(/\.\./);
    await workbench.palette.answer('');
    await workbench.notifications.toast('In step with again.').waitFor();
    const text = readFileSync(file, 'utf8');
    expect(text.startsWith('// ours\n')).toBe(true);
    expect(text).toContain('"name": "again"');
  });

  it('leads to a workflow for GitHub Actions, which is said before and never goes over changes unasked', async () => {
    const workflow = join(family.target, '.github/workflows/auto-sync-from-siblings.yml');
    await workbench.palette.run('AutoSync: Write GitHub Actions Workflow');
    await workbench.notifications.dialog.waitFor();
    expect(await workbench.notifications.dialog.innerText()).toMatch(/Write \.github.*every hour for no sibling yet/s);
    expect(existsSync(workflow)).toBe(false);
    await workbench.notifications.confirm('Write');
    await workbench.tab(/auto-sync-from-siblings\.yml/).waitFor();
    const written = readFileSync(workflow, 'utf8');
    expect(written).toContain('autosync sync');
    writeFileSync(workflow, `${written}# mine\n`);
    await workbench.palette.run('AutoSync: Write GitHub Actions Workflow');
    await workbench.notifications.dialog.waitFor();
    expect(await workbench.notifications.dialog.innerText()).toMatch(/Overwrite \.github.*those changes are lost/s);
    await workbench.screenshot('workflow-overwrite');
    await workbench.notifications.confirm('Cancel');
    expect(readFileSync(workflow, 'utf8')).toBe(`${written}# mine\n`);
    await workbench.palette.run('AutoSync: Write GitHub Actions Workflow');
    await workbench.notifications.confirm('Overwrite');
    await expect.poll(() => readFileSync(workflow, 'utf8')).toBe(written);
  });
});

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openEditor } from './editor.js';
import { newFamily, type OpenableFamily } from './family.js';
import type { Workbench } from './workbench.js';

describe('a workspace of several folders', () => {
  let workbench: Workbench;
  let blog: OpenableFamily;

  beforeAll(async () => {
    const shop = newFamily(['acme', 'globex']);
    blog = newFamily(['initech']);
    shop.improve('acme', 'feat: a page of help', { 'src/help.txt': 'help\n', '.env': 'MODE=quiet\n' });
    blog.improve('initech', 'feat: a page of thanks', { 'src/thanks.txt': 'thanks\n' });
    await blog.scan();
    rmSync(shop.sibling('globex'), { recursive: true });
    await shop.scan();
    mkdirSync(join(shop.folder, 'plain'));
    const workspace = join(shop.folder, 'all.code-workspace');
    const folders = [{ path: shop.target, name: 'shop' }, { path: blog.target, name: 'blog' }, { path: 'plain' }];
    writeFileSync(workspace, JSON.stringify({ folders }));
    workbench = await openEditor(workspace, {
      theme: 'Light Modern',
      settings: { 'autosync.polling.mode': 'off' },
      environment: { XDG_CACHE_HOME: shop.cache },
    });
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.row(/^Folder blog/).waitFor();
  });

  it('shows each folder that has siblings, and leaves the others out', async () => {
    const names = (): Promise<readonly string[]> => workbench.sideBar.rows();
    await expect
      .poll(async () => (await names()).map((name) => name.replace(/, .*/, '')))
      .toEqual([
        'Folder shop',
        'Sibling acme',
        'feat: a page of help',
        'Sibling globex',
        'Folder blog',
        'Sibling initech',
        'feat: a page of thanks',
      ]);
  });

  it('says of a sibling that could not be read why, and what to do', async () => {
    const failing = workbench.sideBar.row(/^Sibling globex, could not be read/);
    const told = async (): Promise<string> => {
      // Rows move when the line above them wraps anew: what was pointed at may be another one by then.
      await workbench.page.mouse.move(900, 500);
      return workbench.hoverText(failing);
    };
    await expect.poll(told, { timeout: 45_000 }).toMatch(/Sibling "globex" cannot be read/);
    await workbench.screenshot('tree-folders');
  });

  it('shows which files of a commit a rule drops', async () => {
    await workbench.sideBar.expand(/^feat: a page of help/);
    await workbench.sideBar.row(/^src\/help\.txt, kept/).waitFor();
    await workbench.sideBar.row(/^\.env, dropped: /).waitFor();
    await workbench.screenshot('tree-dropped');
  });

  it('follows what is found outside of it, and leaves open what a person opened', async () => {
    await workbench.sideBar.expand(/^feat: a page of thanks/);
    await workbench.sideBar.row(/^src\/thanks\.txt, kept/).waitFor();
    blog.improve('initech', 'fix: a word of thanks', { 'src/other.txt': 'thanks\n' });
    await blog.scan();
    await workbench.sideBar.row(/^fix: a word of thanks, candidate/).waitFor();
    await workbench.sideBar.row(/^src\/thanks\.txt, kept/).waitFor();
    await workbench.sideBar.row(/^\.env, dropped: /).waitFor();
    expect(workbench.extensionErrors()).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpGit, serveGit } from '../support/httpGit.js';
import { newFamily, type OpenableFamily } from './family.js';
import type { Workbench } from './workbench.js';

const TOKEN = 'ghp_notARealToken0123456789';

describe('a sibling that asks who reads it', () => {
  let family: OpenableFamily;
  let workbench: Workbench;
  let server: HttpGit;

  beforeAll(async () => {
    family = newFamily(['acme']);
    family.improve('acme', 'feat: a page of help', { 'src/help.txt': 'help\n' });
    server = await serveGit(family.folder, { credentials: `x-access-token:${TOKEN}` });
    family.configure({ siblings: [{ name: 'acme', url: `${server.origin}/acme` }] });
    workbench = await family.open({ settings: { 'autosync.polling.mode': 'off' } });
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.row(/acme/).waitFor();
  });

  afterAll(() => server.close());

  it('is read after a token was set, which goes to its address alone and into no log', async () => {
    await workbench.palette.run('AutoSync: Scan');
    const refused = workbench.notifications.toast(/refused to be read/);
    await refused.waitFor();
    expect(await refused.innerText()).not.toContain('AUTOSYNC_SOURCE_TOKEN');
    await workbench.screenshot('sibling-refused');
    await refused.getByRole('button', { name: 'Set Source Token...' }).click();
    await workbench.palette.message.waitFor();
    expect(await workbench.palette.message.innerText()).toContain(`read the siblings at ${server.origin}`);
    await workbench.screenshot('source-token');
    const hidden = workbench.page.locator('.quick-input-widget:visible input[type=password]');
    await hidden.fill(` ${TOKEN} `);
    await workbench.page.keyboard.press('Enter');
    await workbench.notifications.answer('is kept by the editor', 'Scan');
    await workbench.notifications.toast('Scanned acme: 1 candidate.').waitFor();
    expect(server.requests.some(({ authorization }) => authorization !== undefined)).toBe(true);
    await workbench.palette.run('AutoSync: Show Log');
    const log = workbench.page.locator('.panel .view-lines');
    await expect.poll(() => log.innerText()).toContain('ended');
    expect(await log.innerText()).not.toContain(TOKEN);
    await workbench.screenshot('log');
  });

  it('is refused again when the token was forgotten', async () => {
    await workbench.palette.run('AutoSync: Forget Source Token');
    await workbench.notifications.toast('The source token is forgotten.').waitFor();
    await workbench.palette.run('AutoSync: Scan');
    await workbench.notifications.toast(/refused to be read/).waitFor();
  });
});

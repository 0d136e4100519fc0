import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { git } from '../support/plainGit.js';
import { newFamily } from './family.js';
import type { Workbench } from './workbench.js';

const WANTING = 'Lands on local branches, for want of a token for GitHub house/shop.';
const BY_PULL_REQUESTS = 'Lands on GitHub house/shop by pull requests.';

/** Milliseconds after which the editor has written down what an extension wants it to remember. */
const SETTLES = 1_000;

/** Nothing here reaches the network: where work lands is told without asking GitHub. */
describe('a target on github.com', () => {
  let workbench: Workbench;

  const untilSaid = (sentence: string): Promise<void> =>
    expect.poll(() => workbench.hoverText(workbench.statusItem)).toContain(sentence);

  beforeAll(async () => {
    const family = newFamily(['acme']);
    git(family.target, ['remote', 'add', 'origin', 'https://github.com/house/shop.git']);
    workbench = await family.open({
      settings: { 'autosync.polling.mode': 'off' },
      standIns: { 'github-authentication': join(import.meta.dirname, 'accounts') },
    });
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.row(/acme/).waitFor();
  });

  it('lands by pull requests once a person signed in, who was told before what for', async () => {
    await untilSaid(WANTING);
    await workbench.palette.run('AutoSync: Sign In to GitHub...');
    await workbench.notifications.dialog.waitFor();
    expect(await workbench.notifications.dialog.innerText()).toContain('sent to https://github.com and its API alone');
    await workbench.screenshot('github-sign-in');
    await workbench.notifications.confirm('Sign In');
    await workbench.notifications.dialog.getByText('wants to sign in using GitHub').waitFor();
    await workbench.notifications.confirm('Allow');
    await workbench.notifications.toast('AutoSync works on GitHub as keeper from now on.').waitFor();
    await untilSaid(BY_PULL_REQUESTS);
  });

  it('remembers it over a reload, and forgets it when a person signs out', async () => {
    await workbench.page.waitForTimeout(SETTLES);
    await workbench.reload();
    await untilSaid(BY_PULL_REQUESTS);
    await workbench.palette.run('AutoSync: Sign Out of GitHub');
    await workbench.notifications.toast('The editor itself stays signed in').waitFor();
    await untilSaid(WANTING);
    expect(await workbench.palette.offers('AutoSync: Sign')).not.toContain('AutoSync: Sign Out of GitHub');
    expect(workbench.extensionErrors()).toEqual([]);
  });
});

import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Fingerprint, fingerprint } from '../support/fingerprint.js';
import { git } from '../support/plainGit.js';
import { newFamily, type OpenableFamily } from './family.js';
import type { Workbench } from './workbench.js';

describe('a person in the middle of work finds HEAD, refs, index and working tree as they were', () => {
  let family: OpenableFamily;
  let workbench: Workbench;
  let before: Fingerprint;

  beforeAll(async () => {
    family = newFamily(['acme']);
    family.improve('acme', 'feat: a page of help', { 'src/help.txt': 'help\n' });
    family.improve('acme', 'fix: nobody wants this', { 'src/unwanted.txt': 'unwanted\n' });
    family.configure({ validate: { checks: [{ name: 'slow', run: `echo run >> '${family.notes}/runs'; sleep 60` }] } });
    appendFileSync(join(family.target, 'src/app.txt'), 'not saved in any commit\n');
    writeFileSync(join(family.target, 'src/staged.txt'), 'staged\n');
    git(family.target, ['add', 'src/staged.txt']);
    writeFileSync(join(family.target, 'notes.txt'), 'not known to git\n');
    before = fingerprint(family.target);
    workbench = await family.open({ settings: { 'autosync.polling.mode': 'off', 'git.enabled': false } });
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.row(/acme/).waitFor();
  });

  it('after a scan', async () => {
    await workbench.palette.run('AutoSync: Scan');
    await workbench.sideBar.row(/a page of help/).waitFor();
    expect(fingerprint(family.target)).toEqual(before);
  });

  it('after a preview and an explanation', async () => {
    await workbench.palette.run('AutoSync: Preview...');
    await workbench.palette.pick(/a page of help/);
    await workbench.tab(/Preview feat: a page of help/).waitFor();
    await workbench.palette.run('AutoSync: Explain...');
    await workbench.palette.pick(/a page of help/);
    await workbench.tab(/^Explain/).waitFor();
    expect(fingerprint(family.target)).toEqual(before);
  });

  it('after a decline', async () => {
    await workbench.palette.run('AutoSync: Decline...');
    await workbench.palette.pick(/nobody wants this/);
    await workbench.palette.answer('we do it another way');
    await workbench.palette.pick(/For good/);
    await workbench.notifications.toast('Declined 1 commit for good.').waitFor();
    expect(fingerprint(family.target)).toEqual(before);
  });

  it('after a run that was cancelled while a check ran', async () => {
    await workbench.palette.run('AutoSync: Sync Now');
    await workbench.notifications.dialog.waitFor();
    await workbench.notifications.confirm('Sync');
    await expect.poll(() => existsSync(join(family.notes, 'runs')), { timeout: 20_000 }).toBe(true);
    await workbench.palette.run('AutoSync: Cancel Run');
    await workbench.page.getByText('AutoSync: cancelled').waitFor();
    expect(fingerprint(family.target)).toEqual(before);
    expect((await family.engine().overview()).lastRun?.outcome).toBe('cancelled');
  });
});

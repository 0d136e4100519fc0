import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { processesWith } from '../support/processes.js';
import { newFamily } from './family.js';

it('a window that is closed in the middle of a run ends the check, and the next one works', async () => {
  const family = newFamily(['acme']);
  family.improve('acme', 'feat: a page of help', { 'src/help.txt': 'help\n' });
  const noted = join(family.notes, 'began');
  family.configure({ validate: { checks: [{ name: 'slow', run: `touch '${noted}'; sleep 300` }] } });
  await family.scan();
  const workbench = await family.open({ settings: { 'autosync.polling.mode': 'off' } });
  await workbench.sideBar.open('AutoSync');
  await workbench.untilStatus(/incoming/);
  await workbench.palette.run('AutoSync: Sync Now');
  await workbench.notifications.confirm('Sync');
  await expect.poll(() => existsSync(noted), { timeout: 20_000 }).toBe(true);
  expect(processesWith(noted)).not.toEqual([]);

  await workbench.reload();
  await expect.poll(() => processesWith(noted), { timeout: 20_000 }).toEqual([]);
  await workbench.untilStatus(/incoming/);
  expect((await family.engine().overview()).lastRun?.outcome).toBe('cancelled');
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newFamily } from './family.js';

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it('a window that is closed in the middle of a run ends the check, and the next one works', async () => {
  const family = newFamily(['acme']);
  family.improve('acme', 'feat: a page of help', { 'src/help.txt': 'help\n' });
  const noted = join(family.notes, 'pid');
  family.configure({ validate: { checks: [{ name: 'slow', run: `echo $$ > '${noted}'; sleep 300` }] } });
  await family.scan();
  const workbench = await family.open({ settings: { 'autosync.polling.mode': 'off' } });
  await workbench.sideBar.open('AutoSync');
  await workbench.untilStatus(/incoming/);
  await workbench.palette.run('AutoSync: Sync Now');
  await workbench.notifications.confirm('Sync');
  await expect.poll(() => existsSync(noted) && Number(readFileSync(noted, 'utf8')) > 0, { timeout: 20_000 }).toBe(true);
  const check = Number(readFileSync(noted, 'utf8'));
  expect(isAlive(check)).toBe(true);

  await workbench.reload();
  await expect.poll(() => isAlive(check), { timeout: 10_000 }).toBe(false);
  await workbench.untilStatus(/incoming/);
  expect((await family.engine().overview()).lastRun?.outcome).toBe('cancelled');
});

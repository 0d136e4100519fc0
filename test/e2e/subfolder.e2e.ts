import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openEditor } from './editor.js';
import { newFamily } from './family.js';

it('a window on a folder deep in a repository follows what is kept at its root', async () => {
  const family = newFamily(['acme']);
  await family.scan();
  const workbench = await openEditor(join(family.target, 'src'), {
    settings: { 'autosync.polling.mode': 'off' },
    environment: { XDG_CACHE_HOME: family.cache },
  });
  await workbench.sideBar.open('AutoSync');
  await workbench.untilStatus(/in step/);
  family.improve('acme', 'feat: a page of help', { 'src/help.txt': 'help\n' });
  await family.scan();
  await workbench.untilStatus(/1 incoming/);
  rmSync(join(family.target, '.autosync'), { recursive: true });
  await workbench.sideBar.welcome.getByRole('button', { name: 'Find Siblings' }).waitFor();
  family.configure({});
  await workbench.sideBar.row(/acme, not looked at yet/).waitFor();
  await family.scan();
  await workbench.untilStatus(/1 incoming/);
  expect(workbench.extensionErrors()).toEqual([]);
});

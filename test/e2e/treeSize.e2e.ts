import { beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/store.js';
import { commitsFact, makeCommit, makeSibling, NOON } from '../store/sampleFacts.js';
import { newFamily } from './family.js';
import type { Workbench } from './workbench.js';

const ROWS = 10_000;

describe('ten thousand incoming commits', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    const family = newFamily();
    const store = await openStore({ root: family.target, clock: () => NOON });
    await store.record([
      { kind: 'sibling', sibling: makeSibling('acme') },
      commitsFact(
        'acme',
        Array.from({ length: ROWS }, (_unused, index) => makeCommit(index + 1)),
      ),
    ]);
    await store.close();
    workbench = await family.open({ settings: { 'autosync.polling.mode': 'off' } });
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.row(/^Sibling acme/).waitFor();
  });

  it('are shown a page at a time', async () => {
    await workbench.sideBar.row(/10,000 incoming/).waitFor();
    await workbench.palette.run('AutoSync: Focus on Incoming View');
    await workbench.page.keyboard.press('End');
    await workbench.sideBar.row(/^Show 200 more of 9800/).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.page.locator('.sidebar .monaco-list-row.focused[aria-label*="repair part"]').waitFor();
    await workbench.page.keyboard.press('End');
    await workbench.sideBar.row(/^Show 200 more of 9600/).waitFor();
  });

  it('are filtered while a person types', async () => {
    await workbench.palette.run('AutoSync: Filter Incoming...');
    await workbench.palette.input.pressSequentially('part 9999');
    await workbench.sideBar.row(/^fix: repair part 9999/).waitFor();
    await workbench.page.keyboard.press('Enter');
    expect((await workbench.sideBar.rows()).length).toBe(2);
    expect(workbench.extensionErrors()).toEqual([]);
  });
});

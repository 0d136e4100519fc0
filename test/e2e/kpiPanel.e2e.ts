import type { Frame } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StatusReport } from '../../src/core/reports.js';
import type { Standing } from '../../src/core/standing.js';
import { mixedFamily, type OpenableFamily } from './family.js';
import { THEMES, type Theme } from './themes.js';
import type { Workbench } from './workbench.js';

const sum = (status: StatusReport, standing: Standing): number =>
  status.siblings.reduce((total, { counts }) => total + (counts[standing] ?? 0), 0);

describe('the panel of figures', () => {
  let family: OpenableFamily;
  let workbench: Workbench;
  let page: Frame;

  beforeAll(async () => {
    family = mixedFamily();
    await family.sync();
    workbench = await family.open();
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.row(/acme/).waitFor();
    await workbench.palette.run('AutoSync: Show KPI Panel');
    page = await workbench.webview('AutoSync');
    await page.getByRole('button', { name: /Waits for you/ }).waitFor();
  });

  it('has the figures of `autosync status --json`', async () => {
    const status = await family.engine().status();
    const waiting = sum(status, 'review') + sum(status, 'conflict');
    expect(waiting).toBeGreaterThan(0);
    const tile = async (name: RegExp): Promise<string> => page.getByRole('button', { name }).first().innerText();
    expect(await tile(/Waits for you/)).toMatch(new RegExp(`\\b${waiting}\\b`));
    expect(await tile(/^Landed/)).toMatch(new RegExp(`\\b${sum(status, 'landed')}\\b`));
    for (const sibling of status.siblings)
      expect(await page.getByRole('row', { name: new RegExp(sibling.name) }).count()).toBe(1);
  });

  it('leads from a figure to its rows in the tree', async () => {
    await page.getByRole('button', { name: /Waits for you/ }).click();
    await workbench.sideBar.row(/the third line too/).waitFor();
    expect(await workbench.sideBar.row(/a page of help/).count()).toBe(0);
  });

  it('follows what happens', async () => {
    family.improve('acme', 'feat: one more page', { 'src/more.txt': 'more\n' });
    await family.sync();
    await expect
      .poll(
        () =>
          page
            .getByRole('button', { name: /^Landed/ })
            .first()
            .innerText(),
        { timeout: 15_000 },
      )
      .toMatch(new RegExp(`\\b${sum(await family.engine().status(), 'landed')}\\b`));
  });

  it('is readable in every theme, and breaks no content policy', async () => {
    for (const theme of Object.keys(THEMES) as Theme[]) {
      await workbench.useTheme(theme);
      await workbench.screenshot(`panel-${theme}`);
    }
    expect(workbench.policyViolations()).toEqual([]);
    expect(workbench.extensionErrors()).toEqual([]);
  });
});

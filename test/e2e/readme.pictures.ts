import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../host/places.js';
import { openEditor } from './editor.js';
import { sampleTarget } from './family.js';
import type { Workbench } from './workbench.js';

/** Pictures that people read: they are made anew by `npm run pictures`, looked at, and kept in git. */
const PLACE = join(ROOT, 'media/screenshots');

describe('pictures of the sample family', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    const target = sampleTarget();
    workbench = await openEditor(target, {
      settings: { 'autosync.polling.mode': 'off', 'breadcrumbs.enabled': false },
      environment: { XDG_CACHE_HOME: join(dirname(target), '../cache') },
    });
    await workbench.resize(1280, 760);
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.row(/globex/).waitFor();
    await widen(520);
  });

  /** Drags the border of the side bar. */
  async function widen(to: number): Promise<void> {
    const edge = await workbench.page.locator('.part.sidebar').boundingBox();
    if (edge === null) throw new Error('There is no side bar.');
    const { mouse } = workbench.page;
    await mouse.move(edge.x + edge.width, edge.y + 300);
    await mouse.down();
    await mouse.move(to, edge.y + 300, { steps: 5 });
    await mouse.up();
  }

  async function keep(name: string): Promise<void> {
    mkdirSync(PLACE, { recursive: true });
    await workbench.page.waitForTimeout(500);
    await workbench.page.screenshot({ path: join(PLACE, `${name}.png`), animations: 'disabled' });
  }

  it('the incoming view beside a preview', async () => {
    await workbench.sideBar.act(/let the country decide/, 'Preview');
    await workbench.page.locator('.multiDiffEntry').first().waitFor();
    await workbench.sideBar.expand(/let the country decide/);
    await keep('incoming');
  });

  it('why a commit stands where it does', async () => {
    const row = workbench.sideBar.row(/a short receipt/);
    await row.hover();
    await workbench.page.locator('.monaco-hover:visible').last().waitFor();
    await keep('verdict');
    await workbench.page.keyboard.press('Escape');
  });

  it('the panel of figures', async () => {
    await workbench.palette.run('View: Close All Editors');
    await workbench.palette.run('AutoSync: Show KPI Panel');
    const page = await workbench.webview('AutoSync');
    await page.getByRole('button', { name: /Waits for you/ }).waitFor();
    await keep('panel');
    expect(workbench.extensionErrors()).toEqual([]);
  });
});

import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { newFamily } from './family.js';
import type { Workbench } from './workbench.js';

/** Subjects that would do harm where they were taken for more than text, and how they are shown. */
const SUBJECTS: readonly (readonly [written: string, shown: string])[] = [
  [
    'fix: [x](command:workbench.action.terminal.sendSequence) in a link',
    '[x](command:workbench.action.terminal.sendSequence) in a link',
  ],
  ['fix: <img src=x onerror=alert(1)> in a tag', '<img src=x onerror=alert(1)> in a tag'],
  ['fix: $(trash) **bold** `code` in an icon', '$(trash) **bold** `code` in an icon'],
  ['fix: \u202egnp.exe\u202c\u2066 \u001b[2J\u001b]8;;http://evil.example\u0007turned around', 'gnp.exe turned around'],
];

describe('a subject that is more than text', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    const family = newFamily();
    for (const [index, [subject]] of SUBJECTS.entries())
      family.improve('acme', subject, { [`src/<img src=x onerror=alert(${index})>.txt`]: 'text\n' });
    await family.scan();
    workbench = await family.open({ settings: { 'autosync.polling.mode': 'off' } });
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.row(/^Sibling acme/).waitFor();
  });

  /** The tooltip of a row; the pointer comes from elsewhere, so that no other tooltip is in the way. */
  async function tooltipOf(row: Locator, text: string): Promise<Locator> {
    const hover = workbench.page.locator('.monaco-hover:visible');
    // A hover that opens while the pointer leaves goes with its next move.
    const others = async (): Promise<number> => {
      await workbench.page.mouse.move(850 + 100 * Math.random(), 600);
      return hover.count();
    };
    await expect.poll(others).toBe(0);
    await row.hover();
    const own = hover.filter({ hasText: text });
    await own.waitFor();
    return own;
  }

  it.each(SUBJECTS)('is plain text in its row and tooltip: %j', async (_written, shown) => {
    const row = workbench.page.locator('.sidebar .monaco-list-row', { hasText: shown.slice(-12) }).first();
    expect(await row.locator('.monaco-highlighted-label').first().innerText()).toBe(`fix: ${shown}`);
    const hover = await tooltipOf(row, shown);
    expect(await hover.innerText()).toContain(`fix: ${shown}`);
    expect(await hover.locator('a, img, .codicon-trash').count()).toBe(0);
    expect(
      await row
        .locator('a:not(.label-name):not(.action-label):not([class*=monaco]), img, .label-name .codicon')
        .count(),
    ).toBe(0);
  });

  it('is plain text in the name of a file', async () => {
    await workbench.sideBar.expand(/in a tag/);
    const file = workbench.sideBar.row(/^src\/<img src=x onerror=alert\(1\)>\.txt, kept/);
    await file.waitFor();
    expect(await workbench.page.locator('.sidebar img').count()).toBe(0);
    await workbench.screenshot('tree-foreign-text');
    expect(workbench.policyViolations()).toEqual([]);
  });
});

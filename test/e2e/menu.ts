import type { Locator } from 'playwright-core';

/** Milliseconds that a menu ignores clicks for after it opened. */
const SETTLES = 150;

async function shown(item: Locator): Promise<Locator> {
  await item.waitFor();
  await item.page().waitForTimeout(SETTLES);
  return item;
}

/** Opens what `target` has as a menu, with the right or the left button, and chooses an item of it. */
export async function chooseFrom(target: Locator, button: 'left' | 'right', item: string | RegExp): Promise<void> {
  await target.click({ button });
  const entry = await shown(target.page().getByRole('menuitem', { name: item }).first());
  await entry.click();
}

/** The items of the menu that `target` has; the menu is closed again. */
export async function itemsOf(target: Locator, button: 'left' | 'right'): Promise<readonly string[]> {
  const page = target.page();
  await target.click({ button });
  await shown(page.getByRole('menuitem').first());
  // A shortcut stands below an item's name.
  const items = await page.getByRole('menuitem').allInnerTexts();
  await page.keyboard.press('Escape');
  return items.map((text) => text.trim().split('\n')[0] ?? '').filter(Boolean);
}

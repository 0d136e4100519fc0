import type { Locator, Page } from 'playwright-core';

/** Milliseconds that a menu ignores clicks for after it opened. */
const MENU_SETTLES = 150;

/** The side bar: view containers, their trees, and the menus of rows. */
export class SideBar {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens a view container by its title in the activity bar. */
  async open(title: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: new RegExp(`^${title}`) });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.page.locator('.sidebar .composite.title', { hasText: new RegExp(title, 'i') }).waitFor();
  }

  /** A row of a tree by its accessible name: the tooltip or label of the item. */
  row(name: string | RegExp): Locator {
    return this.page.locator('.sidebar').getByRole('treeitem', { name }).first();
  }

  /** The names of all rows that are shown, from above. */
  rows(): Promise<readonly string[]> {
    return this.page
      .locator('.sidebar')
      .getByRole('treeitem')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
  }

  /** Text of the view where it has no rows. */
  get welcome(): Locator {
    return this.page.locator('.sidebar .welcome-view-content');
  }

  /** Opens a row of a tree, so that what is below it is shown. */
  async expand(name: string | RegExp): Promise<void> {
    const row = this.row(name);
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.locator('.monaco-tl-twistie').click();
    await this.page.locator('.sidebar').getByRole('treeitem', { name, expanded: true }).first().waitFor();
  }

  /** Clicks the button that a row shows when the pointer is on it. */
  async act(name: string | RegExp, action: string): Promise<void> {
    const row = this.row(name);
    await row.hover();
    await row.getByRole('button', { name: action }).click();
  }

  /** Chooses from the context menu of a row. */
  async choose(name: string | RegExp, item: string | RegExp): Promise<void> {
    const entry = await this.openMenu(name, item);
    await entry.click();
  }

  /** What the context menu of a row offers. */
  async offers(name: string | RegExp): Promise<readonly string[]> {
    await this.openMenu(name, /./);
    const items = await this.page.getByRole('menuitem').allInnerTexts();
    await this.page.keyboard.press('Escape');
    return items.map((text) => text.trim()).filter(Boolean);
  }

  /** Clicks a button in the title of a view; the pointer has to be on the view. */
  async titleAction(view: string, action: string): Promise<void> {
    const pane = this.page.locator('.sidebar .pane', { has: this.page.locator('.pane-header', { hasText: view }) });
    await pane.hover();
    await pane.locator('.pane-header').getByRole('button', { name: action }).click();
  }

  private async openMenu(name: string | RegExp, item: string | RegExp): Promise<Locator> {
    await this.row(name).click({ button: 'right' });
    const entry = this.page.getByRole('menuitem', { name: item }).first();
    await entry.waitFor();
    await this.page.waitForTimeout(MENU_SETTLES);
    return entry;
  }
}

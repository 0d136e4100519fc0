import type { Locator, Page } from 'playwright-core';
import { chooseFrom, itemsOf } from './menu.js';

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
  choose(name: string | RegExp, item: string | RegExp): Promise<void> {
    return chooseFrom(this.row(name), 'right', item);
  }

  /** What the context menu of a row offers. */
  offers(name: string | RegExp): Promise<readonly string[]> {
    return itemsOf(this.row(name), 'right');
  }

  /** Clicks a button above the tree; buttons of a view show while the pointer is on it. */
  async press(action: string | RegExp): Promise<void> {
    await this.page.locator('.sidebar').hover();
    await this.title.getByRole('button', { name: action }).first().click();
  }

  /** Chooses from the menu of further actions above the tree. */
  async chooseMore(item: string | RegExp): Promise<void> {
    await this.page.locator('.sidebar').hover();
    await chooseFrom(this.title.getByRole('button', { name: 'More Actions' }).first(), 'left', item);
  }

  /** What the menu of further actions above the tree offers. */
  async offersMore(): Promise<readonly string[]> {
    await this.page.locator('.sidebar').hover();
    return itemsOf(this.title.getByRole('button', { name: 'More Actions' }).first(), 'left');
  }

  /** What stands above the tree: the title of the container, and of each view where there are several. */
  get title(): Locator {
    return this.page.locator('.sidebar .composite.title, .sidebar .pane-header');
  }
}

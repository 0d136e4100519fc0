import type { Locator, Page } from 'playwright-core';

/** Milliseconds for one try, and how often a command is tried: a webview that takes the focus closes the palette. */
const [TRY, TRIES] = [3000, 5];

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The command palette, and every other quick input that asks a person. */
export class Palette {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The line that a person types into. */
  get input(): Locator {
    return this.page.locator('.quick-input-widget:visible input[type=text]');
  }

  /** What a quick input says below its line, such as why an answer will not do. */
  get message(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-message');
  }

  /** The first choice with a name. */
  choice(name: string | RegExp): Locator {
    return this.page.locator('.quick-input-list').getByRole('option', { name }).first();
  }

  /** The names of all choices that are shown. */
  choices(): Promise<readonly string[]> {
    return this.page
      .locator('.quick-input-list')
      .getByRole('option')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
  }

  /** Runs a command by its title with its category: `AutoSync: Refresh`. */
  async run(title: string): Promise<void> {
    const row = this.choice(new RegExp(`^${literally(title)}(,|$)`));
    for (let tries = 1; ; tries++) {
      try {
        await this.page.keyboard.press('F1');
        await this.input.fill(`>${title}`, { timeout: TRY });
        await row.click({ timeout: TRY });
        break;
      } catch (error) {
        if (tries === TRIES) throw error;
        // An open palette goes on offering what could be done when it was opened.
        await this.page.keyboard.press('Escape');
      }
    }
    await row.waitFor({ state: 'hidden' });
  }

  /** The titles of the commands that the palette offers for some words. */
  async offers(words: string): Promise<readonly string[]> {
    await this.page.keyboard.press('F1');
    await this.input.fill(`>${words}`);
    await this.choice(/./).waitFor();
    const titles = await this.choices();
    await this.page.keyboard.press('Escape');
    return titles;
  }

  /** Picks a choice of the quick input that is open. */
  async pick(name: string | RegExp): Promise<void> {
    await this.choice(name).click();
  }

  /** Answers the quick input that is open with text. */
  async answer(text: string): Promise<void> {
    await this.input.fill(text);
    await this.page.keyboard.press('Enter');
  }
}

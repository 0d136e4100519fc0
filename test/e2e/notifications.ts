import type { Locator, Page } from 'playwright-core';

/** What the editor tells and asks: toasts, the list of them, and dialogs that must be answered. */
export class Notifications {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** A toast that says something. */
  toast(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast', { hasText: text }).first();
  }

  /** Waits for a toast and clicks one of its buttons. */
  async answer(text: string | RegExp, button: string): Promise<void> {
    const toast = this.toast(text);
    await toast.waitFor();
    await toast.getByRole('button', { name: button, exact: true }).click();
  }

  /** Opens the list of notifications by its bell in the status bar, and answers it. */
  async list(): Promise<Locator> {
    await this.page.locator('[id="status.notifications"]').click();
    const center = this.page.locator('.notifications-center.visible');
    await center.waitFor();
    return center;
  }

  /** The dialog that must be answered before anything else. */
  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** Answers the dialog with one of its buttons. */
  async confirm(button: string): Promise<void> {
    await this.dialog.getByRole('button', { name: button, exact: true }).click();
    await this.dialog.waitFor({ state: 'hidden' });
  }
}

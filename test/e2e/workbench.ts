import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Frame, Locator, Page } from 'playwright-core';
import { ROOT } from '../host/places.js';
import type { Server } from '../host/server.js';
import { type EditorWindow, openWindow } from '../host/window.js';
import { Notifications } from './notifications.js';
import { Palette } from './palette.js';
import { SideBar } from './sideBar.js';
import { THEMES, type Theme } from './themes.js';

/** Milliseconds in which a window, or a webview in it, must show. */
const SHOWS_WITHIN = 30_000;

const SCREENSHOTS = join(ROOT, 'test/e2e/screenshots');

async function keepPicture(page: Page, name: string): Promise<string> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const path = join(SCREENSHOTS, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  return path;
}

/** A window of the editor, as a person uses it. */
export class Workbench {
  readonly page: Page;
  readonly palette: Palette;
  readonly sideBar: SideBar;
  readonly notifications: Notifications;
  private readonly server: Server;
  private readonly profile: BrowserContext;
  private readonly console: readonly string[];

  private constructor(server: Server, profile: BrowserContext, { page, console }: EditorWindow) {
    this.server = server;
    this.profile = profile;
    this.page = page;
    this.console = console;
    this.palette = new Palette(page);
    this.sideBar = new SideBar(page);
    this.notifications = new Notifications(page);
  }

  /** Opens a folder, or a `.code-workspace` file, in a window of a profile. */
  static async open(server: Server, profile: BrowserContext, open: string): Promise<Workbench> {
    const workbench = new Workbench(server, profile, await openWindow(profile, server.port, { open }));
    await workbench.untilShown();
    return workbench;
  }

  /** A second window of the same person on the same editor. */
  openBeside(open: string): Promise<Workbench> {
    return Workbench.open(this.server, this.profile, open);
  }

  /** Puts the window before the others of its profile: a browser does not draw what is behind. */
  async toFront(): Promise<void> {
    await this.page.bringToFront();
  }

  /** Loads the window again: extensions start anew, the editor keeps what it remembers. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.untilShown();
  }

  /** AutoSync's item in the status bar. */
  get statusItem(): Locator {
    return this.page.locator('[id="autosync.autosync.autosync.status"]');
  }

  /** What AutoSync's status item says; waits until it is there. */
  async statusText(): Promise<string> {
    await this.statusItem.waitFor({ timeout: SHOWS_WITHIN });
    return (await this.statusItem.innerText()).trim();
  }

  /** Waits until AutoSync's status item says something. */
  async untilStatus(text: string | RegExp): Promise<void> {
    await this.statusItem.filter({ hasText: text }).waitFor({ timeout: SHOWS_WITHIN });
  }

  /** What a status item says when the pointer rests on it. */
  async hoverText(item: Locator): Promise<string> {
    await item.hover();
    const hover = this.page.locator('.monaco-hover:visible').last();
    await hover.waitFor();
    return hover.innerText();
  }

  /** Tab of an editor by its title. */
  tab(title: string | RegExp): Locator {
    return this.page.locator('.tabs-container').getByRole('tab', { name: title });
  }

  /** The page inside a webview, by the `<title>` of its HTML. */
  async webview(title: string): Promise<Frame> {
    for (const end = Date.now() + SHOWS_WITHIN; Date.now() < end; await this.page.waitForTimeout(100))
      for (const frame of this.page.frames())
        if (frame.url().includes('/pre/fake.html') && (await frame.title().catch(() => '')) === title) return frame;
    throw new Error(`No webview is called ${title}.`);
  }

  /** Changes the colours of the window, as a system does that goes from day to night, or to high contrast. */
  async useTheme(theme: Theme): Promise<void> {
    await this.page.emulateMedia(THEMES[theme].system);
    await this.page.locator(`.monaco-workbench.${THEMES[theme].kind}`).waitFor();
  }

  /** Trusts the folder that is open. */
  async trust(): Promise<void> {
    await this.palette.run('Workspaces: Manage Workspace Trust');
    await this.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await this.page.locator('[id="status.workspaceTrust"]').waitFor({ state: 'hidden' });
  }

  /** Closes an editor that lies over the whole window, such as that of trust, by a click beside it. */
  async closeModal(): Promise<void> {
    const block = this.page.locator('.monaco-modal-editor-block');
    await block.click({ position: { x: 4, y: 4 } });
    await block.waitFor({ state: 'hidden' });
  }

  /** Makes the window another size, in pixels. */
  async resize(width: number, height: number): Promise<void> {
    await this.page.setViewportSize({ width, height });
  }

  /** Keeps a picture of the window for people: `test/e2e/screenshots/NAME.png`. Answers its path. */
  screenshot(name: string): Promise<string> {
    return keepPicture(this.page, name);
  }

  /** Keeps a picture of every window that this person has open, as NAME-1 and so on. */
  async screenshots(name: string): Promise<void> {
    for (const [index, page] of this.profile.pages().entries())
      await keepPicture(page, `${name}-${index + 1}`).catch(() => undefined);
  }

  /** What the browser refused because of a page's content security policy, since the window opened. */
  policyViolations(): readonly string[] {
    return this.console.filter((line) => /Content Security Policy|\bCSP\b/i.test(line));
  }

  /** Errors of AutoSync in the log of the extension host, of all windows of this editor. */
  extensionErrors(): readonly string[] {
    const entries = this.server.extensionHostLog().split(/\n(?=\d{4}-\d\d-\d\d)/);
    return entries.filter((entry) => /\[error\]/.test(entry) && /autosync\.autosync/.test(entry));
  }

  private async untilShown(): Promise<void> {
    await this.page.locator('.monaco-workbench .statusbar').waitFor({ timeout: SHOWS_WITHIN });
  }
}

import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage', // containers have little of it
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Milliseconds that a locator waits. */
const PATIENCE = 30_000;

/** What a window opens. */
export interface WindowOptions {
  /** A folder, or a `.code-workspace` file. */
  readonly open: string;
  /** An extension that runs from its folder; needs a driven server. */
  readonly extension?: string;
  /** Tests that run inside the extension host; needs a driven server. */
  readonly tests?: string;
  /** Called with what the window logs, on a driven server. */
  readonly onLog?: (words: readonly unknown[]) => void;
}

/** A window of the editor. */
export interface EditorWindow {
  readonly page: Page;
  /** What the browser's console and uncaught errors said so far, a line each. */
  readonly console: readonly string[];
  /** The tests' exit code, once they ended. */
  readonly ended: Promise<number>;
}

/** Path of the browser that shows windows: the environment's CHROMIUM, else Debian's. Throws when there is none. */
export function browserPath(): string {
  const path = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  if (existsSync(path)) return path;
  throw new Error(
    `There is no browser at ${path}. Install Chromium (apt-get install chromium), or name one: CHROMIUM=PATH.`,
  );
}

/** Starts the browser. */
export const startBrowser = (): Promise<Browser> => chromium.launch({ executablePath: browserPath(), args: FLAGS });

/** Which colours a person's system asks for. */
export type SystemColors = Pick<BrowserContextOptions, 'colorScheme' | 'forcedColors'>;

/** One person's browser: windows in it share what they remember, as windows on one desktop do. */
export async function newProfile(browser: Browser, colors: SystemColors = {}): Promise<BrowserContext> {
  const profile = await browser.newContext({
    ...colors,
    viewport: { width: 1280, height: 860 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  profile.setDefaultTimeout(PATIENCE);
  // The key of the secret storage: with one that stays, secrets survive a reload.
  await profile.route('**/mint-key', (route) => route.fulfill({ body: Buffer.alloc(32, 7) }));
  return profile;
}

/** The address of a window on the server at a port. */
function addressOf(port: number, { open, extension, tests }: WindowOptions): string {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = [
    ['skipWelcome', 'true'],
    ...(extension === undefined ? [] : [['extensionDevelopmentPath', remote(extension)]]),
    ...(tests === undefined ? [] : [['extensionTestsPath', remote(tests)]]),
  ];
  const kind = open.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const query = new URLSearchParams({ [kind]: open, payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query}`;
}

/** Opens a window on the server at a port. */
export async function openWindow(profile: BrowserContext, port: number, options: WindowOptions): Promise<EditorWindow> {
  const page = await profile.newPage();
  const console: string[] = [];
  page.on('console', (message) => console.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => console.push(`uncaught: ${error.message}`));
  await page.exposeFunction('codeAutomationLog', (_kind: string, words: unknown[]) => options.onLog?.(words));
  const ended = new Promise<number>((settled) => {
    void page.exposeFunction('codeAutomationExit', (code: number) => settled(code));
  });
  await page.goto(addressOf(port, options));
  return { page, console, ended };
}

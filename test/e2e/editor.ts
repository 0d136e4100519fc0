import type { Browser } from 'playwright-core';
import { afterAll, afterEach } from 'vitest';
import { VSIX } from '../host/places.js';
import { type Server, startServer } from '../host/server.js';
import type { KeyBinding } from '../host/serverFolder.js';
import { newProfile, startBrowser } from '../host/window.js';
import { THEMES, type Theme } from './themes.js';
import { Workbench } from './workbench.js';

/** How an editor differs from the usual one: everything trusted, in Dark Modern. */
export interface EditorOptions {
  readonly theme?: Theme;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly keys?: readonly KeyBinding[];
  readonly environment?: Readonly<Record<string, string>>;
  /** When true the folder opens in Restricted Mode. */
  readonly asksForTrust?: boolean;
}

const running: { readonly servers: Server[]; readonly workbenches: Workbench[]; browser: Promise<Browser> | null } = {
  servers: [],
  workbenches: [],
  browser: null,
};

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  const name = task.name.replace(/[^a-z0-9]+/gi, '-');
  for (const [index, workbench] of running.workbenches.entries())
    await workbench.screenshot(`failed-${name}-${index + 1}`).catch(() => undefined);
});

afterAll(async () => {
  await (await running.browser)?.close();
  await Promise.all(running.servers.splice(0).map((server) => server.stop()));
});

/** Opens a folder in a new editor in which the packaged extension is installed. It ends with the test file. */
export async function openEditor(folder: string, options: EditorOptions = {}): Promise<Workbench> {
  const { theme = 'Dark Modern', settings, keys = [], environment = {}, asksForTrust = false } = options;
  running.browser ??= startBrowser();
  const server = await startServer({
    host: 'current',
    vsix: VSIX,
    settings: { 'workbench.colorTheme': THEMES[theme].setting, ...settings },
    keys,
    environment,
    asksForTrust,
  });
  running.servers.push(server);
  const workbench = await Workbench.open(server, await newProfile(await running.browser), folder);
  running.workbenches.push(workbench);
  return workbench;
}

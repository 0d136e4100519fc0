import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeEach, inject } from 'vitest';
import { type Server, startServer } from '../host/server.js';
import type { KeyBinding } from '../host/serverFolder.js';
import { newProfile, startBrowser } from '../host/window.js';
import { FOLLOWS_SYSTEM, THEMES, type Theme } from './themes.js';
import { Workbench } from './workbench.js';

/** How an editor differs from the usual one: everything trusted, in Dark Modern. */
export interface EditorOptions {
  readonly theme?: Theme;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly keys?: readonly KeyBinding[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Folders of extensions that stand in for built-in ones of these names. */
  readonly standIns?: Readonly<Record<string, string>>;
  /** When true the folder opens in Restricted Mode. */
  readonly asksForTrust?: boolean;
}

/** An editor that runs, with its windows. */
interface Running {
  readonly server: Server;
  readonly workbench: Workbench;
}

const running: { editors: Running[]; browser: Promise<Browser> | null } = { editors: [], browser: null };

/** Ends all editors but some: what nobody looks at any more takes the processor from what is looked at. */
async function endOthers(kept: readonly Running[]): Promise<void> {
  const ended = running.editors.filter((editor) => !kept.includes(editor));
  running.editors = [...kept];
  await Promise.all(ended.map(({ workbench }) => workbench.page.context().close()));
  await Promise.all(ended.map(({ server }) => server.stop()));
}

/** The editors that were there before the test. */
let before: readonly Running[] = [];

beforeEach(() => {
  before = [...running.editors];
});

afterEach(async ({ task }) => {
  const name = task.name.replace(/[^a-z0-9]+/gi, '-');
  if (task.result?.state === 'fail')
    for (const [index, { workbench }] of running.editors.entries())
      await workbench.screenshots(`failed-${name}-${index + 1}`);
  await endOthers(before);
});

afterAll(async () => {
  await endOthers([]);
  await (await running.browser)?.close();
});

/** Opens a folder in a new editor in which the packaged extension is installed. It ends with the test, or the file, that opened it. */
export async function openEditor(folder: string, options: EditorOptions = {}): Promise<Workbench> {
  const { theme = 'Dark Modern', settings, keys = [], environment = {}, standIns = {}, asksForTrust = false } = options;
  running.browser ??= startBrowser();
  const server = await startServer({
    host: 'current',
    extensions: inject('extensions'),
    settings: { ...FOLLOWS_SYSTEM, ...settings },
    keys,
    environment,
    standIns,
    asksForTrust,
  });
  try {
    const workbench = await Workbench.open(
      server,
      await newProfile(await running.browser, THEMES[theme].system),
      folder,
    );
    running.editors.push({ server, workbench });
    return workbench;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

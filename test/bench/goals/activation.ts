import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workbench } from '../../e2e/workbench.js';
import { nodeOf, ROOT, VSIX } from '../../host/places.js';
import { type Server, startServer } from '../../host/server.js';
import { newProfile, startBrowser } from '../../host/window.js';
import { git } from '../../support/plainGit.js';
import { freshPath } from '../ground.js';
import { GOAL, type Measured } from '../measured.js';
import { median } from '../stopwatch.js';

/** Milliseconds of our own synchronous work that a window may wait for. */
const LONGEST = 30;

/** Words that only stand in a bundle with the database, the git client or the network client in it. */
const HEAVY = ['sql-wasm', 'simple-git', 'api.github.com'];

/** Stands before git on the PATH and notes how it was called. */
function spyOnGit(): { readonly folder: string; readonly log: string } {
  const folder = freshPath('spy');
  const log = join(folder, 'calls');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'git'), `#!/bin/sh\necho "$*" >> '${log}'\nPATH="\${PATH#*:}" exec git "$@"\n`);
  chmodSync(join(folder, 'git'), 0o755);
  return { folder, log };
}

/** How often AutoSync called git: its calls alone switch hooks off. */
const ownCalls = (log: string): number =>
  existsSync(log)
    ? readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line.includes('core.hooksPath')).length
    : 0;

/** A target with a sibling, for the configuration that activates AutoSync. */
function makeTarget(): string {
  const target = freshPath('target');
  mkdirSync(join(target, '.autosync'), { recursive: true });
  writeFileSync(join(target, 'readme.txt'), 'A target.\n');
  writeFileSync(join(target, '.autosync/config.json'), '{ "siblings": [{ "name": "acme", "path": "../acme" }] }\n');
  git(target, ['init', '-q', '-b', 'main']);
  git(target, ['add', 'readme.txt']);
  git(target, ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.test', 'commit', '-qm', 'chore: first']);
  return target;
}

/** Milliseconds of one activation: until our code is loaded, and inside the call of `activate`. */
interface Activation {
  readonly load: number;
  readonly call: number;
}

/** What the editor itself measured of AutoSync's activation, as it tells under "Startup Performance". */
async function activationTime({ page, palette }: Workbench): Promise<Activation> {
  await palette.run('View: Close All Editors');
  await palette.run('Developer: Startup Performance');
  const lines = page.locator('.editor-instance .view-lines').first();
  await lines.filter({ hasText: 'System Info' }).click();
  // The report is long, and only the lines in sight are in the page.
  await page.keyboard.press('Control+F');
  await page.keyboard.type('autosync.autosync');
  const row = page.locator('.editor-instance .view-line', { hasText: /autosync\.autosync\s*\|/ }).first();
  await page.keyboard.press('Enter');
  await row.waitFor();
  const [, , , load, call] = (await row.innerText()).split('|').map((cell) => Number(cell.trim()));
  return { load: load ?? Number.NaN, call: call ?? Number.NaN };
}

/** Goal 13: what a window waits for when AutoSync is activated, and what has started by then. */
export async function activationGoal(rounds: number): Promise<readonly Measured[]> {
  if (!existsSync(VSIX) || !existsSync(nodeOf('current'))) return [];
  const target = makeTarget();
  const { folder, log } = spyOnGit();
  const browser = await startBrowser();
  const server: Server = await startServer({
    host: 'current',
    vsix: VSIX,
    environment: { PATH: `${folder}:${process.env['PATH'] ?? ''}`, XDG_CACHE_HOME: `${target}-cache` },
    settings: { 'autosync.polling.mode': 'off' },
  });
  try {
    const found: Activation[] = [];
    const workbench = await Workbench.open(server, await newProfile(browser), target);
    await workbench.statusItem.waitFor();
    const early = ownCalls(log);
    for (let round = 0; round < rounds; round++) {
      found.push(await activationTime(workbench));
      await workbench.reload();
      await workbench.statusItem.waitFor();
    }
    const bundle = readFileSync(join(ROOT, 'dist/extension.cjs'), 'utf8');
    const heavy = HEAVY.filter((word) => bundle.includes(word));
    return [
      {
        goal: '13',
        what: 'activation in a real editor, load and own synchronous work',
        value: median(found.map(({ load, call }) => load + call)),
        unit: 'ms',
        want: GOAL.atMost(LONGEST),
        note: `load + activate: ${found.map(({ load, call }) => `${load} + ${call}`).join(', ')} ms; ${early} git processes of ours by then; the entry holds ${heavy.join(', ') || 'no database, git or network client'}`,
        wrong: early > 0 || heavy.length > 0 ? 'something heavy starts with the window' : null,
      },
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}

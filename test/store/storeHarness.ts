import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import type { StorePort } from '../../src/core/ports.js';
import { openStore, type StoreOptions } from '../../src/store/store.js';
import { NOON } from './sampleFacts.js';

/** An empty folder that is gone after the test. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'autosync-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens a store that takes no snapshot by itself. */
export function openQuiet(root: string, options: Partial<StoreOptions> = {}): Promise<StorePort> {
  return openStore({ root, clock: () => NOON, snapshotDelayMs: 3_600_000, ...options });
}

/** Everything that a store says, for comparison. */
export function allOf(store: StorePort): unknown {
  return {
    siblings: store.siblings(),
    commits: store.commits(),
    decisions: store.decisions(),
    resolutions: store.resolutions(),
    landings: store.landings(),
    pullRequests: store.pullRequests(),
    chains: store.chains(),
    runs: store.runs(1_000_000),
    check: store.check('tree/test'),
  };
}

/** Bundles a child program of these tests to a file that node can run. */
export async function bundleChild(name: string): Promise<string> {
  const outfile = join(await makeFolder(), `${name}-${randomBytes(4).toString('hex')}.cjs`);
  await build({
    entryPoints: [join(import.meta.dirname, 'children', `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
    logOverride: { 'empty-import-meta': 'silent' },
  });
  return outfile;
}

/** Every file of AutoSync's folder with its content and its time, but for the lock that comes and goes. */
export async function treeOf(root: string): Promise<unknown> {
  const folder = join(root, '.autosync');
  const names = (await readdir(folder, { recursive: true })).filter((name) => name !== 'lock').toSorted();
  const files = names.map(async (name) => {
    const facts = await stat(join(folder, name));
    return facts.isFile() ? [name, facts.mtimeMs, await readFile(join(folder, name), 'latin1')] : [name];
  });
  return Promise.all(files);
}

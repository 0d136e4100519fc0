import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../../src/core/engine.js';
import type { RunReport } from '../../../src/core/enhancement.js';
import { createEngine } from '../../../src/engine.js';
import { NEVER } from '../ground.js';

/** A sibling in a folder or behind an address. */
export type BenchSibling = { readonly name: string; readonly branch: string } & (
  | { readonly path: string }
  | { readonly url: string }
);

/** Writes a policy that takes every type of commit from these siblings. */
export function configure(target: string, siblings: readonly BenchSibling[]): void {
  mkdirSync(join(target, '.autosync'), { recursive: true });
  writeFileSync(
    join(target, '.autosync', 'config.json'),
    JSON.stringify({ version: 1, siblings, filter: { types: ['*'] } }),
  );
}

/** An engine on a target, with its own cache. */
export const engineOn = (workspace: string, cache: string): Engine =>
  createEngine({ workspace, cache, environment: {}, progress: () => undefined });

/** One scan. Throws when a sibling failed. */
export async function scan(engine: Engine): Promise<RunReport> {
  const report = await engine.scan({ signal: NEVER });
  for (const { name, error } of report.siblings) if (error !== null) throw new Error(`${name}: ${error}`);
  return report;
}

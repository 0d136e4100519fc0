import { spawnSync } from 'node:child_process';

/**
 * Version of the Node that checks find on the search path, which need not be the one that runs AutoSync
 * (inside an editor it is not); `none` when there is none.
 */
export function nodeVersionOn(path: string): string {
  const result = spawnSync('node', ['--version'], { env: { PATH: path }, encoding: 'utf8', timeout: 10_000 });
  return result.status === 0 ? result.stdout.trim() : 'none';
}

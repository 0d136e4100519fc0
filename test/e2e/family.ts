import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Sha } from '../../src/core/commit.js';
import { ROOT } from '../host/places.js';
import { appWith, type Family, type Files, makeFamily } from '../support/family.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { type EditorOptions, openEditor } from './editor.js';
import type { Workbench } from './workbench.js';

/** A family on disk that editors open; whatever runs outside of the editor shares its cache. */
export interface OpenableFamily extends Family {
  /** Commits something to a sibling that the target lacks. */
  improve(sibling: string, subject: string, files: Files): Sha;
  /** Opens the target in an editor of its own. */
  open(options?: EditorOptions): Promise<Workbench>;
}

/** A target and its siblings, all equal, in a temporary folder that is gone after the test file. */
export function newFamily(siblings: readonly string[] = ['acme']): OpenableFamily {
  const family = makeFamily(siblings);
  return {
    ...family,
    improve: (sibling, subject, files) => family.commit(family.sibling(sibling), subject, files),
    open: (options = {}) =>
      openEditor(family.target, {
        ...options,
        environment: { XDG_CACHE_HOME: family.cache, ...options.environment },
      }),
  };
}

/** A family in which one commit fits, one is in conflict with the target, and one fails the target's check. */
export function mixedFamily(): OpenableFamily {
  const family = newFamily(['acme', 'globex']);
  family.commit(family.target, 'fix: the third line', { 'src/app.txt': appWith({ 3: 'of the target' }) });
  family.improve('acme', 'feat: a page of help', { 'src/help.txt': 'help\n' });
  family.improve('acme', 'fix: the third line too', { 'src/app.txt': appWith({ 3: 'of acme' }) });
  family.improve('globex', 'perf: a faster way', { 'src/faster.txt': 'BROKEN\n' });
  return family;
}

/**
 * The sample family of `autosync demo`, with its run behind it: every standing there is. Answers the target. Its checks
 * are real, so that it takes some twenty seconds: make it once in a file, and only where `mixedFamily` is not enough.
 */
export function sampleTarget(): string {
  const folder = join(temporaryFolder(), 'sample');
  const bin = join(ROOT, 'node_modules/.bin');
  execFileSync(join(bin, 'node'), [join(ROOT, 'dist/cli.cjs'), 'demo', '--folder', folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH: `${bin}:${process.env['PATH']}`, XDG_CACHE_HOME: join(folder, '../cache') },
  });
  return join(folder, 'target');
}

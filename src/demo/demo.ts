import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runGit } from '../git/run.js';
import { ACME } from './acme.js';
import type { DemoRepository } from './commit.js';
import { DEMO_DECLINED_SUBJECT } from './expected.js';
import { finishFolder, lookAtFolder, startFolder } from './folder.js';
import { GLOBEX } from './globex.js';
import { INITECH } from './initech.js';
import { buildRepository } from './repository.js';
import { TARGET } from './target.js';

/** The siblings of the sample family. */
export const DEMO_SIBLINGS: readonly DemoRepository[] = [ACME, GLOBEX, INITECH];

/** The whole sample family; the target comes last, so that a family that has one is whole. */
export const DEMO_FAMILY: readonly DemoRepository[] = [...DEMO_SIBLINGS, TARGET];

/** How the sample family is made. */
export interface DemoOptions {
  /** Null: `autosync-demo` in the system's folder for temporary files. */
  readonly folder: string | null;
  /** True: say nothing, because one JSON document is all that may be printed. */
  readonly json: boolean;
  readonly say: (line: string) => void;
}

/** A commit that a person declines, with the reason. */
export interface DemoDecline {
  readonly sibling: string;
  readonly sha: string;
  readonly because: string;
}

/**
 * Makes the sample family in a folder: a target and three siblings with real histories. One that is there already is
 * used again, one that was left half made is made anew; `reused` tells which. Needs git, and no network.
 * Throws `usage` when the folder holds anything else, `git-failed` and `git-missing`.
 */
export async function runDemo(options: DemoOptions): Promise<{ readonly folder: string; readonly reused: boolean }> {
  const folder = resolve(options.folder ?? join(tmpdir(), 'autosync-demo'));
  const say = options.json ? (): void => undefined : options.say;
  const found = await lookAtFolder(folder);
  if (found.kind === 'whole') {
    say(`Using the sample family in ${folder}. Delete that folder to start afresh.`);
    return { folder, reused: true };
  }
  if (found.kind === 'half-made') say(`Making the sample family in ${folder} again: it was left half made.`);
  await buildFamily(folder, Date.now(), say);
  return { folder, reused: false };
}

/** The commits that a person declines before the first `sync`, found in the siblings of a family. */
export async function demoDeclines(folder: string): Promise<readonly DemoDecline[]> {
  const place = { kind: 'target', folder: join(folder, INITECH.name) } as const;
  const { out } = await runGit({ place, args: ['log', '--format=%H %s', 'main'] });
  const lines = out.toString('utf8').split('\n');
  const found = lines.filter((line) => line.slice(line.indexOf(' ') + 1) === DEMO_DECLINED_SUBJECT);
  const because = 'We never sell what is not on the shelf.';
  return found.map((line) => ({ sibling: INITECH.name, sha: line.slice(0, line.indexOf(' ')), because }));
}

async function buildFamily(folder: string, now: number, say: (line: string) => void): Promise<void> {
  const names = DEMO_FAMILY.map(({ name }) => name);
  await startFolder(folder, names);
  for (const repository of DEMO_FAMILY) {
    await buildRepository(join(folder, repository.name), repository, now);
    say(`Made ${join(folder, repository.name)} (${repository.commits.length} commits).`);
  }
  await finishFolder(folder);
}

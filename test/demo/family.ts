import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

const OWN_PROGRAMS = resolve(import.meta.dirname, '../../node_modules/.bin');

/** How a program ended. */
export interface Ended {
  readonly exit: number | null;
  readonly out: string;
}

/** Runs a program with the Node of this project first on the search path, and nobody's git configuration. */
export function run(folder: string, command: string, ...args: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: [OWN_PROGRAMS, process.env.PATH].join(delimiter),
      HOME: process.env.HOME,
      NO_COLOR: '1',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_EDITOR: 'true',
    },
  });
  return { exit: status, out: `${stdout}${stderr}` };
}

/** Runs plain git and returns what it printed; throws when it fails. */
export function git(folder: string, ...args: readonly string[]): string {
  const { exit, out } = run(folder, 'git', ...args);
  if (exit !== 0) throw new Error(`git ${args.join(' ')}: ${out}`);
  return out.trim();
}

/** Name of the commit of a branch `main` with a subject. Throws when there is not exactly one. */
export function shaOf(repository: string, subject: string): string {
  const lines = git(repository, 'log', '--format=%H %s', 'main').split('\n');
  const found = lines.filter((line) => line.slice(line.indexOf(' ') + 1) === subject);
  if (found.length !== 1) throw new Error(`${found.length} commits are called ${subject}`);
  return found[0]?.split(' ', 1)[0] ?? '';
}

/** Git's own word for the change of a commit. */
export function patchId(repository: string, sha: string): string {
  const { out } = run(repository, 'sh', '-c', `git show ${sha} | git patch-id --stable`);
  return out.split(' ', 1)[0] ?? '';
}

/** A temporary folder; whoever makes it removes it. */
export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'autosync-demo-test-'));
}

/** A temporary folder that is gone after the test. */
export async function folderOfTest(): Promise<string> {
  const folder = await temporaryFolder();
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A clone of the target that knows all siblings, for trying picks with plain git. */
export function scratchClone(family: string, siblings: readonly string[]): string {
  const scratch = join(family, 'scratch');
  git(family, 'clone', '--quiet', 'target', 'scratch');
  git(scratch, 'config', 'user.name', 'A. Tester');
  git(scratch, 'config', 'user.email', 'tester@autosync.example');
  for (const sibling of siblings)
    git(scratch, 'fetch', '--quiet', join(family, sibling), `main:refs/siblings/${sibling}`);
  return scratch;
}

/** Puts a scratch clone on the target's head and picks the commits there; true when all of them pick cleanly. */
export function pickOnHead(scratch: string, ...shas: readonly string[]): boolean {
  run(scratch, 'git', 'cherry-pick', '--abort');
  git(scratch, 'checkout', '--quiet', '--force', '--detach', 'main');
  return run(scratch, 'git', 'cherry-pick', ...shas).exit === 0;
}

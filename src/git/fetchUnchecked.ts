import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha } from '../core/commit.js';
import { fetchArguments, networkCall, type Remote, siblingProblem } from './lsRemote.js';
import type { Quarantine } from './quarantine.js';
import { runGit, startGit } from './run.js';
import { openScratch } from './scratch.js';

/** True when git could not check a fetch because the target itself lacks objects: a partial clone. */
export function lacksObjects(why: string): boolean {
  return /did not receive expected object/.test(why);
}

/** Checks every object between `known` and `tip` by itself, without following links into what the target lacks. */
async function checkObjects(
  quarantine: Quarantine,
  sibling: string,
  tip: Sha,
  known: Sha,
  signal: AbortSignal,
): Promise<void> {
  const scratch = await openScratch(quarantine);
  await mkdir(join(scratch.objects, 'pack'), { recursive: true });
  const pack = startGit({ place: quarantine.place, args: ['pack-objects', '--revs', '--stdout', '-q'], signal });
  const index = startGit({ ...scratch.room, args: ['index-pack', '--stdin', '--fsck-objects'], signal });
  pack.child.stdin.end(`${tip}\n^${known}\n`);
  pack.child.stdout.pipe(index.child.stdin);
  index.child.stdout.resume();
  try {
    await Promise.all([pack.ended, index.ended]);
  } catch (error) {
    throw siblingProblem(sibling, `fsck: ${error instanceof Error ? error.message : ''}`, 1);
  } finally {
    await scratch.remove();
  }
}

/**
 * Fetches for a target that lacks objects: git cannot check the links then, so the objects are taken to a ref nobody
 * reads, checked one by one, and only then given their name.
 */
export async function fetchUnchecked(
  quarantine: Quarantine,
  remote: Remote,
  refs: { readonly branch: string; readonly ref: string },
  head: Sha,
  signal: AbortSignal,
): Promise<void> {
  const aside = `refs/autosync/unchecked/${remote.name}`;
  const args = fetchArguments(remote, refs.branch, aside);
  try {
    await runGit({
      ...networkCall(remote, args, signal),
      place: quarantine.place,
      settings: ['transfer.fsckObjects=false'],
    });
    const { out } = await runGit({ place: quarantine.place, args: ['rev-parse', '--verify', aside] });
    const tip = out.toString('latin1').trim();
    await checkObjects(quarantine, remote.name, tip, head, signal);
    await runGit({ place: quarantine.place, args: ['update-ref', refs.ref, tip] });
  } finally {
    await runGit({ place: quarantine.place, args: ['update-ref', '-d', aside] });
  }
}

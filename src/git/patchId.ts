import type { Sha } from '../core/commit.js';
import { ContentCache } from './contentCache.js';
import type { GitPlace } from './environment.js';
import { startGit } from './run.js';

/** Options that make a diff independent of anybody's settings, so that two sides can be compared. */
const PLAIN_DIFF = [
  '-p',
  '--no-renames',
  '--no-ext-diff',
  '--no-textconv',
  '--full-index',
  '--no-color',
  '--diff-algorithm=myers',
];

/** How much of a change its id covers: with the lines around it, or the changed lines alone. */
export type PatchIdKind = 'patch-id' | 'context-free-patch-id';

async function compute(
  place: GitPlace,
  commits: readonly Sha[],
  kind: PatchIdKind,
  signal?: AbortSignal,
): Promise<ReadonlyMap<Sha, string>> {
  const context = kind === 'context-free-patch-id' ? ['--unified=0'] : [];
  const log = startGit({
    place,
    args: ['log', '--no-walk=unsorted', '--stdin', '--format=commit %H', ...PLAIN_DIFF, ...context, '--'],
    signal,
  });
  const id = startGit({ place, args: ['patch-id', '--stable'], signal });
  log.child.stdin.end(`${commits.join('\n')}\n`);
  log.child.stdout.pipe(id.child.stdin);
  const chunks: Buffer[] = [];
  id.child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  await Promise.all([log.ended, id.ended]);
  const lines = Buffer.concat(chunks)
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))] as const));
}

/**
 * `git patch-id --stable` of commits; commits without a change have none. Remembered by commit, which never changes.
 * Two commits with one id make the same change (git-patch-id(1)).
 */
export async function patchIds(
  place: GitPlace,
  cache: ContentCache,
  commits: readonly Sha[],
  options: { readonly kind?: PatchIdKind; readonly signal?: AbortSignal | undefined } = {},
): Promise<ReadonlyMap<Sha, string>> {
  const kind = options.kind ?? 'patch-id';
  const key = (sha: Sha): string => ContentCache.key(kind, sha);
  const missing = commits.filter((sha) => cache.get(key(sha)) === undefined);
  const fresh = missing.length === 0 ? new Map<Sha, string>() : await compute(place, missing, kind, options.signal);
  for (const sha of missing) cache.set(key(sha), fresh.get(sha) ?? '-');
  await cache.save();
  return new Map(
    commits.flatMap((sha) => {
      const id = cache.get(key(sha));
      return id === undefined || id === '-' ? [] : [[sha, id] as const];
    }),
  );
}

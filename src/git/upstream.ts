import { isAbsolute } from 'node:path';
import type { Sha } from '../core/commit.js';
import { AutoSyncError, isProblem } from '../core/errors.js';
import type { LandingRef } from '../core/facts.js';
import { INTEGRATION_PREFIX } from '../core/integrationBranch.js';
import { checkBranchName, checkFolder, checkRemoteUrl } from '../core/safeInput.js';
import type { Upstream } from '../core/upstream.js';
import { TOLERANT } from './fetch.js';
import { networkCall, parseRemoteRefs, type Remote, withRetry } from './lsRemote.js';
import type { Quarantine } from './quarantine.js';
import { allowsHttp, type SourceToken, tokenEnvironment } from './remote.js';
import { askGit, runGit } from './run.js';

/** Where the target's own remote is, when work lands there through a forge, and the token for it. */
export interface UpstreamPlace {
  /** `owner/name`, for messages. */
  readonly name: string;
  readonly address: string;
  /** Null: whoever asks needs none, as on this machine, or nobody asks. */
  readonly token: SourceToken | null;
}

const LANES = 'refs/autosync/lanes/';

/** Where the target's branch is remembered: in one word, because a ref `a` leaves no room for a later `a/b`. */
const headRef = (branch: string): string => `refs/autosync/upstream/${encodeURIComponent(branch)}`;

const HEADS = 'refs/heads/';

/** The target's remote, prepared for git. Throws `unsafe-input`. */
export const upstreamRemote = ({ name, address, token }: UpstreamPlace): Remote => ({
  name,
  address: isAbsolute(address) ? checkFolder(address) : checkRemoteUrl(address),
  environment: tokenEnvironment(address, token),
  allowHttp: allowsHttp(address),
});

/** What goes wrong with the target's own remote is told in the words of a forge: `forge-unreachable`, `forge-refused`. */
export async function told<T>({ name }: UpstreamPlace, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (isProblem(error) && error.problem.code === 'sibling-unreachable')
      throw new AutoSyncError(
        { code: 'forge-unreachable', repository: name, why: error.problem.why },
        { cause: error },
      );
    if (isProblem(error) && error.problem.code === 'sibling-refused' && UNKNOWN.test(error.problem.why))
      throw new AutoSyncError({ code: 'forge-refused', repository: name, ...unknownToken(name) }, { cause: error });
    if (isProblem(error) && error.problem.code === 'sibling-refused' && MOVED.test(error.problem.why))
      throw new AutoSyncError({ code: 'forge-refused', repository: name, ...MOVED_AWAY }, { cause: error });
    if (isProblem(error) && (error.problem.code === 'sibling-refused' || error.problem.code === 'sibling-evil'))
      throw new AutoSyncError(
        { code: 'forge-refused', repository: name, why: error.problem.why, next: GRANT },
        { cause: error },
      );
    throw error;
  });
}

const GRANT = 'Give the token in GITHUB_TOKEN the permission "Contents: read and write" on it.';

/** How git says that it was sent elsewhere, which it does not follow. */
const MOVED = /returned error: 30\d/i;

const MOVED_AWAY = {
  why: 'git was redirected, which is not followed because the token would go with it; the repository was probably renamed or moved',
  next: 'Set the address of the remote to the new one with `git remote set-url`.',
} as const;

/** How git says that the token is not taken: it would ask for another one at a terminal. */
const UNKNOWN = /asks who reads it|Authentication failed|returned error: 401/i;

const unknownToken = (name: string): { readonly why: string; readonly next: string } => ({
  why: 'it does not know the token (401): it is wrong, has expired, or was revoked',
  next: `Set GITHUB_TOKEN to a token that is valid, or sign in to GitHub again in the editor; it needs the permissions "Contents: read and write" and "Pull requests: read and write" for ${name}.`,
});

async function stored(quarantine: Quarantine, branch: string): Promise<Upstream | null> {
  const args = ['for-each-ref', '--format=%(refname)%00%(objectname)', headRef(branch), LANES];
  const { out } = await askGit({ place: quarantine.place, args });
  const refs = new Map(
    out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\0') as [string, string]),
  );
  const head = refs.get(headRef(branch));
  if (head === undefined) return null;
  const lanes = [...refs].filter(([ref]) => ref.startsWith(LANES));
  return { head, lanes: new Map(lanes.map(([ref, sha]) => [`${INTEGRATION_PREFIX}${ref.slice(LANES.length)}`, sha])) };
}

/** Where the target's remote stood when it was last asked; null when it never was. No network. */
export function rememberedUpstream(quarantine: Quarantine, branch: string): Promise<Upstream | null> {
  return stored(quarantine, branch);
}

/**
 * Asks the target's remote where its branch and the branches of AutoSync stand, and brings them into the quarantine.
 * Nothing is fetched when nothing moved. Throws `forge-refused`, `forge-unreachable`, `no-branch`.
 */
export async function askUpstream(
  quarantine: Quarantine,
  place: UpstreamPlace,
  branch: string,
  signal: AbortSignal,
): Promise<Upstream> {
  const remote = upstreamRemote(place);
  const patterns = [`${HEADS}${checkBranchName(branch)}`, `${HEADS}${INTEGRATION_PREFIX}*`];
  const asked = await told(
    place,
    withRetry(remote, signal, () =>
      runGit(networkCall(remote, ['ls-remote', '--', remote.address, ...patterns], signal)),
    ),
  );
  const { branches } = parseRemoteRefs(asked.value.out.toString('utf8'));
  const head = branches.get(branch);
  if (head === undefined)
    throw new AutoSyncError({ code: 'no-branch', branch, folder: `The remote ${place.name}`, isRemote: true });
  const lanes = new Map([...branches].filter(([name]) => name.startsWith(INTEGRATION_PREFIX)));
  const known = await stored(quarantine, branch);
  if (known === null || !isSame(known, { head, lanes })) await bring(quarantine, place, remote, branch, signal);
  return { head, lanes };
}

const isSame = (one: Upstream, other: Upstream): boolean =>
  one.head === other.head &&
  one.lanes.size === other.lanes.size &&
  [...one.lanes].every(([name, sha]) => other.lanes.get(name) === sha);

async function bring(
  quarantine: Quarantine,
  place: UpstreamPlace,
  remote: Remote,
  branch: string,
  signal: AbortSignal,
): Promise<void> {
  const quiet = ['--quiet', '--prune', '--no-tags', '--no-write-fetch-head', '--no-auto-gc', '--update-shallow'];
  const refs = [`+${HEADS}${branch}:${headRef(branch)}`, `+${HEADS}${INTEGRATION_PREFIX}*:${LANES}*`];
  const args = ['fetch', ...quiet, '--', remote.address, ...refs];
  const fetch = () => runGit({ ...networkCall(remote, args, signal), place: quarantine.place, settings: TOLERANT });
  await told(place, withRetry(remote, signal, fetch));
}

/** A push that the other side turned down because a ref is not where it was said to be. */
const STALE = /stale info|fetch first|non-fast-forward|failed to update ref|cannot lock ref|incorrect old value/i;

/** How GitHub says that the token may not push files of workflows; a branch may be called so too. */
const WORKFLOWS = /create or update workflow\b|without \W?workflows?\W? (?:scope|permission)/i;

/** Each ref the push was refused for, as `git push --porcelain` says it: `!\t<from>:<to>\t[rejected] (stale info)`. */
const refusals = (text: string): readonly string[] =>
  text.split('\n').flatMap((line) => (line.startsWith('!') ? [line.split('\t').slice(1).join(' ')] : []));

/** Why a push was refused: `moved` when the ref stands elsewhere, else `forge-refused`. */
export function refusedPush(
  place: UpstreamPlace,
  move: Pick<LandingRef, 'ref' | 'before'>,
  out: string,
  err: string,
): AutoSyncError {
  const said = refusals(out).join('; ');
  if (STALE.test(said) || STALE.test(err))
    return new AutoSyncError({
      code: 'moved',
      ref: move.ref,
      expected: move.before ?? 'nothing',
      found: 'something else',
    });
  const remarks = err.split('\n').flatMap((line) => (line.startsWith('remote: ') ? [line.slice(8).trim()] : []));
  const why = [said, ...remarks.filter((line) => line !== '')].join(' ').slice(0, 600) || err.trim().slice(-300);
  const next = WORKFLOWS.test(why)
    ? 'Give the token in GITHUB_TOKEN the permission "Workflows: read and write".'
    : GRANT;
  return new AutoSyncError({ code: 'forge-refused', repository: place.name, why, next });
}

/**
 * Moves one branch of the target's remote by compare-and-swap: where it stands elsewhere than `before`, nothing is
 * written. `after` null deletes it. Hooks of nobody run here. Throws `moved`, `forge-refused`, `forge-unreachable`.
 */
export async function pushBranch(
  quarantine: Quarantine,
  place: UpstreamPlace,
  move: Pick<LandingRef, 'ref' | 'before'> & { readonly after: Sha | null },
  signal: AbortSignal,
): Promise<void> {
  const remote = upstreamRemote(place);
  const lease = `--force-with-lease=${move.ref}:${move.before ?? ''}`;
  const args = ['push', '--porcelain', '--no-verify', '--no-signed', '--recurse-submodules=no', lease];
  const call = networkCall(remote, [...args, '--', remote.address, `${move.after ?? ''}:${move.ref}`], signal);
  const { value } = await told(
    place,
    withRetry(remote, signal, () => runGit({ ...call, place: quarantine.place, expect: [0, 1] })),
  );
  // A reply may be lost after the ref has moved: what counts is where it stands (design: reliability, I9).
  if (value.exit !== 0 && !(await standsAt(place, remote, move, signal)))
    throw refusedPush(place, move, value.out.toString('utf8'), value.err);
  await keep(quarantine, move);
}

async function standsAt(
  place: UpstreamPlace,
  remote: Remote,
  { ref, after }: { readonly ref: string; readonly after: Sha | null },
  signal: AbortSignal,
): Promise<boolean> {
  const call = networkCall(remote, ['ls-remote', '--', remote.address, ref], signal);
  const { value } = await told(
    place,
    withRetry(remote, signal, () => runGit(call)),
  );
  const now = parseRemoteRefs(value.out.toString('utf8')).branches.get(ref.slice(HEADS.length)) ?? null;
  return now === after;
}

/** What was pushed is known here too, so that the next look need not fetch it. */
async function keep(quarantine: Quarantine, { ref, after }: { ref: string; after: Sha | null }): Promise<void> {
  if (!ref.startsWith(`${HEADS}${INTEGRATION_PREFIX}`)) return;
  const here = `${LANES}${ref.slice(HEADS.length + INTEGRATION_PREFIX.length)}`;
  const args = after === null ? ['update-ref', '-d', here] : ['update-ref', here, after];
  await runGit({ place: quarantine.place, args });
}

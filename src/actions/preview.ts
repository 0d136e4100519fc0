import { type Sha, SUBMODULE_MODE, SYMLINK_MODE, shortSha } from '../core/commit.js';
import type { Config } from '../core/config.js';
import type { Ports } from '../core/ports.js';
import type { Preview, PreviewFile } from '../core/preview.js';
import { resolutionOf } from '../core/resolution.js';
import type { FileVersion, TreeChange, TriedPick } from '../core/trial.js';
import { type Fetched, fetchedCommit, fetchedCommits, keptPaths, shownPath, trialOf } from './fetched.js';

type Tools = Pick<Ports, 'git' | 'store'>;
type Side = Pick<Preview, 'target' | 'conflicts'>;

const NOTHING: Side = { target: [], conflicts: [] };

const isSubmodule = (version: FileVersion | null): boolean => version?.mode === SUBMODULE_MODE;

/** A submodule names a commit of another repository; there is no content to show. */
const blobIn = (version: FileVersion | null): Sha | null =>
  version === null || isSubmodule(version) ? null : version.oid;

const KINDS: Readonly<Record<string, string>> = { [SYMLINK_MODE]: 'a symbolic link', [SUBMODULE_MODE]: 'a submodule' };

const kindOf = (version: FileVersion | null): string => KINDS[version?.mode ?? ''] ?? '';

const isExecutable = (version: FileVersion | null): boolean => version?.mode === '100755';

function modeNote({ before, after }: TreeChange): string {
  const [was, is] = [kindOf(before), kindOf(after)];
  if (is !== '') return before !== null && was === '' ? `now ${is}` : is;
  if (was !== '') return after === null ? was : `no longer ${was}`;
  if (isExecutable(after) && !isExecutable(before)) return before === null ? 'executable' : 'now executable';
  return before !== null && after !== null && isExecutable(before) && !isExecutable(after)
    ? 'no longer executable'
    : '';
}

function submoduleNote({ before, after }: TreeChange): string {
  const name = (version: FileVersion | null): string =>
    version !== null && isSubmodule(version) ? shortSha(version.oid) : 'nothing';
  return isSubmodule(before) || isSubmodule(after) ? `from ${name(before)} to ${name(after)}` : '';
}

const renameNote = ({ renamed, after }: TreeChange): string =>
  renamed === null ? '' : `renamed ${after === null ? 'to' : 'from'} ${shownPath(renamed)}`;

/** A changed path as a view shows it. */
export function previewFile(change: TreeChange): PreviewFile {
  const notes = [modeNote(change), submoduleNote(change), renameNote(change)].filter((note) => note !== '');
  return {
    path: shownPath(change.path),
    before: blobIn(change.before),
    after: blobIn(change.after),
    note: notes.join(', '),
  };
}

async function changed(
  git: Tools['git'],
  before: Sha | null,
  after: Sha,
  signal: AbortSignal,
  except: ReadonlySet<string> = new Set(),
): Promise<readonly PreviewFile[]> {
  const changes = await git.changesBetween(before, after, signal);
  return changes.filter(({ path }) => !except.has(path)).map(previewFile);
}

/** The pick as the review branch holds it; null when it is not there, or is not what the row is about. */
async function onReviewBranch(git: Tools['git'], { row }: Fetched, signal: AbortSignal): Promise<Side | null> {
  if (row.evidence.kind !== 'review' || (await git.resolve(row.evidence.pick)) === null) return null;
  const [pick] = await git.commits([row.evidence.pick], signal);
  const parent = pick?.parents[0];
  if (pick === undefined || parent === undefined) return null;
  return { target: await changed(git, parent, pick.sha, signal), conflicts: [] };
}

/** The pick on top of what it needs; null when it needs nothing, or does not pick there either. */
async function onNeeds(tools: Tools, fetched: Fetched, signal: AbortSignal): Promise<Side | null> {
  const { git, store } = tools;
  const { evidence } = fetched.row;
  if (evidence.kind !== 'candidate' || evidence.needs.length === 0) return null;
  const rows = new Map(store.commits(fetched.sibling).map(({ commit }) => [commit.sha, commit]));
  const needed = (await fetchedCommits(git, evidence.needs, signal)).flatMap((commit) => {
    const row = rows.get(commit.sha);
    return row === undefined ? [] : [{ sibling: fetched.sibling, row, commit }];
  });
  const requests = needed.map((one) => ({ ...trialOf(one, git.target.branch), message: '' }));
  const { tip } = await git.chain(git.target.head, requests, signal);
  const tried = await git.tryPick(tip, trialOf(fetched, git.target.branch), signal);
  if (tried.conflicts.length > 0) return null;
  return { target: await changed(git, tip, tried.tree, signal), conflicts: [] };
}

/** The pick alone on the target's head, with what a person made of its conflicts. */
async function tryAlone({ git, store }: Tools, fetched: Fetched, signal: AbortSignal): Promise<TriedPick> {
  const known = store.resolutions();
  const { sha } = fetched.commit;
  const ids = known.length === 0 ? new Map<Sha, string>() : await git.patchIds([sha], signal);
  const resolution = resolutionOf(known, sha, ids.get(sha))?.files ?? [];
  return git.tryPick(git.target.head, { ...trialOf(fetched, git.target.branch), resolution }, signal);
}

async function targetSide(tools: Tools, fetched: Fetched, signal: AbortSignal): Promise<Side> {
  const { git } = tools;
  const { standing } = fetched.row;
  if (standing === 'present' || standing === 'landed' || keptPaths(fetched).length === 0) return NOTHING;
  const alone = await tryAlone(tools, fetched, signal);
  const inChain =
    alone.conflicts.length === 0
      ? null
      : ((await onReviewBranch(git, fetched, signal)) ?? (await onNeeds(tools, fetched, signal)));
  if (inChain !== null) return inChain;
  const conflicted = new Set(alone.conflicts.flatMap(({ path, names }) => [path, ...names]));
  return {
    target: await changed(git, git.target.head, alone.tree, signal, conflicted),
    conflicts: alone.conflicts.map(({ path }) => shownPath(path)),
  };
}

/**
 * What landing a commit would change in the target, as far as the rules let it through, and what it changed on its own
 * side. Writes into the quarantine only. Throws `unknown-commit`.
 */
export async function previewCommit(
  ports: Tools,
  config: Config,
  given: string,
  signal: AbortSignal,
): Promise<Preview> {
  const fetched = await fetchedCommit(ports, config, given, signal);
  const { commit, row, sibling } = fetched;
  const own = await changed(ports.git, commit.parents[0] ?? null, commit.sha, signal);
  return { sibling, commit: row, own, ...(await targetSide(ports, fetched, signal)) };
}

import { type Sha, SUBMODULE_MODE, SYMLINK_MODE, shortSha } from '../core/commit.js';
import type { Config } from '../core/config.js';
import type { Ports } from '../core/ports.js';
import type { Preview, PreviewFile } from '../core/preview.js';
import { resolutionOf } from '../core/resolution.js';
import type { FileVersion, PickTrial, TreeChange } from '../core/trial.js';
import { type Fetched, fetchedCommit, fetchedCommits, keptPaths, shownPath, trialOf } from './fetched.js';
import { unmadeBy } from './unmade.js';

type Tools = Pick<Ports, 'git' | 'store'>;
type Side = Pick<Preview, 'target' | 'conflicts' | 'unmade'>;

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

const unmadeOf = (unmade: readonly string[]): Pick<Side, 'unmade'> =>
  unmade.length === 0 ? {} : { unmade: unmade.map(shownPath) };

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
  const pick = trialOf(fetched, git.target.branch);
  const tried = await git.tryPick(tip, pick, signal);
  if (tried.conflicts.length > 0) return null;
  const target = await changed(git, tip, tried.tree, signal);
  return { target, conflicts: [], ...unmadeOf(await unmadeBy(git, tip, pick, signal)) };
}

/** The pick of a commit with what a person made of its conflicts. */
async function resolvedPick({ git, store }: Tools, fetched: Fetched, signal: AbortSignal): Promise<PickTrial> {
  const known = store.resolutions();
  const { sha } = fetched.commit;
  const ids = known.length === 0 ? new Map<Sha, string>() : await git.patchIds([sha], signal);
  const resolution = resolutionOf(known, sha, ids.get(sha))?.files ?? [];
  return { ...trialOf(fetched, git.target.branch), resolution };
}

/** The pick in surroundings that are known better than the target's head alone; null when there are none. */
async function inChain(tools: Tools, fetched: Fetched, fits: boolean, signal: AbortSignal): Promise<Side | null> {
  const reviewed = await onReviewBranch(tools.git, fetched, signal);
  return reviewed !== null || fits ? reviewed : onNeeds(tools, fetched, signal);
}

async function targetSide(tools: Tools, fetched: Fetched, signal: AbortSignal): Promise<Side> {
  const { git } = tools;
  const { standing } = fetched.row;
  if (standing === 'present' || standing === 'landed' || keptPaths(fetched).length === 0) return NOTHING;
  const { head } = git.target;
  const pick = await resolvedPick(tools, fetched, signal);
  const alone = await git.tryPick(head, pick, signal);
  const fits = alone.conflicts.length === 0;
  const unmade = fits ? await unmadeBy(git, head, pick, signal) : [];
  const known = fits && unmade.length === 0 ? null : await inChain(tools, fetched, fits, signal);
  if (known !== null) return known;
  const conflicted = new Set(alone.conflicts.flatMap(({ path, names }) => [path, ...names]));
  return {
    target: await changed(git, head, alone.tree, signal, conflicted),
    conflicts: alone.conflicts.map(({ path }) => shownPath(path)),
    ...unmadeOf(unmade),
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

import type { Sha } from '../core/commit.js';
import { shortSha } from '../core/commit.js';
import type { Config } from '../core/config.js';
import type { Decision, LandingState } from '../core/facts.js';
import type { AddedFile, ForecastRequest, ForecastResult, GitPort } from '../core/gitPort.js';
import { isOpen, isPartial, type Judged, keepOf, named, settle } from '../core/judged.js';
import { byDecision, byLadder, byTakenBack, landedBy } from '../core/ladder.js';
import { indexPaths, type PathIndex, prerequisitesOf } from '../core/prerequisites.js';
import { resolutionVeto, resolvedReason, unfitReason } from '../core/resolution.js';
import { cancelReverted } from '../core/reverts.js';
import { sanitize } from '../core/sanitize.js';
import { scanForSecrets } from '../core/secretScan.js';
import type { ConflictFile } from '../core/standing.js';
import { soaksUntil } from './filter.js';

/** Conflicts whose hunks and authors are looked up at once; `explain` does it for any other. */
export const EXPLAINED_AT_ONCE = 25;

/** What integrating a sibling's commits starts from. */
export interface IntegrateInput {
  readonly sibling: string;
  readonly head: Sha;
  readonly tip: Sha;
  readonly judged: readonly Judged[];
  readonly filter: Config['filter'];
  /** Of every sibling. */
  readonly decisions: readonly Decision[];
  readonly landings: readonly LandingState[];
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signal: AbortSignal;
}

/** Where every commit stands after it was tried alone, and what its content was seen to hold. */
export interface Integrated {
  readonly judged: readonly Judged[];
  readonly content: ReadonlyMap<Sha, readonly AddedFile[]>;
}

const isFiltered = (judged: Judged): boolean => judged.settled?.standing === 'filtered';

function bySoak(judged: Judged, minAge: string, now: number): Judged {
  if (!isOpen(judged)) return judged;
  const until = soaksUntil(judged.commit, minAge, now);
  return until === null
    ? judged
    : settle(judged, 'waiting', `It is younger than ${minAge}; it is taken up after ${until}.`, {
        kind: 'waiting',
        because: 'min-age',
        until,
      });
}

function byForecast(judged: Judged, whole: ForecastResult | undefined, part: ForecastResult | undefined): Judged {
  const known: Judged = { ...judged, forecast: whole?.outcome ?? null };
  const outcome = (part ?? whole)?.outcome;
  if (!isOpen(known) || outcome !== 'empty') return known;
  return settle(known, 'present', 'Picking it changes nothing in the target.', {
    kind: 'present',
    by: 'no-change',
    in: null,
  });
}

/** Settles as `filtered` an open commit whose kept files add what looks like a secret. */
export function bySecrets(judged: Judged, files: readonly AddedFile[] | undefined): Judged {
  if (!isOpen(judged) || files === undefined) return judged;
  const kept = new Set(judged.kept);
  const found = scanForSecrets(files.filter((file) => kept.has(file.path)));
  if (found.length === 0) return judged;
  const places = found
    .slice(0, 3)
    .map(({ path, line, what }) => `${what} in ${path}:${line}`)
    .join(', ');
  const dropped = found.map(({ path, what }) => ({ path: sanitize(path), rule: `secret: ${what}` }));
  return settle(judged, 'filtered', `It adds what looks like a secret: ${places}.`, {
    kind: 'rule',
    rule: 'secret',
    files: dropped,
  });
}

/** Commits that a person applied and nobody has taken back since. */
const appliedByPerson = (landings: readonly LandingState[]): ReadonlySet<Sha> =>
  new Set(
    landings
      .filter(({ how, phase }) => how === 'apply' && phase === 'done')
      .flatMap(({ picks }) => picks.map(({ origin }) => origin)),
  );

/** Rungs that need no trying: a person's word, the equivalence ladder, reverts, soak time. */
async function settleKnown(
  git: Pick<GitPort, 'applied' | 'patchIds'>,
  input: IntegrateInput,
): Promise<readonly Judged[]> {
  const applied = appliedByPerson(input.landings);
  const byUs = landedBy(input.landings);
  const asked = input.judged.filter((judged) => !isFiltered(judged) || applied.has(judged.commit.sha));
  const commits = asked.map((judged) => judged.commit);
  const declined = input.decisions.filter((decision) => decision.kind === 'declined');
  const [matches, ids] = await Promise.all([
    git.applied(input.head, input.tip, commits, input.signal),
    declined.length === 0
      ? new Map<Sha, string>()
      : git.patchIds(
          commits.map((commit) => commit.sha),
          input.signal,
        ),
  ]);
  const known = input.judged.map((judged) => {
    const match = matches.get(judged.commit.sha);
    // A person's word is above a rule: what was applied all the same is no longer filtered.
    const open = isFiltered(judged) && match !== undefined ? { ...judged, settled: null } : judged;
    const said = byDecision(byLadder(open, match, byUs), declined, ids.get(judged.commit.sha), input.now);
    return byTakenBack(said, match);
  });
  return cancelReverted(known).map((judged) => bySoak(judged, input.filter.minAge, input.now));
}

async function settleByForecast(
  git: Pick<GitPort, 'forecast'>,
  input: IntegrateInput,
  judged: readonly Judged[],
): Promise<{ judged: readonly Judged[]; results: ReadonlyMap<Sha, ForecastResult> }> {
  const tried = judged.filter((one) => !isFiltered(one));
  const parts = tried.filter(isPartial).map(requestOf);
  const whole = await git.forecast(
    input.head,
    tried.map(({ commit }) => ({ commit })),
    input.signal,
  );
  const partial = await git.forecast(input.head, parts, input.signal);
  const wholeBySha = new Map(whole.map((result) => [result.sha, result]));
  const partBySha = new Map(partial.map((result) => [result.sha, result]));
  return {
    judged: judged.map((one) =>
      isFiltered(one) ? one : byForecast(one, wholeBySha.get(one.commit.sha), partBySha.get(one.commit.sha)),
    ),
    results: new Map([...wholeBySha, ...partBySha]),
  };
}

function conflictRow(
  judged: Judged,
  index: number,
  all: readonly Judged[],
  byPath: PathIndex,
  files: readonly ConflictFile[],
): Judged {
  const paths = files.map((file) => file.path);
  const prerequisites = prerequisitesOf(all, byPath, index, paths);
  const where = `${paths.length} file${paths.length === 1 ? '' : 's'} (${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ', ...' : ''})`;
  const last = prerequisites.at(-1);
  const missing =
    last === undefined
      ? ''
      : ` The target lacks ${prerequisites.length === 1 ? '' : `${prerequisites.length} earlier commits of the sibling there, the last of them `}${named(last)}.`;
  const written = writtenWords(files);
  const unfit = judged.resolved === undefined ? '' : unfitReason(judged.resolved);
  return settle(judged, 'conflict', `It does not pick cleanly in ${where}.${written}${unfit}${missing}`, {
    kind: 'conflict',
    files,
    prerequisites,
  });
}

/** Why what a program writes conflicts even where its text would merge; empty when there is nothing of the kind. */
function writtenWords(files: readonly ConflictFile[]): string {
  const written = files.filter(({ type }) => type === 'lockfile' || type === 'generated').map(({ path }) => path);
  if (written.length === 0) return '';
  const them = written.length === 1 ? 'it' : 'them';
  return ` A program writes ${written.slice(0, 3).join(', ')} and both sides changed ${them}, so that no text is merged there: make ${them} anew, or take one side.`;
}

/** What is tried of a commit: all of it, or what the path rules left. */
export function requestOf(judged: Judged): ForecastRequest {
  const keep = keepOf(judged);
  return keep === undefined ? { commit: judged.commit } : { commit: judged.commit, keep };
}

const unexplained = (path: string): ConflictFile => ({
  path,
  type: 'contents',
  hunks: [],
  lastAuthorHere: null,
  lastAuthorThere: null,
});

/** Settles as `conflict` what does not pick, with the files, the hunks of the first ones, and the missing prerequisites. */
export async function settleConflicts(
  git: Pick<GitPort, 'explainConflicts'>,
  input: { readonly head: Sha; readonly tip: Sha; readonly signal: AbortSignal },
  judged: readonly Judged[],
  conflicts: ReadonlyMap<Sha, readonly string[]>,
): Promise<readonly Judged[]> {
  const open = judged.filter((one) => isOpen(one) && conflicts.has(one.commit.sha));
  const requests = open.slice(-EXPLAINED_AT_ONCE).map(requestOf);
  const explained = await git.explainConflicts(input.head, input.tip, requests, input.signal);
  const byPath = indexPaths(judged);
  const isConflict = (one: Judged): boolean => isOpen(one) && conflicts.has(one.commit.sha);
  const standing = judged.map((one) =>
    isConflict(one) ? settle(one, 'conflict', '', { kind: 'conflict', files: [], prerequisites: [] }) : one,
  );
  return judged.map((one, index) => {
    const paths = conflicts.get(one.commit.sha);
    if (!isOpen(one) || paths === undefined) return one;
    const files = explained.get(one.commit.sha) ?? [];
    return conflictRow(one, index, standing, byPath, files.length > 0 ? files : paths.map(unexplained));
  });
}

/**
 * Tries what the filter let through, in memory: drops what the target has already, forecasts each commit alone, scans
 * what it adds for secrets. Commits that conflict are returned in `conflicts`, still open, because a chain may pick
 * them after their prerequisites.
 */
export async function integrate(
  git: Pick<GitPort, 'applied' | 'patchIds' | 'forecast' | 'addedLines'>,
  input: IntegrateInput,
): Promise<Integrated & { readonly conflicts: ReadonlyMap<Sha, readonly string[]> }> {
  const known = await settleKnown(git, input);
  const { judged, results } = await settleByForecast(git, input, known);
  const conflicts = new Map(
    [...results.values()]
      .filter((result) => result.outcome === 'conflict')
      .map((result) => [result.sha, result.conflicts] as const),
  );
  // Also what conflicts alone: a chain may pick it after its prerequisites, and then its content lands.
  const open = judged.filter(isOpen).map((one) => one.commit.sha);
  const content = await git.addedLines(open, input.signal);
  return { judged: judged.map((one) => bySecrets(one, content.get(one.commit.sha))), content, conflicts };
}

/** Marks what is left open as candidate, in the words of a scan. */
export function asCandidate(judged: Judged, tree: Sha, needs: readonly Sha[]): Judged {
  if (!isOpen(judged)) return judged;
  const after = needs.length === 0 ? '' : ` after ${needs.map(shortSha).join(', ')}`;
  const { resolved } = judged;
  const reason =
    resolved === undefined
      ? `It picks cleanly${after}; \`autosync sync\` validates it.`
      : resolvedReason(resolved, after);
  const candidate = settle(judged, 'candidate', reason, { kind: 'candidate', tree, needs });
  return resolved === undefined ? candidate : { ...candidate, vetoes: [resolutionVeto(resolved)] };
}

import type { Sha } from '../core/commit.js';
import type { Config } from '../core/config.js';
import { AutoSyncError } from '../core/errors.js';
import type { Decision, Fact, LandingState, PullRequestState } from '../core/facts.js';
import type { ForgePort, PullRequest } from '../core/forgePort.js';
import { INTEGRATION_PREFIX } from '../core/integrationBranch.js';
import type { Ports } from '../core/ports.js';

/** What a run knows of the target's forge: it was asked once, when the run began. */
export interface Visit {
  readonly forge: ForgePort;
  /** Open pull requests of AutoSync, by the branch they bring. */
  readonly open: Map<string, PullRequest>;
  /** Why nothing merges by itself until a person has looked; null: it may. */
  readonly paused: string | null;
  /** True when something became of a pull request since the last run. */
  readonly changed: boolean;
  readonly notes: readonly string[];
}

/** What visiting the forge needs. */
export interface VisitRequest {
  readonly run: string;
  readonly config: Config;
  /** True when the run will write there: then it is asked first whether it may. */
  readonly writes: boolean;
  readonly signal: AbortSignal;
}

type Tools = Pick<Ports, 'forge' | 'git' | 'store' | 'clock' | 'progress'>;

/** What a preflight found to be in the way stops the run before anything is picked. */
async function mayWrite(forge: ForgePort, { config, signal }: VisitRequest, base: string): Promise<readonly string[]> {
  const { autoMerge: merge, mergeMethod: method } = config.land;
  const { findings } = await forge.preflight({ base, merge, method }, signal);
  const bad = findings.find(({ state }) => state === 'bad');
  if (bad !== undefined) {
    const { owner, name } = forge.repository;
    throw new AutoSyncError({ code: 'forge-refused', repository: `${owner}/${name}`, why: bad.what, next: bad.mend });
  }
  return findings.filter(({ state }) => state === 'warning').map(({ what, mend }) => `${what} ${mend}`.trim());
}

/**
 * Asks the forge what became of AutoSync's pull requests, and remembers it: what people merged is landed, what they
 * closed is declined, what they opened again is not. Null when work lands on branches.
 */
export async function visitForge(tools: Tools, request: VisitRequest): Promise<Visit | null> {
  const { forge, git, store } = tools;
  if (forge === null) return null;
  const base = git.target.branch;
  tools.progress({ phase: 'fetch', sibling: null, doing: `asking ${forge.repository.owner}/${forge.repository.name}` });
  const warnings = request.writes ? await mayWrite(forge, request, base) : [];
  const listed = await forge.openPullRequests(base, INTEGRATION_PREFIX, request.signal);
  const open = new Map(listed.map((one) => [one.branch, one]));
  const ended = await endedSince(forge, store.pullRequests(), open, request.signal);
  const facts = [
    ...ended.flatMap(({ state, now }) => [...endFacts(tools, request.run, state, now), ...calmFacts(tools, state)]),
    ...reopenedFacts(tools, open),
  ];
  if (facts.length > 0) await store.record(facts);
  return {
    forge,
    open,
    paused: pauseOf(store.pullRequests()),
    changed: facts.length > 0,
    notes: [...warnings, ...ended.map(endNote)],
  };
}

interface Ended {
  readonly state: PullRequestState;
  readonly now: PullRequest;
}

async function endedSince(
  forge: ForgePort,
  states: readonly PullRequestState[],
  open: ReadonlyMap<string, PullRequest>,
  signal: AbortSignal,
): Promise<readonly Ended[]> {
  const gone = states.filter(
    ({ state, number, branch }) => state === 'open' && number !== null && open.get(branch)?.number !== number,
  );
  const found: Ended[] = [];
  for (const state of gone) {
    const now = await forge.pullRequest(state.number ?? 0, signal);
    if (now !== null && now.state !== 'open') found.push({ state, now });
  }
  return found;
}

const at = (tools: Pick<Ports, 'clock'>): string => new Date(tools.clock()).toISOString();

/** Why a commit whose pull request was closed counts as declined; the same words take it back. */
const closedWords = (number: number | null): string => `Pull request #${number} was closed without merging it.`;

function endFacts(tools: Tools, run: string, state: PullRequestState, now: PullRequest): readonly Fact[] {
  if (now.state === 'merged') {
    const merged: PullRequestState = { ...state, state: 'merged', at: at(tools) };
    const landing = landingOf(tools, { ...merged, run }, now);
    return [{ kind: 'pull-request', pullRequest: merged }, ...(landing === null ? [] : [landing])];
  }
  const closed: PullRequestState = { ...state, state: 'closed', at: at(tools) };
  const subjects = new Map(
    tools.store.commits(state.sibling).map(({ commit }) => [commit.sha, commit.subject] as const),
  );
  const decisions = state.lane === 'revert' ? [] : state.picks;
  return [
    { kind: 'pull-request', pullRequest: closed },
    ...decisions.map(({ origin }): Fact => {
      const decision: Decision = {
        sibling: state.sibling,
        sha: origin,
        patchId: null,
        subject: subjects.get(origin) ?? '',
        kind: 'declined',
        by: now.endedBy ?? 'a person',
        because: closedWords(state.number),
        at: at(tools),
        until: null,
      };
      return { kind: 'decision', decision };
    }),
  ];
}

/** A merge as the history of landings keeps it; null when nothing of a sibling came with it. */
export function landingOf(
  tools: Pick<Ports, 'git' | 'clock'>,
  state: Pick<PullRequestState, 'lane' | 'sibling' | 'base' | 'picks' | 'run' | 'branch' | 'page'>,
  merged: Pick<PullRequest, 'mergedAs' | 'mergesItself'>,
): Fact | null {
  if (merged.mergedAs === null || state.picks.length === 0) return null;
  // Whoever resolved conflicts made the picks, and their trailers tell of them.
  if (state.lane === 'revert' || state.lane === 'conflict') return null;
  const how: LandingState['how'] = state.lane === 'auto' && merged.mergesItself ? 'auto-merge' : 'apply';
  const ref = `refs/heads/${tools.git.target.branch}`;
  const landing: LandingState = {
    id: `${state.branch}/${merged.mergedAs.slice(0, 12)}`,
    run: state.run,
    sibling: state.sibling,
    at: at(tools),
    phase: 'done',
    how,
    refs: [{ ref, before: state.base, after: merged.mergedAs }],
    picks: state.picks,
    ...(state.page === null ? {} : { pullRequest: state.page }),
  };
  return { kind: 'landing', landing };
}

/** Pull requests that were closed and are open again: what they bring is not declined any more. */
function reopenedFacts(tools: Tools, open: ReadonlyMap<string, PullRequest>): readonly Fact[] {
  const again = tools.store
    .pullRequests()
    .filter((one) => one.state === 'closed' && one.number !== null && open.get(one.branch)?.number === one.number);
  const declined = tools.store.decisions();
  return again.flatMap((state): readonly Fact[] => [
    { kind: 'pull-request', pullRequest: { ...state, state: 'open', at: at(tools) } },
    ...declined
      .filter(({ sibling, because }) => sibling === state.sibling && because === closedWords(state.number))
      .map(({ sibling, sha }): Fact => ({ kind: 'decision-withdrawn', sibling, sha })),
  ]);
}

function endNote({ state, now }: Ended): string {
  const count = `${state.picks.length} commit${state.picks.length === 1 ? '' : 's'} of ${state.sibling}`;
  const who = now.endedBy === null ? '' : ` by ${now.endedBy}`;
  return now.state === 'merged'
    ? `Pull request #${now.number} was merged${who}: ${count} landed.`
    : `Pull request #${now.number} was closed${who} without merging it: ${count} are declined.`;
}

/** A merge that led to another tree than was validated pauses auto-merge until its revert is merged or closed. */
function pauseOf(states: readonly PullRequestState[]): string | null {
  const alarming = states.find(({ alarm }) => alarm !== undefined);
  if (alarming === undefined) return null;
  const revert = states.find(({ lane, sibling }) => lane === 'revert' && sibling === alarming.sibling);
  return `a merge from ${alarming.sibling} led to another tree than was validated; merge or close #${revert?.number ?? '?'}, which takes it back`;
}

/** What a person did with a revert settles the alarm that it was opened for. */
function calmFacts(tools: Tools, { lane, sibling }: PullRequestState): readonly Fact[] {
  const alarming = tools.store.pullRequests().filter((one) => one.alarm !== undefined && one.sibling === sibling);
  if (lane !== 'revert') return [];
  return alarming.map(({ alarm: _settled, ...state }): Fact => ({ kind: 'pull-request', pullRequest: state }));
}

/** Tips of AutoSync's branches for a sibling on the forge, as the key of its rows names them. */
export function laneTips(lanes: ReadonlyMap<string, Sha>, sibling: string): string {
  const own = [...lanes].filter(([branch]) => branch.startsWith(`${INTEGRATION_PREFIX}${sibling}/`));
  return own.map(([branch, sha]) => `${branch}@${sha}`).join(' ');
}

import type { Sha } from '../core/commit.js';
import type { Config } from '../core/config.js';
import { AutoSyncError } from '../core/errors.js';
import type { Fact, PullRequestState } from '../core/facts.js';
import type { Finding } from '../core/finding.js';
import type { ForgePort, PullRequest } from '../core/forgePort.js';
import { INTEGRATION_PREFIX } from '../core/integrationBranch.js';
import type { Ports } from '../core/ports.js';
import { adoptedFacts } from './adopt.js';
import { approvedFacts, approvedNotes } from './approved.js';
import { asBrought, unpushedFacts } from './brought.js';
import { landingOf } from './landing.js';

/** What a run knows of the target's forge: it was asked once, when the run began. */
export interface Visit {
  readonly forge: ForgePort;
  /** Open pull requests of AutoSync, by the branch they bring. */
  readonly open: Map<string, PullRequest>;
  /** Why nothing merges by itself until a person has looked; null: it may. */
  readonly paused: () => string | null;
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

function refuseIf({ repository }: ForgePort, found: Finding | null): void {
  if (found === null) return;
  const { owner, name } = repository;
  throw new AutoSyncError({ code: 'forge-refused', repository: `${owner}/${name}`, why: found.what, next: found.mend });
}

/**
 * Before the first pull request of a target: whether the token may open any. Later ones tell it by being there. Throws
 * `forge-refused`.
 */
export async function refuseUnlessOpening(tools: Tools, { forge }: Visit, signal: AbortSignal): Promise<void> {
  if (tools.store.pullRequests().some(({ number }) => number !== null)) return;
  refuseIf(forge, await forge.mayOpen(tools.git.target.branch, signal));
}

/** What a preflight found to be in the way stops the run before anything is picked. */
async function mayWrite(forge: ForgePort, { config, signal }: VisitRequest, base: string): Promise<readonly string[]> {
  const { autoMerge: merge, mergeMethod: method } = config.land;
  const { findings } = await forge.preflight({ base, merge, method, follow: config.chain.follow }, signal);
  refuseIf(forge, findings.find(({ state }) => state === 'bad') ?? null);
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
  const ended = await endedSince(tools, forge, open, request.signal);
  const approved = await approvedFacts(tools, forge, open, request.signal);
  const adopted = await adoptedFacts(tools, open, request.signal);
  const facts = [
    ...approved,
    ...unpushedFacts(tools, open),
    ...adopted,
    ...ended.flatMap((one) => [...endFacts(tools, request.run, one), ...calmFacts(tools, one.state)]),
    ...reopenedFacts(tools, open),
  ];
  if (facts.length > 0) await store.record(facts);
  return {
    forge,
    open,
    paused: () => pauseOf(store),
    changed: facts.length > 0,
    notes: [
      ...warnings,
      ...approvedNotes(approved),
      ...ended.map(endNote),
      ...orphanNotes(store.pullRequests(), request.config),
    ],
  };
}

interface Ended {
  readonly state: PullRequestState;
  readonly now: PullRequest;
  /** True when it was AutoSync that asked for the merge. */
  readonly asked: boolean;
  /** The tree that a merge AutoSync asked for led to; null for every other end. */
  readonly tree: Sha | null;
}

async function endedSince(
  tools: Tools,
  forge: ForgePort,
  open: ReadonlyMap<string, PullRequest>,
  signal: AbortSignal,
): Promise<readonly Ended[]> {
  const gone = tools.store
    .pullRequests()
    .filter(({ state, number, branch }) => state === 'open' && number !== null && open.get(branch)?.number !== number);
  const found: Ended[] = [];
  for (const state of gone) {
    const now = await forge.pullRequest(state.number ?? 0, signal);
    if (now !== null && now.state !== 'open') found.push(await endOf(tools, state, now));
  }
  return found;
}

/** A merge that AutoSync asked for, but did not see happen, is held against what was validated as well. */
async function endOf({ git, store }: Tools, before: PullRequestState, now: PullRequest): Promise<Ended> {
  const state = asBrought({ store }, before, now);
  const asked = now.state === 'merged' && state.lane === 'auto' && (state.merging === true || now.mergesItself);
  const tree = asked && now.mergedAs !== null ? await git.treeOf(now.mergedAs) : null;
  return { state, now, asked, tree };
}

const at = (tools: Pick<Ports, 'clock'>): string => new Date(tools.clock()).toISOString();

/** Why a commit whose pull request was closed counts as declined; the same words take it back. */
const closedWords = (number: number | null): string => `Pull request #${number} was closed without merging it.`;

function endFacts(tools: Tools, run: string, { state: before, now, asked, tree }: Ended): readonly Fact[] {
  const { merging: _asked, ...state } = before;
  if (now.state !== 'merged') {
    const closed: Fact = { kind: 'pull-request', pullRequest: { ...state, state: 'closed', at: at(tools) } };
    return state.lane === 'revert'
      ? [closed]
      : [closed, ...declinedFacts(tools, state, now, closedWords(state.number))];
  }
  const alarm = tree === null || tree === state.tree ? {} : { alarm: { expected: state.tree, found: tree } };
  // What a person committed to it has landed too: the branch may be used again.
  const tips = [...state.tips.filter((tip) => tip !== now.head), now.head];
  const merged: PullRequestState = { ...state, ...alarm, tips, state: 'merged', at: at(tools) };
  const landing = landingOf(tools, { ...merged, run }, { mergedAs: now.mergedAs, mergesItself: asked });
  return [
    { kind: 'pull-request', pullRequest: merged },
    ...(landing === null ? [] : [landing]),
    ...(state.lane === 'revert' ? takenBackFacts(tools, state, now) : []),
  ];
}

/** What a merged revert took out of the target is declined, and its landing undone. */
function takenBackFacts(tools: Tools, state: PullRequestState, now: PullRequest): readonly Fact[] {
  const gone = new Set(state.picks.map(({ origin }) => origin));
  const undone = tools.store
    .landings()
    .filter(({ sibling, phase }) => sibling === state.sibling && phase === 'done')
    .filter(({ how, picks }) => how !== 'review' && picks.some(({ origin }) => gone.has(origin)));
  return [
    ...declinedFacts(tools, state, now, `Pull request #${state.number} took it back.`),
    ...undone.map((landing): Fact => ({ kind: 'landing', landing: { ...landing, phase: 'undone' } })),
  ];
}

function declinedFacts(
  tools: Tools,
  { sibling, picks }: PullRequestState,
  { endedBy }: PullRequest,
  because: string,
): readonly Fact[] {
  const subjects = new Map(tools.store.commits(sibling).map(({ commit }) => [commit.sha, commit.subject] as const));
  const [by, now] = [endedBy ?? 'a person', at(tools)];
  return picks.map(({ origin: sha }): Fact => {
    const subject = subjects.get(sha) ?? '';
    const said = { sibling, sha, patchId: null, subject, kind: 'declined', by, because, at: now, until: null } as const;
    return { kind: 'decision', decision: said };
  });
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
  if (state.lane === 'revert' && now.state === 'merged')
    return `Pull request #${now.number} was merged${who}: ${count} are taken back.`;
  return now.state === 'merged'
    ? `Pull request #${now.number} was merged${who}: ${count} landed.`
    : `Pull request #${now.number} was closed${who} without merging it: ${count} are declined.`;
}

/** Open pull requests of siblings that the configuration no longer names: nothing but a person ends them. */
function orphanNotes(states: readonly PullRequestState[], { siblings }: Config): readonly string[] {
  const known = new Set(siblings.map(({ name }) => name));
  return states
    .filter(({ state, lane, sibling }) => state === 'open' && lane !== 'revert' && !known.has(sibling))
    .map(
      ({ number, sibling }) =>
        `Pull request #${number} is of ${sibling}, which the configuration no longer names: merge or close it.`,
    );
}

/** Pull requests whose merge led to another tree than was validated, and that nobody has settled yet. */
export function alarming(store: Pick<Ports['store'], 'pullRequests'>): readonly PullRequestState[] {
  return store.pullRequests().filter(({ alarm }) => alarm !== undefined);
}

/** A merge that led to another tree than was validated pauses auto-merge until its revert is merged or closed. */
function pauseOf(store: Ports['store']): string | null {
  const [first] = alarming(store);
  if (first === undefined) return null;
  const revert = store
    .pullRequests()
    .find(({ lane, sibling, state }) => lane === 'revert' && state === 'open' && sibling === first.sibling);
  const what = `a merge from ${first.sibling} led to another tree than was validated`;
  return revert === undefined ? what : `${what}; merge or close #${revert.number}, which takes it back`;
}

/** What a person did with a revert settles the alarm that it was opened for. */
function calmFacts(tools: Tools, { lane, sibling }: PullRequestState): readonly Fact[] {
  if (lane !== 'revert') return [];
  const settled = alarming(tools.store).filter((one) => one.sibling === sibling);
  return settled.map(({ alarm: _settled, ...state }): Fact => ({ kind: 'pull-request', pullRequest: state }));
}

/** Tips of AutoSync's branches for a sibling on the forge, as the key of its rows names them. */
export function laneTips(lanes: ReadonlyMap<string, Sha>, sibling: string): string {
  const own = [...lanes].filter(([branch]) => branch.startsWith(`${INTEGRATION_PREFIX}${sibling}/`));
  return own.map(([branch, sha]) => `${branch}@${sha}`).join(' ');
}

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
import { unpushedFacts } from './brought.js';
import { elsewhereNote, endFacts, endNote, endsOf, goneSince, reopenedFacts, turnedAway } from './ended.js';

/** What a run knows of the target's forge: it was asked once, when the run began. */
export interface Visit {
  readonly forge: ForgePort;
  /** Open pull requests of AutoSync, by the branch they bring. */
  readonly open: Map<string, PullRequest>;
  /** Open ones that a person turned to another branch, by the branch they bring: they are left to whoever did. */
  readonly elsewhere: ReadonlyMap<string, PullRequest>;
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

/** What a preflight found to be in the way stops the run before anything is picked; what it warns of is said by then. */
async function mayWrite(
  { git, progress }: Tools,
  forge: ForgePort,
  { config, signal }: VisitRequest,
): Promise<readonly string[]> {
  const base = git.target.branch;
  const { autoMerge: merge, mergeMethod: method } = config.land;
  const { findings } = await forge.preflight({ base, merge, method, follow: config.chain.follow }, signal);
  refuseIf(forge, findings.find(({ state }) => state === 'bad') ?? null);
  const warnings = findings
    .filter(({ state }) => state === 'warning')
    .map(({ what, mend }) => `${what} ${mend}`.trim());
  for (const doing of warnings) progress({ phase: 'fetch', sibling: null, doing, stays: true });
  return warnings;
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
  const warnings = request.writes ? await mayWrite(tools, forge, request) : [];
  const listed = await forge.openPullRequests(base, INTEGRATION_PREFIX, request.signal);
  const open = new Map(listed.map((one) => [one.branch, one]));
  const gone = await goneSince(tools, forge, open, request.signal);
  const ended = await endsOf(tools, gone, request.signal);
  const elsewhere = turnedAway(gone);
  const approved = await approvedFacts(tools, forge, open, request.signal);
  const adopted = await adoptedFacts(tools, open, request.signal);
  const facts = [
    ...approved,
    ...(await unpushedFacts(tools, open, request.signal)),
    ...adopted,
    ...ended.flatMap((one) => [...endFacts(tools, request.run, one), ...calmFacts(tools, one.state)]),
    ...reopenedFacts(tools, open),
  ];
  if (facts.length > 0) await store.record(facts);
  return {
    forge,
    open,
    elsewhere,
    paused: () => pauseOf(store),
    changed: facts.length > 0,
    notes: [
      ...warnings,
      ...approvedNotes(approved),
      ...ended.map((one) => endNote(one, base)),
      ...[...elsewhere.values()].map(elsewhereNote),
      ...orphanNotes(store.pullRequests(), request.config),
    ],
  };
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

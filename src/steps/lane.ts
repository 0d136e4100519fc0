import type { Sha } from '../core/commit.js';
import { commitPageOf } from '../core/commitPage.js';
import type { Config, SiblingConfig } from '../core/config.js';
import type { IncomingCommit } from '../core/enhancement.js';
import { isProblem } from '../core/errors.js';
import type { LandedPick, PullRequestState } from '../core/facts.js';
import type { PullRequest, WantedPullRequest } from '../core/forgePort.js';
import { laneBranch } from '../core/integrationBranch.js';
import type { Lane } from '../core/lane.js';
import { readTrailers } from '../core/message.js';
import type { Ports } from '../core/ports.js';
import { withoutPicks } from '../core/pullRequestBlock.js';
import { pullRequestBody, pullRequestLabels, pullRequestTitle } from '../core/pullRequestText.js';
import { elsewhereWhy } from './ended.js';
import { peopleFor } from './people.js';
import { pushLane } from './pushLane.js';
import type { Visit } from './visit.js';

/** What one lane of a sibling shall bring. */
export interface LaneRequest {
  readonly run: string;
  readonly config: Config;
  readonly sibling: SiblingConfig;
  readonly lane: Lane;
  /** What the picks stand on: the target's branch, or a lane that has to be merged first. */
  readonly base: Sha;
  readonly tip: Sha;
  readonly tree: Sha;
  readonly picks: readonly LandedPick[];
  /** Rows of what it brings, in the order of the picks. */
  readonly rows: readonly IncomingCommit[];
  readonly checks: readonly string[];
  readonly builtOn: number | null;
  /** True: it brings nothing yet, and waits for somebody to commit to it. */
  readonly draft?: boolean;
  readonly signal: AbortSignal;
}

/** A lane that is on the forge, with what is remembered of it. */
export interface OfferedLane {
  readonly pullRequest: PullRequest;
  readonly state: PullRequestState;
}

/** A lane on the forge, or why it is not there as it should be; `state` is that of its pull request, if one is open. */
export type LaneOutcome =
  | ({ readonly kind: 'offered' } & OfferedLane)
  | { readonly kind: 'kept'; readonly why: string; readonly state: PullRequestState | null };

type Tools = Pick<Ports, 'forge' | 'git' | 'store' | 'clock' | 'progress'>;

const MOST_TIPS = 20;

const storedOf = (tools: Tools, branch: string): PullRequestState | undefined =>
  tools.store.pullRequests().find((one) => one.branch === branch);

const tipOn = (tools: Tools, branch: string): Sha | null => tools.git.upstream()?.lanes.get(branch) ?? null;

/**
 * True when AutoSync put the branch where it is. A person may amend a pick and keep its trailers, so they are believed
 * only when nothing is remembered of the branch.
 */
async function isOurs(tools: Tools, branch: string, tip: Sha, head: Sha, signal: AbortSignal): Promise<boolean> {
  const stored = storedOf(tools, branch);
  if (stored !== undefined) return stored.tips.includes(tip);
  const commits = await tools.git.incoming(head, tip, signal);
  return commits.every(({ message }) => readTrailers(message).run !== null);
}

/** What stands on the lane already when it brings the same picks on the same base: nobody's view of it is moved. */
function standing(tools: Tools, request: LaneRequest): PullRequestState | null {
  const branch = laneBranch(request.sibling.name, request.lane);
  const stored = storedOf(tools, branch);
  const now = tipOn(tools, branch);
  if (stored === undefined || now === null || stored.tips.at(-1) !== now) return null;
  const same =
    stored.base === request.base &&
    stored.tree === request.tree &&
    stored.picks.map(({ origin }) => origin).join() === request.picks.map(({ origin }) => origin).join();
  return same ? stored : null;
}

function plannedState(tools: Tools, request: LaneRequest, branch: string): PullRequestState {
  const before = storedOf(tools, branch);
  const isOpen = before?.state === 'open';
  return {
    branch,
    sibling: request.sibling.name,
    lane: request.lane,
    tips: [...(before?.tips ?? []).filter((tip) => tip !== request.tip), request.tip].slice(-MOST_TIPS),
    base: request.base,
    tree: request.tree,
    picks: request.picks,
    run: request.run,
    number: isOpen ? before.number : null,
    page: isOpen ? before.page : null,
    state: isOpen ? 'open' : 'planned',
    at: new Date(tools.clock()).toISOString(),
    ...(before?.alarm === undefined ? {} : { alarm: before.alarm }),
  };
}

/**
 * Brings a lane to the forge: its branch, by compare-and-swap, and its one pull request. The plan is written down
 * first; what a killed run left there is found by its branch and taken over. A branch with commits of a person is left
 * alone, and says so.
 */
export async function offerLane(tools: Tools, visit: Visit, request: LaneRequest): Promise<LaneOutcome> {
  const branch = laneBranch(request.sibling.name, request.lane);
  const now = tipOn(tools, branch);
  const { head } = tools.git.target;
  const stored = storedOf(tools, branch);
  const kept = (why: string): LaneOutcome => ({
    kind: 'kept',
    why,
    state: stored?.state === 'open' && visit.open.has(branch) ? stored : null,
  });
  if (now !== null && !(await isOurs(tools, branch, now, head, request.signal)))
    return kept(`the branch ${branch} has commits of a person; merge it, or close its pull request and delete it`);
  const turned = visit.elsewhere.get(branch);
  if (turned !== undefined) return { kind: 'kept', why: elsewhereWhy(turned), state: stored ?? null };
  const existing = visit.open.get(branch);
  const { maxOpenPullRequests } = request.config.land;
  if (existing === undefined && request.lane !== 'revert' && visit.open.size >= maxOpenPullRequests)
    return kept(`${openCount(visit.open.size)} open already (land.maxOpenPullRequests)`);
  const state = standing(tools, request) ?? plannedState(tools, request, branch);
  const tip = state.tips.at(-1) ?? request.tip;
  if (now !== tip) {
    const pushed = await pushLane(tools, { branch, before: now, after: tip }, state, request.signal);
    if (pushed !== null) return kept(pushed);
  }
  const wanted = await wantedOf(tools, visit, request, state, existing);
  const pullRequest = await show(visit, existing, wanted, request.signal);
  if (pullRequest.state !== 'open') {
    visit.open.delete(branch);
    return kept(`somebody merged or closed pull request #${pullRequest.number} meanwhile`);
  }
  visit.open.set(branch, pullRequest);
  return {
    kind: 'offered',
    pullRequest: { ...pullRequest, head: tip },
    state: await remember(tools, state, pullRequest),
  };
}

const openCount = (count: number): string => (count === 1 ? '1 pull request is' : `${count} pull requests are`);

async function show(
  visit: Visit,
  existing: PullRequest | undefined,
  wanted: WantedPullRequest,
  signal: AbortSignal,
): Promise<PullRequest> {
  if (existing === undefined) return visit.forge.openPullRequest(wanted, signal);
  return visit.forge.updatePullRequest(existing, wanted, signal);
}

async function remember(tools: Tools, state: PullRequestState, now: PullRequest): Promise<PullRequestState> {
  const next: PullRequestState = { ...state, number: now.number, page: now.page, state: 'open' };
  if (JSON.stringify(storedOf(tools, state.branch)) !== JSON.stringify(next))
    await tools.store.record([{ kind: 'pull-request', pullRequest: next }]);
  return next;
}

async function wantedOf(
  tools: Tools,
  visit: Visit,
  request: LaneRequest,
  state: PullRequestState,
  existing: PullRequest | undefined,
): Promise<WantedPullRequest> {
  const { sibling, lane, config } = request;
  const base = tools.git.target.branch;
  const pages = sibling.url === undefined ? null : commitPageOf(sibling.url);
  const rows = request.rows.map((commit) => ({ commit, page: pages === null ? null : `${pages}${commit.sha}` }));
  const source = [sibling.url ?? sibling.path ?? '', sibling.branch ?? ''].join(' ').trim();
  const { branch, tree, run } = state;
  const parts = {
    ...{ sibling: sibling.name, lane, base, branch, rows, source, tree, run },
    builtOn: request.builtOn,
    checks: request.checks,
    maxRisk: config.decide.maxRisk,
    head: state.base,
  };
  const people =
    existing === undefined && config.land.askPeople
      ? await peopleFor(tools, visit, pathsOf(request), request.signal)
      : NOBODY;
  return {
    branch,
    base,
    title: pullRequestTitle(parts),
    body: pullRequestBody(parts),
    draft: isDraft(request, existing),
    labels: pullRequestLabels(parts),
    ...people,
  };
}

/** A person who makes a draft of one that could be merged holds it back: only what AutoSync drafted it takes up again. */
const isDraft = ({ lane, draft = false }: LaneRequest, existing: PullRequest | undefined): boolean =>
  lane === 'conflict' || draft || (lane !== 'revert' && existing?.draft === true);

const pathsOf = ({ rows }: LaneRequest): readonly string[] => [...new Set(rows.flatMap(({ files }) => files.kept))];

const NOBODY: Pick<WantedPullRequest, 'assignees' | 'reviewers'> = { assignees: [], reviewers: [] };

/** Takes a lane that has nothing left to bring from the forge, unless a person committed to it. */
export async function withdrawLane(
  tools: Tools,
  visit: Visit,
  request: { readonly sibling: string; readonly lane: Lane; readonly why: string; readonly signal: AbortSignal },
): Promise<void> {
  const branch = laneBranch(request.sibling, request.lane);
  const now = tipOn(tools, branch);
  const { signal } = request;
  const stored = storedOf(tools, branch);
  // Whoever closed it may open it again, as long as its branch is there; whoever turned it to another has it.
  if (stored?.state === 'closed' || visit.elsewhere.has(branch)) return;
  if (now !== null && !(await isOurs(tools, branch, now, tools.git.target.head, signal))) return;
  const open = visit.open.get(branch);
  const latest = open === undefined ? null : await visit.forge.pullRequest(open.number, signal);
  // A person who merged or closed it meanwhile has the last word, which the next run reads.
  if (latest !== null && latest.state !== 'open') return void visit.open.delete(branch);
  if (stored !== undefined && (stored.state === 'open' || stored.state === 'planned')) {
    // Written down first: the forge shall not be read as a person who closed it.
    const at = new Date(tools.clock()).toISOString();
    await tools.store.record([{ kind: 'pull-request', pullRequest: { ...stored, state: 'withdrawn', at } }]);
  }
  if (open !== undefined) {
    await visit.forge.comment(open.number, request.why, signal);
    await visit.forge.closePullRequest(open.number, withoutPicks((latest ?? open).body), signal);
    visit.open.delete(branch);
  }
  if (now !== null) await tools.git.push({ branch, before: now, after: null }, signal).catch(leave);
}

/** A branch that cannot be deleted is only untidy. */
function leave(error: unknown): void {
  if (!isProblem(error, 'moved') && !isProblem(error, 'forge-refused')) throw error;
}

import type { IncomingCommit } from '../../src/core/enhancement.js';
import type {
  ChainState,
  Decision,
  Fact,
  LandingState,
  PullRequestState,
  Resolution,
  RunState,
  SiblingState,
} from '../../src/core/facts.js';

/** An object name that is the same for the same number. */
export const shaOf = (number: number): string => number.toString(16).padStart(40, '0');

/** A clock that stands still. */
export const NOON = Date.parse('2026-01-02T12:00:00Z');

/** A commit as a scan tells it. */
export function makeCommit(number: number, change: Partial<IncomingCommit> = {}): IncomingCommit {
  return {
    sha: shaOf(number),
    subject: `fix: repair part ${number}`,
    author: 'A. Writer',
    date: '2026-01-02T03:04:05Z',
    type: 'fix',
    scope: null,
    breaking: false,
    standing: 'candidate',
    reason: 'It picks cleanly.',
    evidence: { kind: 'candidate', tree: shaOf(number + 1), needs: [] },
    forecast: 'clean',
    files: { kept: [`src/part${number}.ts`], dropped: [] },
    partial: false,
    risk: { score: 1, items: [{ reason: 'files changed', count: 1, weight: 1 }] },
    vetoes: [],
    verdict: 'auto-merge',
    landed: null,
    pullRequest: null,
    ...change,
  };
}

/** A fact that tells commits of a sibling. */
export function commitsFact(sibling: string, commits: readonly IncomingCommit[], replace = false): Fact {
  return { kind: 'commits', sibling, run: 'run-1', replace, commits };
}

/** A decision on the commit of that number. */
export function makeDecision(number: number, change: Partial<Decision> = {}): Decision {
  return {
    sibling: 'acme',
    sha: shaOf(number),
    patchId: null,
    subject: `fix: repair part ${number}`,
    kind: 'declined',
    by: 'A. Writer',
    because: 'not for us – “never”\u2028 again',
    at: new Date(NOON + number).toISOString(),
    until: null,
    ...change,
  };
}

/** A decision as a fact. */
export const decisionFact = (number: number): Fact => ({ kind: 'decision', decision: makeDecision(number) });

/** How the conflicts of the commit of that number were resolved. */
export function makeResolution(number: number, change: Partial<Resolution> = {}): Resolution {
  return {
    sibling: 'acme',
    sha: shaOf(number),
    patchId: shaOf(number + 1),
    by: 'A. Writer',
    at: new Date(NOON + number).toISOString(),
    files: [
      { path: 'src/a.txt', ours: shaOf(5), text: 'one\r\ntwo – “three”\u2028\n' },
      { path: 'src/b.txt', ours: null, text: null },
    ],
    ...change,
  };
}

/** A sibling's state. */
export function makeSibling(name: string, change: Partial<SiblingState> = {}): SiblingState {
  return {
    name,
    tip: shaOf(1),
    branch: 'main',
    seenAt: '2026-01-02T03:04:05Z',
    error: null,
    notes: [],
    key: 'k',
    ...change,
  };
}

/** A run of the history. */
export function makeRun(number: number, change: Partial<RunState> = {}): RunState {
  return {
    run: `run-${number}`,
    command: 'sync',
    dryRun: false,
    startedAt: new Date(NOON + number * 1000).toISOString(),
    endedAt: null,
    outcome: 'running',
    targetBefore: shaOf(number),
    targetAfter: null,
    counts: { candidate: 1 },
    ...change,
  };
}

/** A landing of the history. */
export function makeLanding(number: number, change: Partial<LandingState> = {}): LandingState {
  return {
    id: `landing-${number}`,
    run: `run-${number}`,
    sibling: 'acme',
    at: '2026-01-02T03:04:05Z',
    phase: 'planned',
    how: 'auto-merge',
    refs: [{ ref: 'refs/heads/main', before: shaOf(1), after: shaOf(2) }],
    picks: [{ origin: shaOf(3), pick: shaOf(4) }],
    ...change,
  };
}

/** A pull request on the target's forge. */
export function makePullRequest(number: number, change: Partial<PullRequestState> = {}): PullRequestState {
  return {
    branch: `autosync/acme-${number}/auto`,
    sibling: `acme-${number}`,
    lane: 'auto',
    tips: [shaOf(1), shaOf(2)],
    base: shaOf(3),
    tree: shaOf(4),
    picks: [{ origin: shaOf(5), pick: shaOf(2) }],
    run: 'run-1',
    number,
    page: `https://forge.example/app/pull/${number}`,
    state: 'open',
    at: '2026-01-02T03:04:05Z',
    ...change,
  };
}

/** A chain of the target's CI. */
export function makeChain(number: number, change: Partial<ChainState> = {}): ChainState {
  return {
    head: shaOf(number),
    run: `run-${number}`,
    landings: [`landing-${number}`],
    since: '2026-01-02T03:04:05Z',
    state: 'running',
    workflow: null,
    watched: { head: shaOf(number), after: 0 },
    stages: [{ stage: 'build', state: 'passed', page: 'https://forge.example/app/actions/runs/1' }],
    retried: [],
    told: [],
    revert: null,
    report: null,
    outcome: 'The build passed.',
    ...change,
  };
}

/** A remembered check. */
export function checkFact(key: string): Fact {
  const outcome = {
    check: 'test',
    kind: 'test',
    status: 'passed',
    exit: 0,
    failures: [],
    tests: { passed: 1, failed: 0 },
    milliseconds: 5,
    output: 'ok',
    cached: false,
  } as const;
  return { kind: 'check', key, tree: shaOf(1), outcome, at: '2026-01-02T03:04:05Z' };
}

/** One fact of every kind that adds something. */
export const EVERY_KIND: readonly Fact[] = [
  { kind: 'sibling', sibling: makeSibling('acme') },
  commitsFact('acme', [makeCommit(1), makeCommit(2, { standing: 'landed', risk: null, type: null })]),
  commitsFact('globex', [makeCommit(1)]),
  { kind: 'run', run: makeRun(1) },
  decisionFact(7),
  { kind: 'resolution', resolution: makeResolution(8) },
  { kind: 'landing', landing: makeLanding(1) },
  { kind: 'pull-request', pullRequest: makePullRequest(1) },
  { kind: 'chain', chain: makeChain(1) },
  checkFact('tree/test'),
];

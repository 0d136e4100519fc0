import type { CheckOutcome } from '../core/check.js';
import type { IncomingCommit } from '../core/enhancement.js';
import { assertNever } from '../core/errors.js';
import type {
  ChainState,
  Decision,
  Fact,
  LandingState,
  PullRequestState,
  Resolution,
  RunState,
  SiblingState,
} from '../core/facts.js';
import type { TableName } from './schema.js';

/** A row of `commits` with everything the fact said. */
export interface CommitRow {
  readonly sibling: string;
  readonly run: string;
  readonly commit: IncomingCommit;
}

/** A row of `checks` with everything the fact said. */
export interface CheckRow {
  readonly key: string;
  readonly tree: string;
  readonly outcome: CheckOutcome;
  readonly at: string;
}

/** All that the store remembers, as the mirror lists it. */
export interface StateContent {
  readonly siblings: readonly SiblingState[];
  readonly commits: readonly CommitRow[];
  readonly runs: readonly RunState[];
  readonly decisions: readonly Decision[];
  /** Absent in what was written before schema 2. */
  readonly resolutions?: readonly Resolution[];
  readonly landings: readonly LandingState[];
  /** Absent in what was written before schema 3. */
  readonly pullRequests?: readonly PullRequestState[];
  /** Absent in what was written before schema 4. */
  readonly chains?: readonly ChainState[];
  readonly checks: readonly CheckRow[];
}

/** A row as its table keeps it: for `commits` the columns sibling, run and JSON; else the JSON alone. */
export type RawRow = readonly string[];

/** The query that lists a table in the order of the mirror. */
export function listingOf(table: TableName): string {
  switch (table) {
    case 'siblings':
      return 'SELECT json FROM siblings ORDER BY name';
    case 'commits':
      return 'SELECT sibling, run, json FROM commits ORDER BY sibling, position';
    case 'runs':
      return 'SELECT json FROM runs ORDER BY started, run';
    case 'decisions':
      return 'SELECT json FROM decisions ORDER BY at, sibling, sha';
    case 'resolutions':
      return 'SELECT json FROM resolutions ORDER BY at, sibling, sha';
    case 'landings':
      return 'SELECT json FROM landings ORDER BY position';
    case 'pullRequests':
      return 'SELECT json FROM pullRequests ORDER BY branch';
    case 'chains':
      return 'SELECT json FROM chains ORDER BY since, head';
    case 'checks':
      return 'SELECT json FROM checks ORDER BY position';
    default:
      return assertNever(table);
  }
}

/** What the mirror says of a row. */
export function entryOf(table: TableName, row: RawRow): unknown {
  if (table !== 'commits') return JSON.parse(row[0] ?? 'null');
  return { sibling: row[0], run: row[1], commit: JSON.parse(row[2] ?? 'null') };
}

/** The facts that make an empty database hold `content`, in the same order. */
export function factsOf(content: StateContent): readonly Fact[] {
  return [
    ...content.siblings.map((sibling): Fact => ({ kind: 'sibling', sibling })),
    ...content.commits.map(
      ({ sibling, run, commit }): Fact => ({ kind: 'commits', sibling, run, replace: false, commits: [commit] }),
    ),
    ...content.runs.map((run): Fact => ({ kind: 'run', run })),
    ...content.decisions.map((decision): Fact => ({ kind: 'decision', decision })),
    ...(content.resolutions ?? []).map((resolution): Fact => ({ kind: 'resolution', resolution })),
    ...content.landings.map((landing): Fact => ({ kind: 'landing', landing })),
    ...(content.pullRequests ?? []).map((pullRequest): Fact => ({ kind: 'pull-request', pullRequest })),
    ...(content.chains ?? []).map((chain): Fact => ({ kind: 'chain', chain })),
    ...content.checks.map((check): Fact => ({ kind: 'check', ...check })),
  ];
}

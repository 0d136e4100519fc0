import type { CheckOutcome } from '../core/check.js';
import { flakyIn } from '../core/confirm.js';
import type { IncomingCommit } from '../core/enhancement.js';
import type {
  ChainState,
  Decision,
  LandingState,
  PullRequestState,
  Resolution,
  RunState,
  SiblingState,
  StoredCommit,
} from '../core/facts.js';
import type { CheckRow } from './content.js';
import { listingOf } from './content.js';
import type { StateDatabase } from './database.js';

const COMMITS_OF_ONE = 'SELECT sibling, run, json FROM commits WHERE sibling = ? ORDER BY position';
const NEWEST_RUNS = 'SELECT json FROM runs ORDER BY started DESC, run DESC LIMIT ?';
// Every flip is in here as `"flaky":[...]`; what else holds the word is sorted out after it.
const CHECKS_THAT_FLIPPED = `SELECT json FROM checks WHERE instr(json, '"flaky":[') > 0 ORDER BY position`;
const CHECK_OF_KEY = 'SELECT json FROM checks WHERE key = ?';

/** The JSON in the first column of each row; the store wrote it itself from a value of this type. */
function parsed<Row>(database: StateDatabase, sql: string, values: readonly (string | number)[] = []): readonly Row[] {
  return [...database.rows(sql, values)].map(([json]) => JSON.parse(json ?? 'null'));
}

/** Siblings by name. */
export function siblingsIn(database: StateDatabase): readonly SiblingState[] {
  return parsed(database, listingOf('siblings'));
}

/** Commits of one sibling, or of all by name of the sibling, in the order in which they were told; one query. */
export function commitsIn(database: StateDatabase, sibling?: string): readonly StoredCommit[] {
  const rows = sibling === undefined ? database.rows(listingOf('commits')) : database.rows(COMMITS_OF_ONE, [sibling]);
  const stored: StoredCommit[] = [];
  for (const [name = '', , json = ''] of rows) {
    const commit: IncomingCommit = JSON.parse(json);
    stored.push({ sibling: name, commit });
  }
  return stored;
}

/** Decisions, oldest first. */
export function decisionsIn(database: StateDatabase): readonly Decision[] {
  return parsed(database, listingOf('decisions'));
}

/** How persons resolved conflicts, oldest first. */
export function resolutionsIn(database: StateDatabase): readonly Resolution[] {
  return parsed(database, listingOf('resolutions'));
}

/** Landings in the order in which they were first told. */
export function landingsIn(database: StateDatabase): readonly LandingState[] {
  return parsed(database, listingOf('landings'));
}

/** Pull requests by branch. */
export function pullRequestsIn(database: StateDatabase): readonly PullRequestState[] {
  return parsed(database, listingOf('pullRequests'));
}

/** Chains of the target's CI/CD, oldest first. */
export function chainsIn(database: StateDatabase): readonly ChainState[] {
  return parsed(database, listingOf('chains'));
}

/** The newest `limit` runs, newest first. */
export function runsIn(database: StateDatabase, limit: number): readonly RunState[] {
  return parsed(database, NEWEST_RUNS, [limit]);
}

/** The remembered outcome of a check; null when it is not remembered. */
export function checkIn(database: StateDatabase, key: string): CheckOutcome | null {
  return parsed<CheckRow>(database, CHECK_OF_KEY, [key])[0]?.outcome ?? null;
}

/** What flipped in the remembered outcomes, each name once. */
export function flakyNamesIn(database: StateDatabase): readonly string[] {
  return flakyIn(parsed<CheckRow>(database, CHECKS_THAT_FLIPPED).map(({ outcome }) => outcome));
}

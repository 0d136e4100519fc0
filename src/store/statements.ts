import type { IncomingCommit } from '../core/enhancement.js';
import { assertNever } from '../core/errors.js';
import type { Fact } from '../core/facts.js';
import { REMEMBERED_CHECKS, TABLES } from './schema.js';

/** An SQL statement with its values. */
export interface BoundStatement {
  readonly sql: string;
  readonly values: readonly (string | number | null)[];
}

type CommitsFact = Extract<Fact, { kind: 'commits' }>;

const PUT_SIBLING =
  'INSERT INTO siblings (name, json) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET json = excluded.json';
const PUT_COMMIT = `INSERT INTO commits (sibling, sha, standing, type, risk, date, subject, run, json)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sibling, sha) DO UPDATE SET standing = excluded.standing,
  type = excluded.type, risk = excluded.risk, date = excluded.date, subject = excluded.subject, run = excluded.run,
  json = excluded.json`;
const PUT_RUN = `INSERT INTO runs (run, started, json) VALUES (?, ?, ?)
  ON CONFLICT (run) DO UPDATE SET started = excluded.started, json = excluded.json`;
const PUT_DECISION = `INSERT INTO decisions (sibling, sha, at, json) VALUES (?, ?, ?, ?)
  ON CONFLICT (sibling, sha) DO UPDATE SET at = excluded.at, json = excluded.json`;
const PUT_RESOLUTION = `INSERT INTO resolutions (sibling, sha, at, json) VALUES (?, ?, ?, ?)
  ON CONFLICT (sibling, sha) DO UPDATE SET at = excluded.at, json = excluded.json`;
const PUT_LANDING = 'INSERT INTO landings (id, json) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET json = excluded.json';
const PUT_PULL_REQUEST =
  'INSERT INTO pullRequests (branch, json) VALUES (?, ?) ON CONFLICT (branch) DO UPDATE SET json = excluded.json';
const PUT_CHAIN = `INSERT INTO chains (head, since, json) VALUES (?, ?, ?)
  ON CONFLICT (head) DO UPDATE SET since = excluded.since, json = excluded.json`;
const FORGET_OLD_CHECKS = `DELETE FROM checks WHERE position <=
  (SELECT position FROM checks ORDER BY position DESC LIMIT 1 OFFSET ${REMEMBERED_CHECKS})`;

/** Statements that empty every table. */
export const CLEAR_ALL: readonly BoundStatement[] = TABLES.map((table) => ({
  sql: `DELETE FROM ${table}`,
  values: [],
}));

function commitStatement(fact: CommitsFact, commit: IncomingCommit): BoundStatement {
  const { sha, standing, type, date, subject } = commit;
  const risk = commit.risk?.score ?? null;
  const values = [fact.sibling, sha, standing, type, risk, date, subject, fact.run, JSON.stringify(commit)];
  return { sql: PUT_COMMIT, values };
}

function commitsStatements(fact: CommitsFact): readonly BoundStatement[] {
  const clear = { sql: 'DELETE FROM commits WHERE sibling = ?', values: [fact.sibling] };
  return [...(fact.replace ? [clear] : []), ...fact.commits.map((commit) => commitStatement(fact, commit))];
}

/** A check that is told again moves to the end: it is the newest. */
function checkStatements({ key, tree, outcome, at }: Extract<Fact, { kind: 'check' }>): readonly BoundStatement[] {
  return [
    { sql: 'DELETE FROM checks WHERE key = ?', values: [key] },
    { sql: 'INSERT INTO checks (key, json) VALUES (?, ?)', values: [key, JSON.stringify({ key, tree, outcome, at })] },
    { sql: FORGET_OLD_CHECKS, values: [] },
  ];
}

/** What a fact changes in the database; running it twice equals running it once. */
export function statementsOf(fact: Fact): readonly BoundStatement[] {
  switch (fact.kind) {
    case 'sibling':
      return [{ sql: PUT_SIBLING, values: [fact.sibling.name, JSON.stringify(fact.sibling)] }];
    case 'commits':
      return commitsStatements(fact);
    case 'run':
      return [{ sql: PUT_RUN, values: [fact.run.run, fact.run.startedAt, JSON.stringify(fact.run)] }];
    case 'decision': {
      const { sibling, sha, at } = fact.decision;
      return [{ sql: PUT_DECISION, values: [sibling, sha, at, JSON.stringify(fact.decision)] }];
    }
    case 'decision-withdrawn':
      return [{ sql: 'DELETE FROM decisions WHERE sibling = ? AND sha = ?', values: [fact.sibling, fact.sha] }];
    case 'resolution': {
      const { sibling, sha, at } = fact.resolution;
      return [{ sql: PUT_RESOLUTION, values: [sibling, sha, at, JSON.stringify(fact.resolution)] }];
    }
    case 'landing':
      return [{ sql: PUT_LANDING, values: [fact.landing.id, JSON.stringify(fact.landing)] }];
    case 'pull-request':
      return [{ sql: PUT_PULL_REQUEST, values: [fact.pullRequest.branch, JSON.stringify(fact.pullRequest)] }];
    case 'chain':
      return [{ sql: PUT_CHAIN, values: [fact.chain.head, fact.chain.since, JSON.stringify(fact.chain)] }];
    case 'check':
      return checkStatements(fact);
    default:
      return assertNever(fact);
  }
}

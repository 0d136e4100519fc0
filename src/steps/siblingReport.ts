import type { SiblingReport } from '../core/enhancement.js';
import { incomingCommit, type Judged } from '../core/judged.js';
import type { Ports } from '../core/ports.js';
import { standingsSince } from '../core/since.js';
import type { FetchOutcome } from '../pipeline/fetch.js';
import type { Offered } from './offerRequest.js';

/** What a run has to say of its siblings, and when it says it (ISO 8601, UTC). */
interface Said {
  readonly known: ReadonlySet<string>;
  readonly offered: ReadonlyMap<string, Offered>;
  readonly at: string;
}

/** What a run says of one sibling: what it found, or what was known before. */
export function reportOn(ports: Ports, outcome: FetchOutcome, { known, offered, at }: Said): SiblingReport {
  const { name } = outcome.sibling;
  const state = ports.store.siblings().find((one) => one.name === name);
  const stored = (): SiblingReport['commits'] => ports.store.commits(name).map((row) => row.commit);
  if (outcome.kind === 'failed')
    return {
      name,
      branch: state?.branch ?? null,
      tip: state?.tip ?? null,
      error: outcome.error,
      ...(outcome.errorCode === undefined ? {} : { errorCode: outcome.errorCode }),
      notes: [],
      unchanged: false,
      commits: stored(),
    };
  const { tip, branch } = outcome.fetched;
  const found = offered.get(name);
  if (known.has(name) || found === undefined)
    return { name, branch, tip, error: null, notes: outcome.notes, unchanged: true, commits: stored() };
  const rows = found.judged.map((judged: Judged) => incomingCommit(judged));
  const commits = standingsSince(rows, stored(), at);
  return { name, branch, tip, error: null, notes: found.notes, unchanged: false, commits };
}

import type { Sha } from '../core/commit.js';
import { isMerge } from '../core/commit.js';
import type { Config, SiblingConfig } from '../core/config.js';
import type { Judged } from '../core/judged.js';
import type { Ports } from '../core/ports.js';
import { filterCommits, gatherFilterFacts, rulesOf } from '../pipeline/filter.js';
import { type Integrated, integrate } from '../pipeline/integrate.js';
import { withResolutions } from './resolved.js';

/** Everything seen of a sibling on one head: each commit filtered and tried alone. */
export interface Look extends Integrated {
  /** Commits that conflict alone, still open, with the paths that are known to conflict. */
  readonly conflicts: ReadonlyMap<Sha, readonly string[]>;
}

/** What to look at. */
export interface LookRequest {
  readonly sibling: SiblingConfig;
  readonly head: Sha;
  readonly tip: Sha;
  readonly config: Config;
  readonly signal: AbortSignal;
}

/** Lists, filters and tries a sibling's incoming commits on a head, in memory. */
export async function lookAt(
  ports: Pick<Ports, 'git' | 'store' | 'clock' | 'progress'>,
  request: LookRequest,
): Promise<Look> {
  const { sibling, head, tip, config, signal } = request;
  ports.progress({ phase: 'filter', sibling: sibling.name, doing: 'listing commits' });
  const commits = await ports.git.incoming(head, tip, signal);
  const rules = rulesOf(config.filter);
  const single = commits.filter((commit) => !isMerge(commit));
  const facts = await gatherFilterFacts(ports.git, single, { rules, trees: [head, tip], signal });
  const judged: readonly Judged[] = filterCommits(commits, config.filter, facts, rules);
  ports.progress({
    phase: 'integrate',
    sibling: sibling.name,
    doing: `trying ${commits.length} commits in memory`,
  });
  const found = await integrate(ports.git, {
    sibling: sibling.name,
    head,
    tip,
    judged,
    filter: config.filter,
    decisions: ports.store.decisions(),
    landings: ports.store.landings(),
    now: ports.clock(),
    signal,
  });
  return withResolutions(ports, found, { head, signal });
}

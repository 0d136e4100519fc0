import type { Sha } from '../core/commit.js';
import type { Config, SiblingConfig } from '../core/config.js';
import type { RunReport } from '../core/enhancement.js';
import type { PullRequestState } from '../core/facts.js';
import { integrationBranch } from '../core/integrationBranch.js';
import { isOpen } from '../core/judged.js';
import type { Ports } from '../core/ports.js';
import type { FetchOutcome } from '../pipeline/fetch.js';
import { stateKey, stillHolds } from '../pipeline/persist.js';
import { approvals } from './approved.js';
import type { Offered } from './offerRequest.js';
import { laneTips } from './visit.js';

/** The parts of a run that decide whether stored rows still hold. */
export interface KnownRequest {
  readonly command: 'scan' | 'sync';
  readonly config: Config;
  readonly siblings: readonly SiblingConfig[];
}

/** Where what is offered of each sibling stands: on its branch in the target, or on its branches on the forge. */
async function branchTips(
  ports: Ports,
  siblings: readonly SiblingConfig[],
): Promise<ReadonlyMap<string, string | null>> {
  const upstream = ports.git.upstream();
  const states = ports.store.pullRequests();
  if (upstream !== null)
    return new Map(
      siblings.map(({ name }) => [
        name,
        [laneTips(upstream.lanes, name), ...approvals(states, name), ...withdrawals(states, name)].join(' '),
      ]),
    );
  const refs = siblings.map(({ name }) => `refs/heads/${integrationBranch(name)}`);
  const now = refs.length === 0 ? new Map<string, Sha | null>() : await ports.git.readRefs(refs);
  return new Map(siblings.map(({ name }) => [name, now.get(`refs/heads/${integrationBranch(name)}`) ?? null]));
}

/** Pull requests that are withdrawn: what one brought is to be offered elsewhere, whatever else stayed as it was. */
const withdrawals = (states: readonly PullRequestState[], sibling: string): readonly string[] =>
  states
    .filter((one) => one.sibling === sibling && one.state === 'withdrawn')
    .map(({ branch, number }) => `${branch}-${number}`);

/** Siblings whose stored rows still hold: nothing is listed, tried or written for them. */
export async function unchangedSiblings(
  ports: Ports,
  request: KnownRequest,
  outcomes: readonly FetchOutcome[],
  head: Sha,
): Promise<ReadonlySet<string>> {
  const tips = await branchTips(ports, request.siblings);
  const states = new Map(ports.store.siblings().map((state) => [state.name, state]));
  const depth = request.command;
  const unchanged = outcomes.filter((outcome) => {
    if (outcome.kind === 'failed') return false;
    const name = outcome.sibling.name;
    const parts = {
      depth,
      tip: outcome.fetched.tip,
      head,
      branch: tips.get(name) ?? null,
      config: request.config,
      decisions: ports.store.decisions(),
      resolutions: ports.store.resolutions(),
    } as const;
    return stillHolds(states.get(name), parts) && !isDue(ports, name);
  });
  return new Set(unchanged.map((outcome) => outcome.sibling.name));
}

/** True when a stored row waits for a moment that has come. */
function isDue(ports: Ports, sibling: string): boolean {
  return ports.store.commits(sibling).some(({ commit: { evidence } }) => {
    const until = evidence.kind === 'waiting' || evidence.kind === 'declined' ? evidence.until : null;
    return until !== null && Date.parse(until) <= ports.clock();
  });
}

/** Keys under which the rows are stored; none where something is left to do, so that the next run looks again. */
export async function keysOf(
  ports: Ports,
  request: KnownRequest,
  report: RunReport,
  offered: ReadonlyMap<string, Offered>,
): Promise<ReadonlyMap<string, string>> {
  const tips = await branchTips(ports, request.siblings);
  const depth = request.command;
  return new Map(
    report.siblings.map(({ name, tip }) => {
      const found = offered.get(name);
      const open = found === undefined || tip === null || found.unfinished || found.judged.some(isOpen);
      return [
        name,
        open
          ? ''
          : stateKey({
              depth,
              tip,
              head: report.target.landedHead,
              branch: tips.get(name) ?? null,
              config: request.config,
              decisions: ports.store.decisions(),
              resolutions: ports.store.resolutions(),
            }),
      ];
    }),
  );
}

import type { Fact, PullRequestState } from '../core/facts.js';
import type { ForgePort, PullRequest } from '../core/forgePort.js';
import type { Lane } from '../core/lane.js';
import type { Ports } from '../core/ports.js';
import { sanitize } from '../core/sanitize.js';

/** Lanes that wait for a person's word. What may merge by itself is held against its approvals when it is merged. */
const ASKS: ReadonlySet<Lane> = new Set(['review', 'apply']);

/** Who approved open pull requests, where that is another than is remembered. An approval is of the commit it was given to. */
export async function approvedFacts(
  { store }: Pick<Ports, 'store'>,
  forge: ForgePort,
  open: ReadonlyMap<string, PullRequest>,
  signal: AbortSignal,
): Promise<readonly Fact[]> {
  const asked = store.pullRequests().flatMap((state) => {
    const now = open.get(state.branch);
    return now !== undefined && now.number === state.number && state.state === 'open' && ASKS.has(state.lane)
      ? [{ state, now }]
      : [];
  });
  const found = await Promise.all(
    asked.map(async ({ state, now }) => ({ state, by: await forge.approvedBy(now.number, now.head, signal) })),
  );
  return found.flatMap(({ state, by }): readonly Fact[] => {
    const approvedBy = [...by].sort();
    const isKnown = approvedBy.join() === (state.approvedBy ?? []).join();
    return isKnown ? [] : [{ kind: 'pull-request', pullRequest: withApproval(state, approvedBy) }];
  });
}

function withApproval({ approvedBy: _before, ...state }: PullRequestState, by: readonly string[]): PullRequestState {
  return by.length === 0 ? state : { ...state, approvedBy: by };
}

const names = (by: readonly string[]): string => by.map((login) => sanitize(login, 60)).join(', ');

/** What a row says of it; empty when nobody approved it. */
export const approvedWords = (by: readonly string[] | undefined): string =>
  by === undefined || by.length === 0 ? '' : ` Approved by ${names(by)}: merging the pull request lands it.`;

/** Approvals of a sibling's open pull requests, as the key of its rows names them. */
export function approvals(states: readonly PullRequestState[], sibling: string): readonly string[] {
  const own = states.filter((one) => one.sibling === sibling && one.state === 'open' && one.approvedBy !== undefined);
  return own.map(({ branch, approvedBy = [] }) => `${branch}+${approvedBy.join('+')}`);
}

/** What a run says of new approvals. */
export const approvedNotes = (facts: readonly Fact[]): readonly string[] =>
  facts.flatMap((fact) =>
    fact.kind === 'pull-request' && fact.pullRequest.approvedBy !== undefined
      ? [`Pull request #${fact.pullRequest.number} was approved by ${names(fact.pullRequest.approvedBy)}.`]
      : [],
  );

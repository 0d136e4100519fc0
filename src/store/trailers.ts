import type { Sha } from '../core/commit.js';
import type { IncomingCommit } from '../core/enhancement.js';
import type { Fact, LandingState } from '../core/facts.js';

/** An origin as the target's own log records it in the trailers of a commit (design: product, "Integrate"). */
export interface RecordedOrigin {
  readonly sibling: string;
  readonly origin: Sha;
  readonly pick: Sha;
  readonly run: string | null;
}

/** Run of the landings whose trailers name none. */
const UNKNOWN_RUN = 'unknown';

/** The trailer tells neither text nor author; the next scan does. Tree and date are unknown: the empty string, and now. */
function landedCommit(origin: RecordedOrigin, at: string): IncomingCommit {
  return {
    sha: origin.origin,
    subject: '',
    author: '',
    date: at,
    type: null,
    scope: null,
    breaking: false,
    standing: 'landed',
    reason: `It landed as ${origin.pick}: the trailers of that commit say so. The rest of the record was lost.`,
    evidence: { kind: 'landed', pick: origin.pick, tree: '', how: 'apply' },
    forecast: null,
    files: { kept: [], dropped: [] },
    partial: false,
    risk: null,
    vetoes: [],
    verdict: null,
    landed: origin.pick,
    pullRequest: null,
  };
}

function landingOf(origins: readonly RecordedOrigin[], sibling: string, run: string, at: string): LandingState {
  const picks = origins.map(({ origin, pick }) => ({ origin, pick }));
  return { id: `trailers:${sibling}:${run}`, run, sibling, at, phase: 'done', how: 'apply', refs: [], picks };
}

function groupByRun(origins: readonly RecordedOrigin[]): readonly (readonly RecordedOrigin[])[] {
  const groups = new Map<string, RecordedOrigin[]>();
  for (const origin of origins) {
    const key = JSON.stringify([origin.sibling, origin.run]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [origin]);
    else group.push(origin);
  }
  return [...groups.values()];
}

function factsOfGroup(group: readonly RecordedOrigin[], at: string): readonly Fact[] {
  const [first] = group;
  if (first === undefined) return [];
  const { sibling } = first;
  const run = first.run ?? UNKNOWN_RUN;
  const commits = group.map((origin) => landedCommit(origin, at));
  return [
    { kind: 'commits', sibling, run, replace: false, commits },
    { kind: 'landing', landing: landingOf(group, sibling, run, at) },
  ];
}

/** Facts that keep what landed from being processed again: one landing per sibling and run, one commit per origin. */
export function factsOfOrigins(origins: readonly RecordedOrigin[], now: number): readonly Fact[] {
  const at = new Date(now).toISOString();
  return groupByRun(origins).flatMap((group) => factsOfGroup(group, at));
}

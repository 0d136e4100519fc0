import type { LandingState, StoredCommit } from '../core/facts.js';
import type { LeadTime } from '../core/kpi.js';
import { elapsed } from './elapsed.js';
import { lastingLandings } from './landings.js';
import { largest, median } from './median.js';

const HOUR = 3_600_000;

/** Two siblings may have the same commit, so a sha alone names no row. */
const rowName = (sibling: string, sha: string): string => `${sibling} ${sha}`;

/** When each commit landed, by row. Of two landings of one commit the first counts: it was there from then on. */
function landedAt(landings: readonly LandingState[]): ReadonlyMap<string, string> {
  const newestFirst = lastingLandings(landings).toSorted((one, other) => other.at.localeCompare(one.at));
  return new Map(
    newestFirst.flatMap(({ sibling, at, picks }) => picks.map(({ origin }) => [rowName(sibling, origin), at] as const)),
  );
}

/**
 * How long work took from the sibling to the target. What a person merged outside of AutoSync has no moment of
 * landing, and what the target lost again is no longer `landed`: neither counts.
 */
export function leadTimeOf(rows: readonly StoredCommit[], landings: readonly LandingState[]): LeadTime {
  const moments = landedAt(landings);
  const hours = rows.flatMap(({ sibling, commit }) => {
    const at = commit.standing === 'landed' ? moments.get(rowName(sibling, commit.sha)) : undefined;
    const milliseconds = at === undefined ? null : elapsed(commit.date, at);
    return milliseconds === null ? [] : [milliseconds / HOUR];
  });
  return { landed: hours.length, medianHours: median(hours), slowestHours: largest(hours) };
}

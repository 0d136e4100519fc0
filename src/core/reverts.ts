import { isMerge, type Sha } from './commit.js';
import { isOpen, type Judged, named, settle } from './judged.js';

const inTarget = (judged: Judged): boolean =>
  judged.settled?.standing === 'present' || judged.settled?.standing === 'landed';

/**
 * Takes out pairs of a commit and its revert when the target has neither; a revert of something the target has stays.
 * Newest first, so that a revert that was itself reverted cancels nothing (design: product, "Filter").
 */
export function cancelReverted(all: readonly Judged[]): readonly Judged[] {
  const bySha = new Map(all.map((judged) => [judged.commit.sha, judged]));
  const now = new Map<Sha, Judged>(bySha);
  for (const revert of [...all].reverse()) {
    const taken = revert.reverts === null ? undefined : bySha.get(revert.reverts);
    const current = now.get(revert.commit.sha);
    if (taken === undefined || current === undefined || inTarget(taken) || isMerge(taken.commit)) continue;
    // A revert whose change is in the target already takes the other one back all the same.
    if (!isOpen(current) && !inTarget(current)) continue;
    const evidence = { kind: 'cancelled', by: revert.commit.sha } as const;
    const why = `It takes back ${named(taken.commit)}, which the target does not have.`;
    if (isOpen(current)) now.set(revert.commit.sha, settle(current, 'cancelled', why, evidence));
    const other = now.get(taken.commit.sha);
    if (other !== undefined && isOpen(other)) {
      now.set(
        taken.commit.sha,
        settle(other, 'cancelled', `The sibling took it back with ${named(revert.commit)}.`, evidence),
      );
    }
  }
  return all.map((judged) => now.get(judged.commit.sha) ?? judged);
}

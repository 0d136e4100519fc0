import type { Sha } from '../core/commit.js';
import { isOpen, type Judged } from '../core/judged.js';
import type { Ports } from '../core/ports.js';
import type { Standing } from '../core/standing.js';
import type { Look } from './look.js';

/**
 * The commits to pick in this run, oldest first: what an earlier run took up already, and as many new ones as the cap
 * lets in. Commits that conflict alone are tried after what comes before them.
 */
export function pickable(look: Look, takenUp: ReadonlySet<Sha>, cap: number): readonly Judged[] {
  const open = look.judged.filter(isOpen);
  let fresh = 0;
  return open.filter(({ commit }) => {
    if (takenUp.has(commit.sha)) return true;
    // Left out only after one that the cap left out: that one waits for the next run, and this one with it.
    if (look.conflicts.has(commit.sha)) return cap > 0 && fresh <= cap;
    fresh += 1;
    return fresh <= cap;
  });
}

const TAKEN_UP: ReadonlySet<Standing> = new Set(['review', 'rejected']);

/** Commits that an earlier run validated and could not land: counted again, they would fill the cap for ever. */
export function takenUpBefore(ports: Pick<Ports, 'store'>, sibling: string): ReadonlySet<Sha> {
  const stored = ports.store.commits(sibling).filter(({ commit }) => TAKEN_UP.has(commit.standing));
  return new Set(stored.map(({ commit }) => commit.sha));
}

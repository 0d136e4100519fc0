import { suspectOf } from '../core/suspect.js';
import {
  breaks,
  breaksTheSame,
  clearOf,
  lookAtOnly,
  lookAtPrefix,
  type Search,
  type Sight,
  soughtIn,
} from './search.js';

/** The pick that seems to break something. */
export interface Accused {
  readonly index: number;
  /** The smallest tree known to break with it. */
  readonly sight: Sight;
  /** How often it was seen to break on trees with this pick. */
  readonly seen: number;
  /** Trees that were looked at since the tip. */
  readonly looks: number;
  /** How many of them halved the chain. */
  readonly halves: number;
  /** Whether it breaks without the picks before it; null when that is not known. */
  readonly alone: boolean | null;
  /** So many picks at the start are known not to show what the tip breaks. */
  readonly clear: number;
}

/** What asking the pick that failures point at came to. */
interface Asked {
  readonly accused: Accused | null;
  /** The pick that turned out to break nothing without those before it. */
  readonly fineAlone: number | null;
  readonly looks: number;
}

const NOBODY: Asked = { accused: null, fineAlone: null, looks: 0 };

/**
 * The pick at which the failures themselves point, if it brings one of them all alone. Another failure would prove
 * nothing: alone, a pick may lack what it builds on.
 */
async function bySuspicion(search: Search, tip: Sight): Promise<Asked> {
  const sought = soughtIn(search, tip.tried);
  const clear = clearOf(search, sought);
  const suspect = suspectOf(search.picks.slice(clear), tip.tried.broken);
  if (suspect === null || search.picks.length === 1) return NOBODY;
  const index = clear + suspect;
  const sight = await lookAtOnly(search, [index], sought);
  if (sight === null) return NOBODY;
  if (!breaksTheSame(tip.tried.found, sight.tried.found))
    return { accused: null, fineAlone: breaks(sight.tried) ? null : index, looks: 1 };
  const accused = { index, sight, seen: 2, looks: 1, halves: 0, alone: true, clear };
  return { accused, fineAlone: null, looks: 1 };
}

/** How often what a tree breaks was seen there: often enough where chance was excluded. */
export const sightingsOf = ({ tried }: Sight): number => (tried.broken.some(({ sure }) => sure !== undefined) ? 2 : 1);

/** The first pick whose prefix breaks something, by halving; that of the last pick does. */
async function byHalving(search: Search, tip: Sight, { fineAlone, looks: before }: Asked): Promise<Accused> {
  const sought = soughtIn(search, tip.tried);
  let low = clearOf(search, sought);
  let high = search.picks.length - 1;
  let halves = 0;
  let [broken, seen] = [tip, sightingsOf(tip)];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const sight = await lookAtPrefix(search, middle, sought);
    halves += 1;
    if (sight !== null && breaks(sight.tried)) {
      high = middle;
      [broken, seen] = [sight, seen + 1];
    } else low = middle + 1;
  }
  const alone = high === 0 ? true : high === fineAlone ? false : null;
  return { index: high, sight: broken, seen, looks: before + halves, halves, alone, clear: high };
}

/** The pick to accuse of what the tip breaks: by what the failures name, else by halving. */
export async function accuse(search: Search, tip: Sight): Promise<Accused> {
  const asked = await bySuspicion(search, tip);
  return asked.accused ?? byHalving(search, tip, asked);
}

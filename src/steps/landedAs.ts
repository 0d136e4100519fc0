import type { Sha } from '../core/commit.js';
import type { LandedPick } from '../core/facts.js';
import type { Ports } from '../core/ports.js';

/**
 * The commits that what takes picks back has to name, each once: the picks, and the commits of the target that brought
 * them. A forge that squashes or rebases makes others, which would go on counting as landed.
 */
export async function landedAs(
  { git }: Pick<Ports, 'git'>,
  head: Sha,
  picks: readonly LandedPick[],
  signal: AbortSignal,
): Promise<readonly Sha[]> {
  const gone = new Set(picks.map(({ origin }) => origin));
  const brought = (await git.origins(head, signal)).filter(({ origin }) => gone.has(origin));
  return [...new Set([...picks.map(({ pick }) => pick), ...brought.map(({ pick }) => pick)])];
}

import type { StoredCommit } from '../core/facts.js';
import type { StorePort } from '../core/ports.js';

/** The commits of the store; those that landed say what the target's CI made of it, where that was followed. */
export function commitsWithChains(store: Pick<StorePort, 'commits' | 'landings' | 'chains'>): readonly StoredCommit[] {
  const outcomes = new Map(store.chains().flatMap(({ landings, outcome }) => landings.map((id) => [id, outcome])));
  if (outcomes.size === 0) return store.commits();
  const words = new Map(
    store.landings().flatMap(({ id, sibling, picks }) => {
      const outcome = outcomes.get(id);
      return outcome === undefined ? [] : picks.map(({ origin }) => [`${sibling} ${origin}`, outcome] as const);
    }),
  );
  return store.commits().map((row) => {
    const ci = words.get(`${row.sibling} ${row.commit.sha}`);
    return ci === undefined ? row : { ...row, commit: { ...row.commit, ci } };
  });
}

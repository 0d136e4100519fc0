import type { Sha } from '../core/commit.js';
import { AutoSyncError } from '../core/errors.js';
import type { StoredCommit } from '../core/facts.js';
import type { StorePort } from '../core/ports.js';
import { sanitize } from '../core/sanitize.js';

/** Rows whose sha begins with what was given. Throws `unknown-commit` when there is none, or when several commits match. */
export function findCommits(store: Pick<StorePort, 'commits'>, given: string): readonly StoredCommit[] {
  const shown = sanitize(given, 80);
  if (!/^[0-9a-f]{4,64}$/i.test(given))
    throw new AutoSyncError({
      code: 'unknown-commit',
      given: shown,
      why: 'a commit is named by at least four hexadecimal digits',
    });
  const found = store.commits().filter(({ commit }) => commit.sha.startsWith(given.toLowerCase()));
  const shas = new Set<Sha>(found.map(({ commit }) => commit.sha));
  if (shas.size === 0)
    throw new AutoSyncError({
      code: 'unknown-commit',
      given: shown,
      why: 'no sibling has brought it in the last scan',
    });
  if (shas.size > 1)
    throw new AutoSyncError({
      code: 'unknown-commit',
      given: shown,
      why: `${shas.size} commits begin with it; give more digits`,
    });
  return found;
}

import {
  commitsBetween,
  contains,
  mergedTree,
  moveRef,
  readCommit,
  refsOf,
  replayed,
  storeCommit,
  tipOf,
} from './bare.js';
import { Refusal } from './call.js';
import { type Actor, refsMoved } from './happenings.js';
import { guardsOf, mergeabilityOf } from './mergeability.js';
import type { Pull, Repository, World } from './world.js';

/** How a merge is asked for. */
export interface MergeWish {
  readonly method: 'merge' | 'squash' | 'rebase';
  /** The head that the asker saw; null when it does not say. */
  readonly sha: string | null;
  readonly title: string | null;
  readonly message: string | null;
}

const REFUSED_METHOD = {
  merge: 'Merge commits are not allowed on this repository.',
  squash: 'Squash merges are not allowed on this repository.',
  rebase: 'Rebase merges are not allowed on this repository.',
} as const;

function mergedCommit(world: World, repository: Repository, pull: Pull, wish: MergeWish, actor: Actor): string | null {
  const { folder } = repository;
  const base = tipOf(folder, pull.base) ?? pull.baseSha;
  const commits = commitsBetween(folder, base, pull.headSha);
  if (wish.method === 'rebase') return replayed(folder, base, commits);
  const tree = mergedTree(folder, base, pull.headSha);
  if (tree === null) return null;
  const squash = wish.method === 'squash';
  const title = squash
    ? `${pull.title} (#${pull.number})`
    : `Merge pull request #${pull.number} from ${repository.owner}/${pull.head}`;
  const list = commits.map((sha) => `* ${readCommit(folder, sha).message.trim()}`).join('\n\n');
  const message = `${wish.title ?? title}\n\n${wish.message ?? (squash ? list : pull.title)}\n`;
  const parents = squash ? [base] : [base, pull.headSha];
  return storeCommit(folder, { tree, parents, message, login: actor.login, at: world.now() });
}

function refuse(repository: Repository, pull: Pull, wish: MergeWish): void {
  if (pull.state === 'closed') throw new Refusal(405, 'Pull Request is not mergeable');
  if (wish.sha !== null && wish.sha !== pull.headSha) {
    throw new Refusal(409, 'Head branch was modified. Review and try the merge again.');
  }
  const methods = repository.declared.mergeMethods ?? ['merge', 'squash', 'rebase'];
  const linear = guardsOf(repository, pull.base).some((guard) => guard.linearHistory);
  if (!methods.includes(wish.method)) throw new Refusal(405, REFUSED_METHOD[wish.method]);
  if (linear && wish.method === 'merge') throw new Refusal(405, 'This branch must not contain merge commits.');
  const { refusal } = mergeabilityOf(repository, pull);
  if (refusal !== null) throw new Refusal(405, refusal);
}

/** Merges a pull request in git, or throws what GitHub refuses it with (405, 409). Returns the new tip of the base. */
export function mergePull(world: World, repository: Repository, pull: Pull, wish: MergeWish, actor: Actor): string {
  refuse(repository, pull, wish);
  const before = refsOf(repository.folder);
  const base = tipOf(repository.folder, pull.base);
  const sha = mergedCommit(world, repository, pull, wish, actor);
  if (sha === null) throw new Refusal(405, 'This branch can’t be rebased');
  if (!moveRef(repository.folder, `refs/heads/${pull.base}`, sha, base)) {
    throw new Refusal(405, 'Base branch was modified. Review and try the merge again.');
  }
  pull.merge = { sha, by: actor.login, at: world.now() };
  pull.state = 'closed';
  pull.closedAt = pull.merge.at;
  pull.updatedAt = pull.merge.at;
  refsMoved(world, repository, before, actor);
  return sha;
}

/** Merges what waits by auto-merge for checks or reviews that are there now. */
export function settle(world: World, repository: Repository): void {
  for (const pull of repository.pulls.values()) {
    if (pull.state === 'closed' || pull.autoMerge === null || mergeabilityOf(repository, pull).refusal !== null)
      continue;
    const wish = { method: pull.autoMerge.method, sha: null, title: null, message: null };
    mergePull(world, repository, pull, wish, { login: pull.autoMerge.by, startsWorkflows: true });
  }
}

/** Merges the base into the head, as the button of a pull request does. Throws 422 as GitHub does. */
export function updateHead(world: World, repository: Repository, pull: Pull, seen: string | null, actor: Actor): void {
  const { folder } = repository;
  const base = tipOf(folder, pull.base) ?? pull.baseSha;
  if (seen !== null && seen !== pull.headSha) {
    throw new Refusal(422, `expected head sha didn’t match current head ref.`);
  }
  if (contains(folder, pull.headSha, base)) throw new Refusal(422, 'There are no new commits on the base branch.');
  const tree = mergedTree(folder, pull.headSha, base);
  if (tree === null) throw new Refusal(422, 'merge conflict between base and head');
  const before = refsOf(folder);
  const message = `Merge branch '${pull.base}' into ${pull.head}\n`;
  const parents = [pull.headSha, base];
  const sha = storeCommit(folder, { tree, parents, message, login: actor.login, at: world.now() });
  moveRef(folder, `refs/heads/${pull.head}`, sha, pull.headSha);
  refsMoved(world, repository, before, actor);
}

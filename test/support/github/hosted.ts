import { git } from '../plainGit.js';
import { refsOf, tipOf } from './bare.js';
import type { Conclusion, Protection } from './declared.js';
import { type Actor, refsMoved } from './happenings.js';
import { mergePull, settle } from './merging.js';
import { writeFiles } from './personsCommit.js';
import { type Advance, advance } from './running.js';
import type { Comment, Label, Pull, Repository, Review, Run, World } from './world.js';

/** A hosted repository, for the test: what is in it, and what people do with it. */
export interface Hosted {
  readonly fullName: string;
  /** The bare repository; after refs were moved in it by hand, call `moved`. */
  readonly folder: string;
  readonly cloneUrl: string;
  /** Tip of a branch; null when there is none. */
  tip(branch: string): string | null;
  branches(): readonly string[];
  /** By number, oldest first. */
  pulls(): readonly Readonly<Pull>[];
  /** Throws when there is no such pull request. */
  pull(number: number): Readonly<Pull>;
  labels(): readonly Readonly<Label>[];
  comments(number: number): readonly Readonly<Comment>[];
  runs(): readonly Readonly<Run>[];
  /** A person commits on a branch (made from the default branch when new); null removes a file. Returns the commit. */
  commit(branch: string, files: Readonly<Record<string, string | null>>, message?: string, login?: string): string;
  /** Says that refs were moved in `folder`: `before` is what `refsOf(folder)` said. */
  moved(before: ReadonlyMap<string, string>, login: string): void;
  /** Null takes the protection away. */
  protect(branch: string, protection: Protection | null): void;
  review(number: number, login: string, state: Review['state']): void;
  /** Moves a run of a workflow, and its jobs. */
  advance(run: number, to: Advance): void;
  /** A check run that no workflow made. */
  check(sha: string, name: string, conclusion: Conclusion | null): void;
  /** A person merges, as with the button. Throws when it is refused. */
  merge(number: number, login: string, method?: 'merge' | 'squash' | 'rebase'): void;
  /** A person closes or opens a pull request. */
  setState(number: number, state: 'open' | 'closed'): void;
  deleteBranch(branch: string): void;
  status(sha: string, context: string, state: 'error' | 'failure' | 'pending' | 'success'): void;
}

/** The test's hands on a hosted repository. */
export function hostedOf(world: World, repository: Repository): Hosted {
  const { folder } = repository;
  const pull = (number: number): Pull => {
    const found = repository.pulls.get(number);
    if (found === undefined) throw new Error(`${repository.fullName} has no pull request ${number}.`);
    return found;
  };
  const actor = (login: string): Actor => ({ login, startsWorkflows: true });
  return {
    fullName: repository.fullName,
    folder,
    cloneUrl: `${world.origin}/${repository.fullName}.git`,
    tip: (branch) => tipOf(folder, branch),
    branches: () => [...refsOf(folder, 'refs/heads/').keys()].map((ref) => ref.slice('refs/heads/'.length)),
    pulls: () => [...repository.pulls.values()],
    pull,
    labels: () => [...repository.labels.values()],
    comments: (number) => [...repository.comments.values()].filter((comment) => comment.pull === number),
    runs: () => repository.runs,
    commit(branch, files, message = 'a change', login = repository.owner) {
      const before = refsOf(folder);
      const sha = writeFiles(folder, { branch, start: repository.defaultBranch, files, message, login });
      refsMoved(world, repository, before, actor(login));
      return sha;
    },
    moved: (before, login) => refsMoved(world, repository, before, actor(login)),
    protect(branch, protection) {
      if (protection === null) repository.protection.delete(branch);
      else repository.protection.set(branch, protection);
    },
    review(number, login, state) {
      const found = pull(number);
      const review = { id: world.nextId(), login, state, body: '', commit: found.headSha, at: world.now() };
      found.reviews = [...found.reviews, review];
      settle(world, repository);
    },
    advance(run, to) {
      const found = repository.runs.find(({ id }) => id === run);
      if (found === undefined) throw new Error(`${repository.fullName} has no run ${run}.`);
      advance(world, repository, found, to);
    },
    check(sha, name, conclusion) {
      const status = conclusion === null ? 'in_progress' : 'completed';
      repository.checks.push({ id: world.nextId(), sha, name, status, conclusion });
      settle(world, repository);
    },
    merge(number, login, method = 'merge') {
      mergePull(world, repository, pull(number), { method, sha: null, title: null, message: null }, actor(login));
    },
    setState(number, state) {
      const found = pull(number);
      found.state = state;
      found.closedAt = state === 'closed' ? world.now() : null;
    },
    deleteBranch(branch) {
      const before = refsOf(folder);
      git(folder, ['update-ref', '-d', `refs/heads/${branch}`]);
      refsMoved(world, repository, before, actor(repository.owner));
    },
    status(sha, context, state) {
      repository.statuses.push({ id: world.nextId(), sha, context, state, description: null, at: world.now() });
      settle(world, repository);
    },
  };
}

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../plainGit.js';
import type { DeclaredRepository } from './declared.js';
import type { Repository, World } from './world.js';

/**
 * Refuses what GitHub refuses at a push: anything to a guarded branch, workflow files from a token without leave, and
 * refs that belong to GitHub.
 */
const HOOK = `#!/bin/sh
while read old new ref; do
  case "$ref" in refs/pull/*) echo "deny updating a hidden ref: $ref" >&2; exit 1;; esac
  for branch in $STAND_IN_GUARDED; do
    if [ "$ref" = "refs/heads/$branch" ]; then
      echo "error: GH006: Protected branch update failed for $ref." >&2
      exit 1
    fi
  done
  [ "$STAND_IN_WORKFLOWS" = taken ] && continue
  case "$new" in *[!0]*) ;; *) continue;; esac
  changed=$(git log --format= --name-only "$new" --not --all -- .github/workflows | head -n 1)
  if [ -n "$changed" ]; then
    echo "refusing to allow a Personal Access Token to create or update workflow \\\`$changed\\\` without \\\`workflow\\\` scope" >&2
    exit 1
  fi
done
`;

function makeBare(root: string, declared: DeclaredRepository, branch: string): string {
  const folder = join(root, declared.owner, `${declared.name}.git`);
  mkdirSync(folder, { recursive: true });
  git(folder, ['init', '-q', '--bare', '--template=', `--initial-branch=${branch}`]);
  git(folder, ['config', 'http.receivepack', 'true']);
  git(folder, ['config', 'uploadpack.allowAnySHA1InWant', 'true']);
  git(folder, ['config', 'uploadpack.allowFilter', 'true']);
  git(folder, ['config', 'core.logAllRefUpdates', 'false']);
  mkdirSync(join(folder, 'hooks'), { recursive: true });
  writeFileSync(join(folder, 'hooks', 'pre-receive'), HOOK);
  chmodSync(join(folder, 'hooks', 'pre-receive'), 0o755);
  if (declared.from !== undefined) git(folder, ['fetch', '-q', declared.from, '+refs/heads/*:refs/heads/*']);
  return folder;
}

/** Makes a repository below `root` and the world's record of it. */
export function host(world: World, root: string, declared: DeclaredRepository): Repository {
  const defaultBranch = declared.defaultBranch ?? 'main';
  const fullName = `${declared.owner}/${declared.name}`;
  const repository: Repository = {
    id: world.nextId(),
    declared,
    owner: declared.owner,
    name: declared.name,
    fullName,
    defaultBranch,
    folder: makeBare(root, declared, defaultBranch),
    protection: new Map(Object.entries(declared.protection ?? {})),
    rules: new Map(Object.entries(declared.rules ?? {})),
    labels: new Map(),
    pulls: new Map(),
    comments: new Map(),
    checks: [],
    statuses: [],
    workflows: (declared.workflows ?? []).map((workflow) => ({ ...workflow, id: world.nextId() })),
    runs: [],
  };
  world.repositories.set(fullName.toLowerCase(), repository);
  return repository;
}

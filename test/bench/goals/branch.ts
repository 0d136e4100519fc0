import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PickChain, PickRequest } from '../../../src/core/gitPort.js';
import { cherryPick } from '../../../src/git/cherryPick.js';
import type { Quarantine } from '../../../src/git/quarantine.js';
import { type GitCapabilities, gitCapabilities } from '../../../src/git/version.js';
import { type Fingerprint, fingerprintGitFolder, fingerprintRefs } from '../../support/fingerprint.js';
import { git } from '../../support/plainGit.js';
import { drainGit } from '../drain.js';
import { dropLoose, freshPath, type Ground, NEVER, worktreeOf } from '../ground.js';
import { GOAL, type Measured } from '../measured.js';
import { pairedOf, sides, timeOf } from '../stopwatch.js';

const MOST_PICKS = 100;

/** An empty quarantine that reads through to the ground's own, so that every pick has to be written anew. */
function freshQuarantine(ground: Ground): Quarantine {
  const folder = freshPath('quarantine');
  const gitDir = join(folder, 'quarantine.git');
  mkdirSync(gitDir, { recursive: true });
  git(gitDir, ['init', '-q', '--bare', '--template=', '.']);
  const { objects, info } = {
    objects: join(ground.quarantine.place.gitDir, 'objects'),
    info: join(gitDir, 'objects', 'info'),
  };
  writeFileSync(join(info, 'alternates'), `${objects}\n`);
  return { place: { kind: 'quarantine', gitDir }, folder, rebuilt: null, refs: new Map() };
}

/** The first hundred commits that pick on top of one another. */
async function pickable(ground: Ground): Promise<readonly PickRequest[]> {
  const requests = ground.candidates.map((commit) => ({ commit, message: commit.message }));
  const { results } = await ground.port.chain(ground.head, requests, NEVER);
  const picked = new Set(results.flatMap((result) => (result.kind === 'picked' ? [result.sha] : [])));
  return requests.filter(({ commit }) => picked.has(commit.sha)).slice(0, MOST_PICKS);
}

const same = (one: Fingerprint, other: Fingerprint): boolean => JSON.stringify(one) === JSON.stringify(other);

const untouched = (ground: Ground): Fingerprint => ({
  ...fingerprintGitFolder(ground.target),
  ...fingerprintRefs(ground.target),
  objects: git(ground.target, ['count-objects', '-v']),
});

async function chainOf(
  ground: Ground,
  requests: readonly PickRequest[],
  quarantine: Quarantine,
  capabilities: GitCapabilities,
): Promise<PickChain> {
  const { flushesReplies, mergeTreeStdin } = capabilities;
  const committer = { name: 'A. Writer', email: 'writer@example.test', seconds: 1_700_000_000, zone: '+0000' };
  const setting = {
    quarantine,
    format: ground.port.target.objectFormat,
    flushesReplies,
    mergeTreeStdin,
    committer,
    signal: NEVER,
  };
  return cherryPick(setting, { commit: ground.head, tree: ground.headTree }, requests);
}

/** Milliseconds that bringing a chain into the target takes, as a branch that is taken away again. */
async function landing(ground: Ground, chain: PickChain): Promise<number> {
  const ref = 'refs/heads/autosync/bench';
  const milliseconds = await timeOf(() =>
    ground.port.land({
      refs: [{ ref, before: null, after: chain.tip }],
      fastForward: null,
      run: 'bench',
      signal: NEVER,
    }),
  );
  git(ground.target, ['update-ref', '-d', ref]);
  return milliseconds;
}

/** Goal 6: a branch of picks in memory against one call of cherry-pick in a worktree. */
export async function branchGoal(ground: Ground, rounds: number): Promise<readonly Measured[]> {
  const requests = await pickable(ground);
  if (requests.length === 0) return [];
  const before = untouched(ground);
  const capabilities = await gitCapabilities();
  const folder = worktreeOf(ground, 'branch');
  const trees = new Set<string>();
  const inMemory = async (): Promise<number> => {
    const quarantine = freshQuarantine(ground);
    const milliseconds = await timeOf(async () =>
      trees.add((await chainOf(ground, requests, quarantine, capabilities)).tree),
    );
    rmSync(quarantine.folder, { recursive: true });
    return milliseconds;
  };
  const inWorktree = async (): Promise<number> => {
    git(folder, ['reset', '-q', '--hard', ground.head]);
    dropLoose(ground.plain);
    const milliseconds = await drainGit(folder, ['cherry-pick', ...requests.map(({ commit }) => commit.sha)]);
    trees.add(git(folder, ['rev-parse', 'HEAD^{tree}']));
    return milliseconds;
  };
  const paired = await pairedOf(rounds, inMemory, inWorktree);
  const changed = same(before, untouched(ground)) ? null : "the target's git folder is not as it was";
  const wrong = trees.size === 1 ? changed : `${trees.size} different final trees`;
  const home = await landing(ground, await ground.port.chain(ground.head, requests, NEVER));
  const note = `${sides(paired)}; bringing it home: ${home.toFixed(0)} ms`;
  return [
    {
      goal: '6',
      what: `one-call cherry-pick / branch of ${requests.length} picks`,
      value: 1 / paired.ratio,
      unit: 'x',
      want: GOAL.atLeast(5),
      note,
      wrong,
    },
  ];
}

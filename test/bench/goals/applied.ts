import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { type Commit, isMerge, type Sha } from '../../../src/core/commit.js';
import type { AppliedMatch } from '../../../src/core/gitPort.js';
import { findApplied } from '../../../src/git/applied.js';
import { ContentCache } from '../../../src/git/contentCache.js';
import { collect, incomingCommits, logCommits } from '../../../src/git/log.js';
import { gitBytes, plainEnvironment } from '../../support/plainGit.js';
import { drainGit } from '../drain.js';
import { freshPath, type Ground, NEVER } from '../ground.js';
import { GOAL, type Measured } from '../measured.js';
import { type Paired, pairedOf, sides, timeOf } from '../stopwatch.js';

type Matches = ReadonlyMap<Sha, AppliedMatch>;

/** The step as a run takes it: the target's side listed, then the ladder; patch-ids are remembered in `file`. */
async function findIn(ground: Ground, incoming: readonly Commit[], file: string): Promise<Matches> {
  const { place } = ground.quarantine;
  const cache = await ContentCache.open(file);
  const target = await collect(logCommits(place, [ground.head, `^${ground.tip}`], { signal: NEVER }));
  return findApplied({ place, cache, signal: NEVER }, { incoming, target });
}

const listed = (ground: Ground) => incomingCommits(ground.quarantine.place, ground.tip, ground.head, NEVER);

/** A memory of patch-ids as it was ten commits ago. */
async function memoryBefore(ground: Ground, newest: number): Promise<string> {
  const file = freshPath('patch-ids.txt');
  await findIn(ground, ground.incoming.slice(0, -newest), file);
  return file;
}

function patchIdsOf(ground: Ground, range: readonly string[]): ReadonlyMap<Sha, string> {
  const args = ['log', '-p', '--no-merges', '--no-renames', '--no-ext-diff', '--no-textconv', '--full-index', ...range];
  const patches = spawnSync('sh', ['-c', 'git "$@" | git patch-id --stable', 'sh', ...args], {
    cwd: ground.plain,
    env: plainEnvironment(),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const lines = patches.stdout.split('\n').filter(Boolean);
  return new Map(lines.map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]));
}

/** Why the answer is not what `git patch-id` of both sides says; null when it is. */
function disagreement(ground: Ground, found: Matches): { readonly wrong: string | null; readonly note: string } {
  const here = new Set(patchIdsOf(ground, [ground.head, `^${ground.tip}`]).values());
  const truth = [...patchIdsOf(ground, [ground.tip, `^${ground.head}`])]
    .filter(([, id]) => here.has(id))
    .map(([sha]) => sha);
  const known = new Set(truth);
  const missed = truth.filter((sha) => !found.has(sha));
  const invented = [...found].filter(([sha, match]) => match.by === 'patch-id' && !known.has(sha));
  const wrong =
    missed.length + invented.length === 0
      ? null
      : `${missed.length} missed, ${invented.length} invented of ${truth.length} by patch-id`;
  return { wrong, note: `${found.size} found, ${truth.length} by patch-id` };
}

/** Goal 3: what the target has already, with nothing remembered and with all but ten commits remembered. */
export async function appliedGoal(ground: Ground, rounds: number): Promise<readonly Measured[]> {
  const cherry = (): Promise<number> => drainGit(ground.plain, ['cherry', ground.head, ground.tip]);
  const cold = await pairedOf(
    rounds,
    () => timeOf(async () => findIn(ground, await listed(ground), freshPath('patch-ids.txt'))),
    cherry,
  );
  const before = await memoryBefore(ground, 10);
  const remembering = (work: (file: string) => Promise<unknown>) => (): Promise<number> => {
    const file = freshPath('patch-ids.txt');
    copyFileSync(before, file);
    return timeOf(() => work(file));
  };
  const warm = await pairedOf(
    rounds,
    remembering((file) => findIn(ground, ground.incoming, file)),
    cherry,
  );
  const { wrong, note } = disagreement(ground, await findIn(ground, ground.incoming, freshPath('patch-ids.txt')));
  const merges = ground.incoming.filter(isMerge).length;
  const about = `${ground.incoming.length - merges} + ${Number(gitBytes(ground.plain, ['rev-list', '--count', '--no-merges', ground.head, `^${ground.tip}`]).toString('latin1'))} commits`;
  const row = (goal: string, what: string, paired: Paired, limit: number): Measured => ({
    goal,
    what,
    value: paired.ratio,
    unit: 'x',
    want: GOAL.atMost(limit),
    note: `${sides(paired)}; ${about}; ${note}`,
    wrong,
  });
  return [
    row('3a', 'applied, cold, with listing both sides / git cherry', cold, 1.5),
    row('3b', 'applied, 10 new commits, on listed commits / git cherry', warm, 0.2),
  ];
}

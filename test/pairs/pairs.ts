/**
 * Holds forecasts against real cherry-picks on any two repositories:
 *
 *   npm run test:pairs -- TARGET SIBLING [--target-rev REV] [--sibling-rev REV] [--since REV] [--limit N] [--truth FILE]
 *
 * Every non-merge commit of the sibling is forecast alone on the target's head, and really picked there in a worktree
 * (or looked up in a truth file); both must agree, but for lockfiles, which are never merged as text. `present` by patch-id is held against `git patch-id` of both sides.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Commit, isMerge } from '../../src/core/commit.js';
import { isLockfile } from '../../src/core/lockfiles.js';
import { openGit } from '../../src/git/git.js';
import { git, type Scene, setScene } from './scene.js';

type Outcome = 'clean' | 'conflict' | 'empty';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'target-rev': { type: 'string' },
    'sibling-rev': { type: 'string' },
    limit: { type: 'string', default: '300' },
    truth: { type: 'string' },
  },
});

function reallyPick(scene: Scene, shas: readonly string[]): ReadonlyMap<string, Outcome> {
  const folder = join(scene.folder, 'picks');
  git(scene.target, ['config', 'gc.auto', '0']);
  // Only now, after the forecasts: until here the target has nothing of the sibling.
  appendFileSync(join(scene.target, '.git/objects/info/alternates'), `${join(scene.sibling, '.git/objects')}\n`);
  git(scene.target, ['worktree', 'add', '-q', '--detach', folder, scene.head]);
  const outcomes = new Map<string, Outcome>();
  for (const sha of shas) {
    git(folder, ['cherry-pick', '--allow-empty', sha], { ok: [1] }); // 128 is no outcome of a pick
    outcomes.set(sha, outcomeOfPick(folder, scene));
    git(folder, ['cherry-pick', '--quit'], { ok: [1, 128] });
    git(folder, ['reset', '-q', '--hard', scene.head]);
    git(folder, ['clean', '-ffdxq']);
  }
  return outcomes;
}

function outcomeOfPick(folder: string, scene: Scene): Outcome {
  if (git(folder, ['ls-files', '-u']) !== '') return 'conflict';
  const tree = (revision: string): string => git(folder, ['rev-parse', `${revision}^{tree}`]).trim();
  return tree('HEAD') === tree(scene.head) ? 'empty' : 'clean';
}

function patchIdsOf(folder: string, tip: string, without: string): ReadonlyMap<string, string> {
  const log = [
    'log',
    '-p',
    '--no-merges',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--full-index',
    tip,
    `^${without}`,
  ];
  const pipe = spawnSync('sh', ['-c', `git ${log.join(' ')} | git patch-id --stable`], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  return new Map(
    pipe.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]),
  );
}

/** Commits of the sibling whose exact change a commit of the target makes too. */
function patchTruth(scene: Scene): ReadonlySet<string> {
  const objects = join(scene.target, '.git', 'objects', 'info', 'alternates');
  spawnSync('sh', ['-c', `echo "${join(scene.sibling, '.git', 'objects')}" >> "${objects}"`]);
  const here = new Set(patchIdsOf(scene.target, scene.head, scene.tip).values());
  return new Set(
    [...patchIdsOf(scene.target, scene.tip, scene.head)].filter(([, id]) => here.has(id)).map(([sha]) => sha),
  );
}

async function main(): Promise<number> {
  const [target, sibling] = positionals;
  if (target === undefined || sibling === undefined) {
    process.stderr.write('Name two repositories: npm run test:pairs -- TARGET SIBLING\n');
    return 2;
  }
  const revisions = {
    ...(values['target-rev'] ? { target: values['target-rev'] } : {}),
    ...(values['sibling-rev'] ? { sibling: values['sibling-rev'] } : {}),
  };
  const scene = setScene(target, sibling, revisions);
  try {
    return await compare(scene);
  } finally {
    scene.remove();
  }
}

async function compare(scene: Scene): Promise<number> {
  const signal = new AbortController().signal;
  const port = await openGit({
    folder: scene.target,
    branch: 'main',
    remote: 'origin',
    source: null,
    cache: join(scene.folder, 'cache'),
    clock: Date.now,
  });
  const config = { name: 'sibling', path: scene.sibling, branch: 'main' };
  const fetched = await port.fetch(config, await port.tipOf(config, signal), signal);
  const started = performance.now();
  const incoming = (await port.incoming(scene.head, fetched.tip, signal)).filter((commit) => !isMerge(commit));
  const listed = performance.now();
  const truth = values.truth === undefined ? null : readTruth(values.truth);
  const chosen =
    truth === null ? incoming.slice(0, Number(values.limit)) : incoming.filter((commit) => truth.has(commit.sha));
  const forecasts = await port.forecast(
    scene.head,
    chosen.map((commit) => ({ commit })),
    signal,
  );
  const done = performance.now();
  const applied = await port.applied(scene.head, scene.tip, incoming, signal);
  const ladder = performance.now();
  process.stdout.write(
    `${incoming.length} commits listed in ${(listed - started).toFixed(0)} ms, ${chosen.length} forecast in ${(done - listed).toFixed(0)} ms, applied found in ${(ladder - done).toFixed(0)} ms\n`,
  );
  const real =
    truth ??
    reallyPick(
      scene,
      chosen.map((commit) => commit.sha),
    );
  const forecastGood = reportForecasts(chosen, new Map(forecasts.map((one) => [one.sha, one.outcome])), real);
  const byPatchId = new Set([...applied].filter(([, match]) => match.by === 'patch-id').map(([sha]) => sha));
  const appliedGood = reportApplied(byPatchId, new Set(applied.keys()), patchTruth(scene));
  await port.close();
  return forecastGood && appliedGood ? 0 : 1;
}

function readTruth(file: string): ReadonlyMap<string, Outcome> {
  const { commits } = JSON.parse(readFileSync(file, 'utf8')) as {
    commits: readonly { sha: string; status: Outcome; merge?: boolean }[];
  };
  return new Map(commits.filter((commit) => commit.merge !== true).map((commit) => [commit.sha, commit.status]));
}

function reportForecasts(
  commits: readonly Commit[],
  forecasts: ReadonlyMap<string, Outcome>,
  real: ReadonlyMap<string, Outcome>,
): boolean {
  const other = commits.filter((commit) => forecasts.get(commit.sha) !== real.get(commit.sha));
  // Git merges lockfiles as text, AutoSync never does: there the two differ by rule.
  const byRule = other.filter(({ changes }) => changes.some(({ path }) => isLockfile(path)));
  const wrong = other.filter((commit) => !byRule.includes(commit));
  const count = (outcome: Outcome): number => commits.filter((commit) => real.get(commit.sha) === outcome).length;
  process.stdout.write(
    `forecast: ${commits.length - other.length} of ${commits.length} agree with a real cherry-pick (${count('clean')} clean, ${count('conflict')} conflict, ${count('empty')} empty); ${byRule.length} touch a lockfile and differ by rule\n`,
  );
  for (const commit of wrong.slice(0, 20))
    process.stdout.write(
      `  ${commit.sha} forecast ${forecasts.get(commit.sha)}, really ${real.get(commit.sha)}: ${commit.subject.slice(0, 60)}\n`,
    );
  return wrong.length === 0 && commits.length > 0;
}

function reportApplied(byPatchId: ReadonlySet<string>, all: ReadonlySet<string>, truth: ReadonlySet<string>): boolean {
  const wrong = [...byPatchId].filter((sha) => !truth.has(sha));
  const found = [...truth].filter((sha) => all.has(sha)).length;
  process.stdout.write(
    `present: ${byPatchId.size} by patch-id, ${wrong.length} of them wrong; recall ${found} of ${truth.size}; ${all.size} on all rungs\n`,
  );
  return wrong.length === 0;
}

process.exitCode = await main();

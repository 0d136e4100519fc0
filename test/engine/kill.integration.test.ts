import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { appWith, type Family, makeFamily } from '../support/family.js';
import { bundle, killAlone, killTree, start, WASM } from '../support/killable.js';
import { git, tryGit } from '../support/plainGit.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const KILLS = Number(process.env['AUTOSYNC_KILLS'] ?? 8);
const BRANCHES = ['main', 'autosync/acme', 'autosync/globex'];

/** A copy of the family that may be harmed. */
interface Copy {
  readonly target: string;
  readonly cache: string;
  readonly args: readonly string[];
}

const scene: { program: string; folder: string; milliseconds: number; trees: readonly string[]; subjects: string } = {
  program: '',
  folder: '',
  milliseconds: 0,
  trees: [],
  subjects: '',
};

function fill(family: Family): void {
  const [acme, globex] = [family.sibling('acme'), family.sibling('globex')];
  family.commit(acme, 'fix: line 2', { 'src/app.txt': appWith({ 2: 'acme' }) });
  family.commit(acme, 'feat: a file', { 'src/acme/one.txt': 'one\n', 'src/acme/two.txt': 'two\n' });
  family.commit(acme, 'feat!: held', { 'src/held.txt': 'held\n' });
  family.commit(acme, 'fix: bad', { 'src/bad.txt': 'BROKEN\n' });
  family.commit(globex, 'fix: line 18', { 'src/app.txt': appWith({ 18: 'globex' }) });
  family.commit(globex, 'feat!: held too', { 'src/globex.txt': 'held\n' });
}

function copyOf(): Copy {
  const folder = join(temporaryFolder(), 'family');
  cpSync(scene.folder, folder, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  const [target, cache] = [join(folder, 'target'), join(folder, 'cache')];
  git(target, ['status']); // the copied files have new inodes
  return { target, cache, args: [target, cache, WASM] };
}

const treesOf = ({ target }: Copy): readonly string[] =>
  BRANCHES.map((branch) => git(target, ['rev-parse', `${branch}^{tree}`]));

/** Runs `sync` to its end and returns what it reported. */
async function finish(
  copy: Copy,
): Promise<{ readonly unchanged: readonly boolean[]; readonly notes: readonly string[] }> {
  const { exit, out, err } = await start(scene.program, copy.args).ended;
  if (exit !== 0) throw new Error(`sync ended with ${exit}: ${err}`);
  return JSON.parse(out);
}

function filesBelow(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String) : [];
}

/** What must hold once a killed run was followed by a whole one. */
async function expectWhole(copy: Copy): Promise<void> {
  await finish(copy);
  expect(treesOf(copy)).toEqual(scene.trees);
  expect(git(copy.target, ['log', '--reverse', '--format=%s', 'main'])).toBe(scene.subjects);
  const origins = git(copy.target, ['log', '--format=%(trailers:key=AutoSync-Origin,valueonly)', 'main'])
    .split('\n')
    .filter(Boolean);
  expect(new Set(origins).size).toBe(origins.length);
  expect(git(copy.target, ['status', '--porcelain'])).toBe('');
  expect(tryGit(copy.target, ['fsck', '--strict'])).toMatchObject({ exit: 0 });
  expect(filesBelow(join(copy.target, '.autosync')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  expect(filesBelow(join(copy.target, '.git')).filter((name) => name.endsWith('.lock'))).toEqual([]);
  const scratch = filesBelow(copy.cache).filter((name) => /(^|\/)scratch\/[^/]+$/.test(name));
  expect(scratch).toEqual([]);
  expect((await finish(copy)).unchanged).toEqual([true, true]);
}

/** A lock that git left is for a person to remove: until then every run says so and lands nothing. */
async function removeLock({ target, args }: Copy): Promise<void> {
  const lock = join(target, '.git/index.lock');
  if (!existsSync(lock)) return;
  const { exit, err } = await start(scene.program, args).ended;
  expect(exit).toBe(1);
  expect(err).toMatch(/index\.lock/);
  rmSync(lock);
}

beforeAll(async () => {
  const family = makeFamily(['acme', 'globex']);
  fill(family);
  scene.folder = family.folder;
  scene.program = await bundle(join(import.meta.dirname, 'children/runner.ts'), temporaryFolder());
  const calm = copyOf();
  const started = performance.now();
  await finish(calm);
  scene.milliseconds = performance.now() - started;
  scene.trees = treesOf(calm);
  scene.subjects = git(calm.target, ['log', '--reverse', '--format=%s', 'main']);
  await finish(calm);
  expect((await finish(calm)).unchanged).toEqual([true, true]);
});

describe('a sync that is killed', () => {
  it.each(Array.from({ length: KILLS }, (_unused, index) => index + 1))(
    'at moment %i leaves the next one the rest of the work, and nothing is done twice',
    async (moment) => {
      const copy = copyOf();
      const run = start(scene.program, copy.args);
      await sleep((scene.milliseconds * (moment - 0.5)) / KILLS);
      (moment % 2 === 0 ? killAlone : killTree)(run.child.pid ?? 0);
      await run.ended;
      await removeLock(copy); // the moment may have been one in which git held its lock
      await expectWhole(copy);
    },
  );

  it('again and again ends up at the same place', async () => {
    const copy = copyOf();
    for (const share of [0.3, 0.6, 0.8, 0.5]) {
      const run = start(scene.program, copy.args);
      await sleep(scene.milliseconds * share);
      killTree(run.child.pid ?? 0);
      await run.ended;
    }
    await expectWhole(copy);
  });
});

/** A program `git` that stands still at one call, before, in the middle of, or after what the real one does. */
function haltingGit(call: string, script: string): { readonly path: string; readonly marker: string } {
  const folder = join(temporaryFolder(), 'bin');
  mkdirSync(folder);
  const marker = join(folder, 'halted');
  const real = tryGit(folder, ['--exec-path']).text.trim();
  const git = existsSync('/usr/bin/git') ? '/usr/bin/git' : join(real, 'git');
  const halt = `: > '${marker}'; sleep 60`;
  writeFileSync(
    join(folder, 'git'),
    `#!/bin/sh\ngit=${git}\nfor last; do :; done\nif [ ! -e '${marker}' ]; then case " $* " in ${call}) ${script.replaceAll('HALT', halt)};; esac; fi\nexec $git "$@"\n`,
  );
  chmodSync(join(folder, 'git'), 0o755);
  return { path: [folder, process.env['PATH']].join(delimiter), marker };
}

const MERGE = '*" merge --quiet "*';
const OFFER = '*" update-ref -m "*';

describe('a sync that is killed in the middle of landing', () => {
  it.each([
    ['before the branch is fast-forwarded', MERGE, 'HALT'],
    ['when the files are there and the branch has not moved', MERGE, '$git read-tree -m -u HEAD "$last"; HALT'],
    [
      'when some files are there and git holds its lock',
      MERGE,
      ': > .git/index.lock; $git cat-file blob "$last:src/acme/one.txt" > src/one.part; mkdir -p src/acme; mv src/one.part src/acme/one.txt; HALT',
    ],
    ['after the branch was fast-forwarded', MERGE, '$git "$@"; HALT'],
    ['before the branch for review is moved', OFFER, 'HALT'],
    ['after the branch for review was moved', OFFER, '$git "$@"; HALT'],
  ])('%s leaves the next one the rest of the work', async (_when, call, script) => {
    const copy = copyOf();
    const { path, marker } = haltingGit(call, script);
    const run = start(scene.program, copy.args, { PATH: path });
    for (let waited = 0; !existsSync(marker) && waited < 20_000; waited += 20) await sleep(20);
    expect(existsSync(marker)).toBe(true);
    killTree(run.child.pid ?? 0);
    await run.ended;
    await removeLock(copy);
    await expectWhole(copy);
    expect(readFileSync(join(copy.target, 'src/acme/one.txt'), 'utf8')).toBe('one\n');
  });

  it('with the files there, and edited by a person since, leaves that edit alone and lands nothing over it', async () => {
    const copy = copyOf();
    const { path, marker } = haltingGit(MERGE, '$git read-tree -m -u HEAD "$last"; HALT');
    const run = start(scene.program, copy.args, { PATH: path });
    for (let waited = 0; !existsSync(marker) && waited < 20_000; waited += 20) await sleep(20);
    killTree(run.child.pid ?? 0);
    await run.ended;
    const file = join(copy.target, 'src/acme/one.txt');
    writeFileSync(file, 'mine\n');
    const head = git(copy.target, ['rev-parse', 'main']);
    await finish(copy);
    expect(readFileSync(file, 'utf8')).toBe('mine\n');
    expect(git(copy.target, ['rev-parse', 'main'])).toBe(head);
    git(copy.target, ['reset', '-q', '--hard']);
    await expectWhole(copy);
  });
});

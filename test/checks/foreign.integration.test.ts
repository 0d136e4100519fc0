import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createChecks } from '../../src/checks/checks.js';
import { workingIsolations } from '../../src/checks/isolation.js';
import type { Isolation } from '../../src/checks/sandbox.js';
import { DEFAULT_CONFIG } from '../../src/core/config.js';
import { bundle } from '../support/killable.js';
import { commandCheck, makeChecks, makeProject, markedSleep, never, running, temporaryFolder } from './project.js';

const exec = promisify(execFile);
/** A bubblewrap that lies on the search path, not where systems keep theirs, is tried too: it needs no installation. */
const searched = (process.env.PATH ?? '').split(delimiter).filter(isAbsolute);
const isolations = await workingIsolations(searched);

/** Says which parts of the defence this machine allows: what it forbids is not tested elsewhere either. */
const kinds = isolations.map(({ kind }) => kind);

afterEach(() => vi.unstubAllEnvs());

const run = async (isolation: Isolation, command: string, timeout = 60) => {
  const [checks, folder] = await Promise.all([makeChecks({ timeout }, isolation), makeProject({})]);
  return { folder, outcome: await checks.run(folder, commandCheck(command), never()) };
};

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const ended = (mark: string) => vi.waitFor(() => expect(running(mark)).toEqual([]), 10_000);

/** Prints the start-up environment of every process that can be seen. */
const READ_ALL = 'cat /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n"; echo read';

/** Starts a process of its own session, which nothing that its group gets reaches. */
const daemon = (command: string) => `nohup setsid ${command} >/dev/null 2>&1 &`;

test('a process group is always among what works here', () => {
  expect(kinds.at(-1)).toBe('group');
  expect(['bwrap', 'unshare', 'group']).toEqual(expect.arrayContaining([...kinds]));
});

describe.each(isolations)('under $kind, a check', (isolation) => {
  const alone = isolation.kind !== 'group';

  test('that reads the environment of other processes finds no token, or what it could find is said', async () => {
    const canary = `canary-${process.pid}-${isolation.kind}`;
    const holder = spawn('sleep', ['600'], { env: { ...process.env, TOKEN: canary }, stdio: 'ignore' });
    try {
      const control = await exec('/bin/sh', ['-c', READ_ALL], { maxBuffer: 2 ** 26 });
      if (process.platform === 'linux') expect(control.stdout).toContain(canary);
      const { outcome } = await run(isolation, `${READ_ALL.replace('; echo read', '')} | grep -c ${canary}`);
      const isHidden = alone || process.platform !== 'linux';
      expect(outcome.status).toBe(isHidden ? 'failed' : 'passed');
      expect(outcome.output.trim()).toMatch(isHidden ? /^0$/ : /^[1-9]/);
    } finally {
      holder.kill('SIGKILL');
    }
  });

  test('that forks daemons leaves none running', async () => {
    const [sleeps, open] = [markedSleep(), markedSleep()];
    const { outcome } = await run(isolation, `${daemon(sleeps)} ${daemon(`sh -c '${open}; echo'`)} echo done`);
    expect(outcome).toMatchObject({ status: 'passed', output: 'done\n' });
    await Promise.all([ended(sleeps), ended(open)]);
  });

  test('that hangs with daemons and ignores every request is ended at the time limit, with all of them', async () => {
    const sleeps = markedSleep();
    const { outcome } = await run(isolation, `trap '' TERM INT HUP; ${daemon(sleeps)} while :; do ${sleeps}; done`, 2);
    expect(outcome).toMatchObject({ status: 'timed-out', exit: null });
    await ended(sleeps);
  });

  // How long that takes is measured by the bench (goal 15).
  test('that is cancelled and ends at no request is ended, with its daemons and what those started', async () => {
    const [checks, folder] = await Promise.all([makeChecks({}, isolation), makeProject({})]);
    const [cancel, sleeps, below] = [new AbortController(), markedSleep(), markedSleep()];
    const command = `trap '' TERM INT HUP; ${daemon(`sh -c '${below} & ${sleeps}; echo'`)} while :; do ${sleeps}; done`;
    const outcome = expect(checks.run(folder, commandCheck(command), cancel.signal)).rejects.toThrow();
    await vi.waitFor(
      () => expect([running(sleeps).length > 2, running(below).length > 0]).toEqual([true, true]),
      20_000,
    );
    cancel.abort();
    await outcome;
    await Promise.all([ended(sleeps), ended(below)]);
  });

  test('that kills its parent hits a shell of ours at most', async () => {
    const control = await exec('/bin/sh', ['-c', `/bin/sh -c 'kill -9 $PPID'; echo survived`]).catch((error) => error);
    expect(control.signal).toBe('SIGKILL');
    const { outcome } = await run(isolation, 'kill -9 $PPID; sleep 1; echo after');
    // Process 1 of a namespace does not hear what comes from inside.
    expect(outcome.status).toBe(isolation.kind === 'unshare' ? 'passed' : 'failed');
  });

  test('that prints a gigabyte costs no memory, and keeps its end', async () => {
    const before = process.memoryUsage().rss;
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 20);
    const { outcome } = await run(isolation, 'head -c 1000000000 /dev/zero | tr "\\0" x; echo; echo the end; exit 1');
    clearInterval(watch);
    expect(peak - before).toBeLessThan(150_000_000);
    expect(outcome.output).toMatch(/\nthe end\n$/);
    expect(Buffer.byteLength(outcome.output)).toBeLessThanOrEqual(16 * 1024);
  });

  test('that writes to a home writes to its own', async () => {
    const name = `.autosync-test-${process.pid}-${isolation.kind}`;
    const { outcome } = await run(isolation, `echo x > "$HOME/${name}" && ls -A "$HOME"`);
    expect(outcome).toMatchObject({ status: 'passed', output: `${name}\n` });
    expect(await isThere(join(homedir(), name))).toBe(false);
  });

  test('cannot write beside its folder, so that git is given no settings by it', async () => {
    const cacheFolder = await temporaryFolder();
    const [folder, settings] = [join(cacheFolder, 'worktree'), join(cacheFolder, 'config')];
    await mkdir(folder);
    await writeFile(settings, 'ours\n');
    const checks = createChecks({ config: DEFAULT_CONFIG.validate, cacheFolder, isolation });
    await checks.run(folder, commandCheck('echo evil > ../config; echo kept > own'), never());
    expect(await readFile(join(folder, 'own'), 'utf8')).toBe('kept\n');
    expect(await readFile(settings, 'utf8')).toBe(alone ? 'ours\n' : 'evil\n');
  });

  test('that opens a port and stays has its port closed', async () => {
    const script = `require('net').createServer().listen(0, '127.0.0.1', function () { require('fs').writeFileSync('port', String(this.address().port)) })`;
    const folder = await makeProject({ 'serve.cjs': script });
    const checks = await makeChecks({}, isolation);
    const outcome = await checks.run(
      folder,
      commandCheck(`${daemon('node serve.cjs')} while ! [ -s port ]; do sleep 0.1; done`),
      never(),
    );
    expect(outcome.status).toBe('passed');
    const port = Number(await readFile(join(folder, 'port'), 'utf8'));
    await vi.waitFor(() => listenOnce(port), 10_000);
  });

  test('runs with limits, and with memory for a large type-check', async () => {
    const { outcome } = await run(
      isolation,
      'ulimit -c; ulimit -d; node -e "Buffer.alloc(2 ** 30, 1); console.log(1)"',
    );
    const [core, memory, node] = outcome.output.trim().split('\n');
    expect([core, node]).toEqual(['0', '1']);
    expect(Number(memory)).toBeGreaterThanOrEqual(4 * 1024 * 1024);
  });

  test('that eats memory without end is ended, and nothing of ours', async () => {
    const command = 'ulimit -d 300000; node -e "const kept = []; for (;;) kept.push(Buffer.alloc(2 ** 24, 1))"';
    const { outcome } = await run(isolation, command);
    expect(outcome.status).toBe('failed');
  });

  test('that fills the disk is told from one that fails, and what it wrote is gone', async () => {
    const cacheFolder = await temporaryFolder();
    const small = await exec('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'none', cacheFolder]).then(
      () => true,
      () => false,
    );
    try {
      const folder = join(cacheFolder, 'worktree');
      await mkdir(folder);
      const checks = createChecks({ config: DEFAULT_CONFIG.validate, cacheFolder, isolation });
      // Without a small disk, a limit of the file's size stands in for it: the verdict then is an ordinary failure.
      const fill = `${small ? '' : 'ulimit -f 2000; '}head -c 64000000 /dev/zero > "$TMPDIR/big"`;
      const outcome = await checks.run(folder, commandCheck(fill), never());
      expect(outcome.status).toBe(small ? 'could-not-run' : 'failed');
      if (small) expect(outcome.output).toContain('because the disk is full');
      expect((await exec('ls', [join(cacheFolder, 'scratch')])).stdout).toBe('');
      expect(await checks.run(folder, commandCheck('true'), never())).toMatchObject({ status: 'passed' });
    } finally {
      if (small) await exec('umount', ['-l', cacheFolder]);
    }
  });

  test('of a run that is killed is ended, at once or by the next run', async () => {
    const [sleeps, cacheFolder, folder] = [markedSleep(), await temporaryFolder(), await makeProject({})];
    const killed = await spawnRunner({ cacheFolder, folder, isolation, command: `${daemon(sleeps)} ${sleeps}` });
    await vi.waitFor(() => expect(running(sleeps).length).toBeGreaterThan(1), 30_000);
    killed.kill('SIGKILL');
    await new Promise((resolve) => killed.once('exit', resolve));
    const next = createChecks({ config: DEFAULT_CONFIG.validate, cacheFolder, isolation });
    await next.run(folder, commandCheck('true'), never());
    await ended(sleeps);
  });
});

test('what has mounts of its own cannot undo them, nor see more by making new ones', async () => {
  const canary = `canary-${process.pid}-mounts`;
  const holder = spawn('sleep', ['600'], { env: { ...process.env, TOKEN: canary }, stdio: 'ignore' });
  const cacheFolder = await temporaryFolder();
  const folder = join(cacheFolder, 'worktree');
  await mkdir(folder);
  const look = `cat /proc/${holder.pid}/environ; echo evil > ${cacheFolder}/evil`;
  const control = await exec('/bin/sh', ['-c', look], { maxBuffer: 2 ** 20 }).catch((error) => error);
  expect(control.stdout.includes(canary)).toBe(process.platform === 'linux');
  await rm(join(cacheFolder, 'evil'));
  try {
    for (const isolation of isolations.filter(({ kind }) => kind !== 'group')) {
      // Outside of a namespace this would take the machine's own mounts away.
      const ours = await readlink('/proc/self/ns/mnt');
      const undo = `umount -l /proc; umount -l ${cacheFolder}; mount -o remount,bind,rw ${cacheFolder}; ${look}`;
      const attack = `[ "$(readlink /proc/self/ns/mnt)" != '${ours}' ] || exit 9; ${undo}; unshare --user --map-root-user --mount sh -c '${undo}'; exit 0`;
      const checks = createChecks({ config: DEFAULT_CONFIG.validate, cacheFolder, isolation });
      const outcome = await checks.run(folder, commandCheck(attack), never());
      expect(outcome.status).toBe('passed');
      expect(outcome.output).not.toContain(canary);
      expect(await isThere(join(cacheFolder, 'evil'))).toBe(false);
    }
  } finally {
    holder.kill('SIGKILL');
  }
});

test('programs of the folder are never used to build the isolation', async () => {
  const fired = join(await temporaryFolder(), 'fired');
  const evil = `#!/bin/sh\necho fired >> ${fired}\n`;
  const names = ['unshare', 'mount', 'bwrap', 'setpriv', 'sh'];
  const folder = await makeProject(Object.fromEntries(names.map((name) => [`node_modules/.bin/${name}`, evil])));
  for (const isolation of isolations) {
    const checks = await makeChecks({}, isolation);
    expect(await checks.run(folder, commandCheck('true'), never())).toMatchObject({ status: 'passed' });
    expect(await isThere(fired)).toBe(false);
  }
  await (await makeChecks()).run(folder, commandCheck('mount'), never());
  expect(await isThere(fired)).toBe(true);
});

test('the keys in the home of the user are covered where there are mounts of its own', async () => {
  const home = await mkdtemp('/var/tmp/checks-home-');
  await mkdir(join(home, '.ssh'));
  await writeFile(join(home, '.ssh', 'key'), 'canary-key\n');
  await writeFile(join(home, '.npmrc'), 'canary-login\n');
  await chmod(home, 0o755);
  vi.stubEnv('HOME', home);
  try {
    for (const isolation of isolations) {
      const { outcome } = await run(isolation, `cat '${home}/.ssh/key' '${home}/.npmrc'; true`);
      expect(outcome.output.includes('canary')).toBe(isolation.kind === 'group');
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});

function listenOnce(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });
}

interface Runner {
  readonly cacheFolder: string;
  readonly folder: string;
  readonly isolation: Isolation;
  readonly command: string;
}

/** A process of its own that runs a check as a run of AutoSync does, for a test to kill. */
async function spawnRunner(runner: Runner) {
  const program = await bundle(join(import.meta.dirname, 'children/runCheck.ts'), await temporaryFolder());
  return spawn(process.execPath, [program, JSON.stringify(runner)], { stdio: 'ignore' });
}

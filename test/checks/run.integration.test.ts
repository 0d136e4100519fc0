import { readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createChecks } from '../../src/checks/checks.js';
import { DEFAULT_CONFIG } from '../../src/core/config.js';
import { commandCheck, makeChecks, makeProject, markedSleep, never, running, temporaryFolder } from './project.js';

afterEach(() => vi.unstubAllEnvs());

const run = async (command: string, timeout = 60) => {
  const [checks, folder] = await Promise.all([makeChecks({ timeout }), makeProject({})]);
  return { folder, outcome: await checks.run(folder, commandCheck(command), never()) };
};

/** Waits until processes with this mark have ended. */
const ended = (mark: string) => vi.waitFor(() => expect(running(mark)).toEqual([]), 10_000);

describe('a Node project', () => {
  const TSC = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc');
  const files = {
    'package.json': { name: 'app', scripts: { typecheck: `node '${TSC}' --noEmit`, test: 'node --test' } },
    'tsconfig.json': { compilerOptions: { strict: true, types: [] }, include: ['src'] },
    'src/a.ts': 'export const one: number = "two";\n',
    'test/a.test.mjs': `import test from 'node:test';
test('adds', () => {});
test('subtracts', () => { throw new Error('wrong in ' + import.meta.filename); });
`,
  };

  test('has its failing test and its type error found', async () => {
    const [checks, folder] = await Promise.all([makeChecks(), makeProject(files)]);
    const { checks: found, install } = await checks.detect(folder);
    expect(install).toBeNull();
    const outcomes = [];
    for (const check of found) outcomes.push(await checks.run(folder, check, never()));
    expect(outcomes).toMatchObject([
      {
        check: 'type-check',
        status: 'failed',
        failures: [{ name: 'TS2322', file: 'src/a.ts', message: "Type 'string' is not assignable to type 'number'." }],
      },
      {
        check: 'test',
        kind: 'test',
        status: 'failed',
        exit: 1,
        tests: { passed: 1, failed: 1 },
        failures: [{ check: 'test', name: 'subtracts', message: expect.stringContaining('wrong in test/a.test.mjs') }],
        cached: false,
      },
    ]);
  });

  test('passes when its test is right', async () => {
    const [checks, folder] = await Promise.all([
      makeChecks(),
      makeProject({ ...files, 'test/a.test.mjs': "import test from 'node:test';\ntest('adds', () => {});\n" }),
    ]);
    const check = (await checks.detect(folder)).checks.find(({ kind }) => kind === 'test');
    expect(check).toBeDefined();
    const outcome = check && (await checks.run(folder, check, never()));
    expect(outcome).toMatchObject({ status: 'passed', exit: 0, failures: [], tests: { passed: 1, failed: 0 } });
  });
});

describe('a check', () => {
  test('sees nothing of our environment, standard input or home', async () => {
    vi.stubEnv('AUTOSYNC_CANARY', 'canary-value');
    vi.stubEnv('NODE_ENV', 'canary-value');
    vi.stubEnv('npm_config_cache', '/canary-value');
    const { outcome, folder } = await run('env; echo "files: [$(ls -A "$HOME" "$TMPDIR" | tr -d "\\n")]"; cat');
    expect(outcome.status).toBe('passed');
    expect(outcome.output).not.toContain('canary-value');
    expect(outcome.output).toContain(`PATH=${folder}/node_modules/.bin:`);
    expect(outcome.output).not.toContain(`HOME=${process.env.HOME}\n`);
    expect(outcome.output).toMatch(/files: \[\S+home:\S+tmp:\]/);
  });

  test('leaves no home and no temporary folder behind', async () => {
    const cacheFolder = await temporaryFolder();
    const checks = createChecks({ config: DEFAULT_CONFIG.validate, cacheFolder });
    await checks.run(cacheFolder, commandCheck('echo x > "$HOME/x"; echo x > "$TMPDIR/x"'), never());
    expect(await readdir(join(cacheFolder, 'scratch'))).toEqual([]);
  });

  test.each([
    ['surely-no-such-program', 'could-not-run', 127],
    ['./package.json', 'could-not-run', 127],
    ['/', 'could-not-run', 126],
    ['exit 3', 'failed', 3],
    ['true', 'passed', 0],
  ])('`%s` is %s', async (command, status, exit) => {
    expect((await run(command)).outcome).toMatchObject({ status, exit });
  });

  test('in a folder that is not there could not run', async () => {
    const checks = await makeChecks();
    const outcome = await checks.run('/no/such/folder', commandCheck('true'), never());
    expect(outcome).toMatchObject({ status: 'could-not-run', exit: null });
  });

  test('that a signal ends has failed', async () => {
    expect((await run('kill -KILL $$')).outcome).toMatchObject({ status: 'failed', exit: 137 });
  });

  test('keeps the order of its two output streams', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    const command = lines.map((line, index) => `echo "${line}"${index % 2 ? ' >&2' : ''}`).join('; ');
    expect((await run(command)).outcome.output.trim().split('\n')).toEqual(lines);
  });

  test('that prints 200 MB does not grow our memory, and keeps its end', async () => {
    const before = process.memoryUsage().rss;
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 20);
    const { outcome } = await run('yes 0123456789abcdef | head -c 200000000; echo; echo "the end"; exit 1');
    clearInterval(watch);
    expect(peak - before).toBeLessThan(80_000_000);
    expect(Buffer.byteLength(outcome.output)).toBeLessThanOrEqual(16 * 1024);
    expect(outcome.failures).toEqual([{ check: 'command', name: 'command', file: null, message: 'the end' }]);
  });

  test('that hangs is ended with its grandchildren, also those that ignore the request', async () => {
    const sleeps = markedSleep();
    const hang = `trap '' TERM; (trap '' TERM; sh -c 'echo up; while :; do ${sleeps}; done') & wait; ${sleeps}`;
    const { outcome } = await run(hang, 1);
    expect(outcome).toMatchObject({ status: 'timed-out', exit: null, failures: [], output: 'up\n' });
    await ended(sleeps);
  });

  test('leaves no process behind when it ends by itself', async () => {
    const sleeps = markedSleep();
    const { outcome } = await run(`(while :; do ${sleeps}; done) & echo done`);
    expect(outcome).toMatchObject({ status: 'passed', output: 'done\n' });
    await ended(sleeps);
  });

  test('ends within two seconds of a cancel, with all its processes', async () => {
    const [checks, folder] = await Promise.all([makeChecks(), makeProject({})]);
    const [cancel, sleeps] = [new AbortController(), markedSleep()];
    const hang = `trap '' TERM; (sh -c "trap '' TERM; ${sleeps}; echo") & wait; ${sleeps}`;
    const outcome = expect(checks.run(folder, commandCheck(hang), cancel.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
    await vi.waitFor(() => expect(running(sleeps)).not.toEqual([]), 10_000);
    const started = performance.now();
    cancel.abort();
    await outcome;
    expect(performance.now() - started).toBeLessThan(2000);
    await ended(sleeps);
  });

  test('does not start once the run is cancelled', async () => {
    const [checks, folder] = await Promise.all([makeChecks(), makeProject({})]);
    const running = checks.run(folder, commandCheck('echo x > started'), AbortSignal.abort());
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    await sleep(50);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a JUnit report', () => {
  const report = '<testsuite><testcase name="a" classname="x"><failure message="wrong"/></testcase></testsuite>';
  const junit = (path: string, command: string) =>
    commandCheck(command, { name: 'test', kind: 'test', reads: `junit:${path}` });

  test('is read when the check wrote it, and not when it was there before', async () => {
    const [checks, folder] = await Promise.all([makeChecks(), makeProject({ 'old.xml': report })]);
    const fresh = await checks.run(
      folder,
      junit('out/new.xml', `mkdir -p out; cp old.xml out/new.xml; exit 1`),
      never(),
    );
    expect(fresh.failures).toEqual([{ check: 'test', name: 'x > a', file: null, message: 'wrong' }]);
    expect(fresh.tests).toEqual({ passed: 0, failed: 1 });
    const stale = await checks.run(folder, junit('old.xml', 'echo crashed; exit 1'), never());
    expect(stale).toMatchObject({ failures: [{ name: 'test', message: 'crashed' }], tests: null });
  });

  test('that is a pipe is not waited for', async () => {
    const [checks, folder] = await Promise.all([makeChecks(), makeProject({})]);
    const outcome = await checks.run(folder, junit('pipe.xml', 'mkfifo pipe.xml; echo crashed; exit 1'), never());
    expect(outcome.failures).toMatchObject([{ message: 'crashed' }]);
  });

  test('outside the folder is not read, not even through a link', async () => {
    const [checks, folder, outside] = await Promise.all([
      makeChecks(),
      makeProject({}),
      makeProject({ 'r.xml': report }),
    ]);
    await symlink(outside, join(folder, 'link'));
    for (const path of ['link/r.xml', `../${outside.split('/').at(-1)}/r.xml`]) {
      const outcome = await checks.run(folder, junit(path, `touch ${path}; echo crashed; exit 1`), never());
      expect(outcome.failures).toMatchObject([{ message: 'crashed' }]);
    }
  });
});

test('the runtime tells whether install scripts ran, so that nothing is remembered across that', async () => {
  const [without, allowed] = await Promise.all([makeChecks(), makeChecks({ installScripts: true })]);
  expect(allowed.runtime()).not.toBe(without.runtime());
});

test('the runtime names the Node that checks find', async () => {
  const { outcome } = await run('node --version');
  expect((await makeChecks()).runtime()).toBe(`node ${outcome.output.trim()} ${process.platform} ${process.arch}`);
});

import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { smokeChecks } from '../../src/checks/smokeChecks.js';
import { listenerOn } from '../../src/checks/smokePort.js';
import type { CheckOutcome } from '../../src/core/check.js';
import type { SmokeConfig } from '../../src/core/config.js';
import { newFailures } from '../../src/core/newFailures.js';
import { makeChecks, makeProject, never } from './project.js';
import { APP } from './smokeApp.js';

const PATIENT = 60_000;
const APP_FILE = 'app.cjs';

const smokeOf = (config: Partial<SmokeConfig>) => {
  const [check] = smokeChecks([{ name: 'web', start: `node ${APP_FILE}`, ...config }]);
  if (check === undefined) throw new Error('There is no check.');
  return check;
};

const portIn = (text: string): number => Number(/PORT=(\d+)/.exec(text)?.[1]);

/** Processes whose command line holds the mark, as the whole machine sees them; the dead that nobody reaped hold none. */
const processesOf = (mark: string): readonly number[] =>
  execFileSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(mark))
    .map((line) => Number.parseInt(line, 10));
const areGone = (mark: string) => vi.waitFor(() => expect(processesOf(mark)).toEqual([]), 5000);

/** Runs an app that is wrong in some way, and sees that nothing of it is left. */
async function smoke(how: string, config: Partial<SmokeConfig> = {}): Promise<CheckOutcome> {
  const [checks, folder] = await Promise.all([makeChecks(), makeProject({ [APP_FILE]: APP })]);
  const start = `node ${APP_FILE} ${how} ${basename(folder)}`;
  const outcome = await checks.run(folder, smokeOf({ start, ...config }), never());
  expect(outcome).toMatchObject({ check: 'smoke web', kind: 'smoke', tests: null, cached: false });
  expect(await listenerOn(portIn(outcome.output))).toBeNull();
  await areGone(basename(folder));
  return outcome;
}

const failures = ({ failures: found }: CheckOutcome) => found.map(({ name, message }) => `${name}: ${message}`);

describe('an app', { timeout: PATIENT }, () => {
  const six = Object.values(networkInterfaces()).some((ones) => ones?.some(({ address }) => address === '::1'));
  test.each(['healthy', 'slow', ...(six ? ['six'] : []), 'parent', 'big', 'redirect', 'deaf', 'deaf-parent'])(
    'that is %s passes: it is asked for its paths, with status and time, and stopped with all its processes',
    async (how) => {
      const outcome = await smoke(how);
      expect(outcome).toMatchObject({ status: 'passed', failures: [], exit: null });
      expect(outcome.output).toMatch(/GET \/health\nGET \/\n/);
      expect(outcome.output).toMatch(/smoke: GET \/health: 200 in \d+ ms\n/);
      expect(outcome.output).toMatch(
        how === 'redirect' ? /smoke: GET \/: 302 in \d+ ms$/ : /smoke: GET \/: 200 in \d+ ms$/,
      );
    },
  );

  test('that crashes on start failed to start, with its last words', async () => {
    const outcome = await smoke('crash-on-start');
    expect(outcome).toMatchObject({ status: 'failed', exit: 1 });
    expect(failures(outcome)).toEqual(['start: it ended with exit code 1 before it listened: Error: no database']);
    expect(outcome.output).toContain('no database');
  });

  test('that goes on in the background, or is not there, did not start', async () => {
    const [checks, folder] = await Promise.all([makeChecks(), makeProject({ [APP_FILE]: APP })]);
    const run = (start: string) => checks.run(folder, smokeOf({ start }), never());
    const background = await run(`node ${APP_FILE} & true`);
    expect(failures(background)).toEqual([
      expect.stringMatching(/^start: it ended with exit code 0 before it listened/),
    ]);
    expect(await run('surely-no-such-program')).toMatchObject({ status: 'could-not-run', exit: 127 });
  });

  test('that never listens is not ready in time', async () => {
    expect(failures(await smoke('silent', { timeout: 1 }))).toEqual([
      'ready: it did not listen on the port in PORT within 1 s',
    ]);
  });

  test('that listens on a port of its own did not listen on the one it was given, and the port is named', async () => {
    const outcome = await smoke('elsewhere', { timeout: 3 });
    expect(failures(outcome)).toEqual([
      expect.stringMatching(/^ready: it did not listen on the port in PORT within 3 s; its output names port \d+$/),
    ]);
    expect(outcome.output).toMatch(/smoke: it did not listen on PORT=\d+ within 3 s$/);
  });

  test('that crashes when it is asked crashed, says at what, and is not asked again; the port is in no message', async () => {
    const outcome = await smoke('crash-on-ask');
    expect(outcome).toMatchObject({ status: 'failed', exit: 1 });
    expect(failures(outcome)).toEqual([
      'crash: it ended with exit code 1 at GET /health: Error: boom at /health of port <port>',
    ]);
    expect(outcome.output).not.toContain('smoke: GET /:');
  });

  test('that crashes after its last answer crashed', async () => {
    expect(failures(await smoke('crash-after', { paths: ['/'] }))).toEqual([
      expect.stringMatching(/^crash: it ended with exit code 4 at GET \//),
    ]);
  });

  test('that answers 500 fails at each path', async () => {
    expect(failures(await smoke('error'))).toEqual([
      'GET /health: answered 500, not 200-399',
      'GET /: answered 500, not 200-399',
    ]);
    expect((await smoke('error', { expect: 500 })).status).toBe('passed');
  });

  test('that does not answer, or hangs up, fails in other words', async () => {
    expect(failures(await smoke('never-answer', { timeout: 2, paths: ['/'] }))).toEqual([
      'GET /: did not answer within 2 s',
    ]);
    expect(failures(await smoke('hang-up', { paths: ['/'] }))).toEqual([
      'GET /: closed the connection without a whole answer',
    ]);
  });

  test('that lacks a path is no worse than one that lacked it before, and 500 there is', async () => {
    const [before, same, worse] = [await smoke('no-health'), await smoke('no-health'), await smoke('error')];
    expect(failures(before)).toEqual(['GET /health: answered 404, not 200-399']);
    expect(newFailures([before], [same]).failures).toEqual([]);
    expect(newFailures([before], [worse]).failures.map(({ name }) => name)).toEqual(['GET /health', 'GET /']);
  });

  test('is told its port by the variable that the configuration names', async () => {
    expect((await smoke('healthy', { portVariable: 'HTTP_PORT' })).output).toMatch(/HTTP_PORT=\d+/);
  });

  test('sees nothing of our environment', async () => {
    vi.stubEnv('AUTOSYNC_CANARY', 'canary-value');
    const [checks, folder] = await Promise.all([makeChecks(), makeProject({ [APP_FILE]: APP })]);
    const outcome = await checks.run(folder, smokeOf({ start: `env; exec node ${APP_FILE}` }), never());
    vi.unstubAllEnvs();
    expect(outcome.output).toContain('HOME=');
    expect(outcome.output).not.toContain('canary-value');
  });

  test('is stopped when checks may take less time than it wants', async () => {
    const [checks, folder] = await Promise.all([makeChecks({ timeout: 1 }), makeProject({ [APP_FILE]: APP })]);
    const outcome = await checks.run(folder, smokeOf({ start: `node ${APP_FILE} silent` }), never());
    expect(outcome).toMatchObject({ status: 'timed-out', failures: [] });
  });

  test('is gone with its port after a cancel while it is asked, though it does not listen to the request', async () => {
    const [checks, folder] = await Promise.all([makeChecks(), makeProject({ [APP_FILE]: APP })]);
    const cancel = new AbortController();
    const start = `echo "$PORT" > port; (node ${APP_FILE} stuck ${basename(folder)} & wait); sleep 600`;
    const running = checks.run(folder, smokeOf({ start, timeout: 600 }), cancel.signal);
    const ended = expect(running).rejects.toMatchObject({ code: 'cancelled' });
    await vi.waitFor(() => readFile(join(folder, 'asked')), PATIENT);
    const port = Number(await readFile(join(folder, 'port'), 'utf8'));
    expect(await listenerOn(port)).not.toBeNull();
    expect(processesOf(basename(folder))).not.toEqual([]);
    cancel.abort();
    await ended;
    expect(await listenerOn(port)).toBeNull();
    await areGone(basename(folder));
  });

  test('that left its process group is either gone or told of', async () => {
    const [checks, folder] = await Promise.all([makeChecks(), makeProject({ [APP_FILE]: APP })]);
    const outcome = await checks.run(
      folder,
      smokeOf({ start: `setsid node ${APP_FILE} healthy ${basename(folder)} & sleep 600` }),
      never(),
    );
    const listens = (await listenerOn(portIn(outcome.output))) !== null;
    expect(failures(outcome)).toEqual(listens ? [expect.stringMatching(/^stop: .* left the group$/)] : []);
    for (const pid of processesOf(basename(folder))) process.kill(pid, 'SIGKILL');
  });

  test('does not start once the run is cancelled', async () => {
    const [checks, folder] = await Promise.all([makeChecks(), makeProject({})]);
    const running = checks.run(folder, smokeOf({ start: 'echo x > started' }), AbortSignal.abort());
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    await expect(readFile(join(folder, 'started'))).rejects.toThrow();
  });
});

test('what listens but does not speak HTTP fails in its own words', { timeout: PATIENT }, async () => {
  const server = `require('node:net').createServer((s) => { s.end('hello\\r\\n'); s.on('error', () => 0); }).listen(process.env.PORT)`;
  const [checks, folder] = await Promise.all([makeChecks(), makeProject({ 'a.cjs': server })]);
  const outcome = await checks.run(folder, smokeOf({ start: 'node a.cjs', paths: ['/'] }), never());
  expect(failures(outcome)).toEqual(['GET /: answered something that is not HTTP']);
});

test('nothing listens on a port that was just closed, and something on one that is open', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await vi.waitFor(() => expect(server.listening).toBe(true));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  expect(await listenerOn(port)).toBe('127.0.0.1');
  await new Promise((resolve) => server.close(resolve));
  expect(await listenerOn(port)).toBeNull();
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isProblem } from '../../src/core/errors.js';
import type { ProgressStep } from '../../src/core/ports.js';
import { type EngineThread, engineThread } from '../../src/thread/client.js';
import { type Family, makeFamily, NEVER } from '../support/family.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

let entry = '';
const threads: EngineThread[] = [];

beforeAll(async () => {
  entry = join(temporaryFolder(), 'engine.cjs');
  await build({
    entryPoints: ['src/engineThread.ts'],
    outfile: entry,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    define: { 'import.meta.url': '__url' },
    banner: { js: `const __url = ${JSON.stringify(import.meta.url)};` },
    logLevel: 'silent',
  });
});

afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.stop()));
});

function threadOf(family: Family, steps: ProgressStep[] = []): EngineThread {
  const thread = engineThread({
    entry,
    options: async () => ({ workspace: family.target, environment: {}, cache: family.cache }),
    progress: (step) => steps.push(step),
  });
  threads.push(thread);
  return thread;
}

/** A thread in the middle of a run: a check has begun that takes longer than any test. */
async function inTheMiddle(): Promise<{ readonly thread: EngineThread; readonly run: Promise<unknown> }> {
  const family = makeFamily();
  family.commit(family.sibling('acme'), 'fix: a new file', { 'src/new.txt': 'new\n' });
  const began = join(family.notes, 'began');
  family.configure({
    validate: { checks: [{ name: 'slow', run: `touch '${began}'; sleep 300`, reads: 'exit-code' }] },
  });
  const thread = threadOf(family);
  const run = thread.engine.sync({ dryRun: false, signal: NEVER }).catch((error: unknown) => error);
  await expect.poll(() => existsSync(began), { timeout: 30_000 }).toBe(true);
  return { thread, run };
}

describe('an engine in a thread', () => {
  it('answers as the engine itself does', async () => {
    const family = makeFamily();
    family.commit(family.sibling('acme'), 'fix: a new file', { 'src/new.txt': 'new\n' });
    const { engine } = threadOf(family);
    const report = await engine.scan({ signal: NEVER });
    expect(report.siblings[0]?.commits.map(({ subject }) => subject)).toEqual(['fix: a new file']);
    const here = await family.engine().overview();
    expect(await engine.overview()).toEqual(here);
    expect(here.rows).toMatchObject([{ sibling: 'acme', subject: 'fix: a new file', standing: 'candidate', kept: 1 }]);
    expect(here.checkedAt).not.toBeNull();
  });

  it('tells progress', async () => {
    const family = makeFamily();
    const steps: ProgressStep[] = [];
    await threadOf(family, steps).engine.scan({ signal: NEVER });
    expect(steps[0]).toMatchObject({ phase: 'fetch', sibling: 'acme' });
  });

  it('throws the same problems, with their data', async () => {
    const family = makeFamily();
    const error = await threadOf(family)
      .engine.explain('abcdef0', NEVER)
      .catch((thrown: unknown) => thrown);
    expect(isProblem(error, 'unknown-commit')).toBe(true);
    expect(isProblem(error) && error.problem).toMatchObject({ given: 'abcdef0' });
  });

  it('cancels a run, and answers afterwards', async () => {
    const family = makeFamily();
    family.commit(family.sibling('acme'), 'fix: a new file', { 'src/new.txt': 'new\n' });
    family.configure({ validate: { checks: [{ name: 'slow', run: 'sleep 300', reads: 'exit-code' }] } });
    const controller = new AbortController();
    const { engine } = threadOf(family, {
      push: (step: ProgressStep) => (step.phase === 'validate' ? setTimeout(() => controller.abort(), 300) : 0),
    } as unknown as ProgressStep[]);
    await expect(engine.sync({ dryRun: false, signal: controller.signal })).rejects.toThrow(/cancelled/);
    expect((await engine.status()).lastRun?.outcome).toBe('cancelled');
  });

  it('ends what runs when it is stopped, and starts again with the next question', async () => {
    const { thread, run } = await inTheMiddle();
    await thread.stop();
    expect(isProblem(await run, 'cancelled')).toBe(true);
    expect((await thread.engine.scan({ signal: NEVER })).siblings[0]?.commits).toHaveLength(1);
  });

  it('goes on with one thread when it was stopped and asked again before that had ended', async () => {
    const { thread, run } = await inTheMiddle();
    const stopping = thread.stop();
    expect(await thread.engine.startPolling()).toBe(true);
    await stopping;
    expect(isProblem(await run, 'cancelled')).toBe(true);
    // A second thread would be refused by the first, which nobody reaches any more.
    expect(await thread.engine.startPolling()).toBe(true);
  });

  it('asks again for what it starts with when that could not be had', async () => {
    const family = makeFamily();
    let asked = 0;
    const thread = engineThread({
      entry,
      options: async () => {
        asked += 1;
        if (asked === 1) throw new Error('the keyring is locked');
        return { workspace: family.target, environment: {}, cache: family.cache };
      },
      progress: () => undefined,
    });
    threads.push(thread);
    await expect(thread.engine.overview()).rejects.toThrow('the keyring is locked');
    await expect(thread.stop()).resolves.toBeUndefined();
    expect((await thread.engine.overview()).siblings).toHaveLength(1);
  });

  it('frees the state when it is ended in the middle of a run', async () => {
    const family = makeFamily();
    const thread = threadOf(family);
    expect(await thread.engine.startPolling()).toBe(true);
    const lock = join(family.target, '.autosync/lock');
    const poll = readFileSync(join(family.target, '.autosync/poll.lock'), 'utf8');
    // What a thread leaves that was ended before it could release: the file, in the name of a process that lives.
    writeFileSync(lock, poll);
    expect((await thread.engine.scan({ signal: NEVER })).siblings[0]?.error).toBeNull();
    expect(existsSync(lock)).toBe(false);
  });

  it('lets one engine poll at a time, and the next when the first has ended', async () => {
    const family = makeFamily();
    const [first, second] = [threadOf(family), threadOf(family)];
    expect(await first.engine.startPolling()).toBe(true);
    expect(await first.engine.startPolling()).toBe(true);
    expect(await second.engine.startPolling()).toBe(false);
    await first.stop();
    expect(await second.engine.startPolling()).toBe(true);
    await second.engine.stopPolling();
    expect(await first.engine.startPolling()).toBe(true);
  });
});

import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isBeingWritten } from '../../src/store/beingWritten.js';
import { takePolling } from '../../src/store/poller.js';
import { locateWasm } from '../../src/store/sqlEngine.js';
import { startChild } from './childProcess.js';
import { decisionFact, NOON } from './sampleFacts.js';
import { bundleChild, makeFolder, openQuiet } from './storeHarness.js';

const mayPoll = async (root: string): Promise<boolean> => {
  const lock = await takePolling(root, 'a test', NOON);
  await lock?.release();
  return lock !== null;
};

describe('the right to poll a target', () => {
  it('is held by one process, and free at once after that was killed', async () => {
    const [root, program] = [await makeFolder(), await bundleChild('poller')];
    const first = startChild(program, 'process', root);
    await first.line('held');
    await startChild(program, 'process', root).line('refused');
    expect(await mayPoll(root)).toBe(false);
    await first.kill();
    expect(await mayPoll(root)).toBe(true);
  });

  it('goes to exactly one of six that ask at the same time', async () => {
    const [root, program] = [await makeFolder(), await bundleChild('poller')];
    const rivals = Array.from({ length: 6 }, () => startChild(program, 'process', root));
    await Promise.all(rivals.map((rival) => rival.line('ready')));
    const answers = rivals.map(({ lines }) => lines[0]).toSorted();
    expect(answers).toEqual(['held', ...Array(5).fill('refused')]);
  });

  it('is free again when the thread that held it was ended, although its process lives on', async () => {
    const [root, program] = [await makeFolder(), await bundleChild('poller')];
    const editor = startChild(program, 'threads', root);
    await editor.line('ready');
    expect(editor.lines).toEqual(['held', 'held', 'ready']);
    expect(await mayPoll(root)).toBe(false);
  });

  it('leaves nothing behind when it is given back', async () => {
    const root = await makeFolder();
    expect(await mayPoll(root)).toBe(true);
    expect(existsSync(join(root, '.autosync/poll.lock'))).toBe(false);
    expect(await mayPoll(root)).toBe(true);
  });

  it('keeps nobody from writing the state, nor does a writer keep anybody from polling', async () => {
    const root = await makeFolder();
    const right = await takePolling(root, 'a test', NOON);
    const store = await openQuiet(root);
    await store.record([decisionFact(1)]);
    await right?.release();
    expect(await mayPoll(root)).toBe(true);
    await store.close();
  });
});

describe('whether some run works', () => {
  it('is known while a living process may write, and no longer when it was killed', async () => {
    const [root, program] = [await makeFolder(), await bundleChild('holder')];
    expect(await isBeingWritten(root)).toBe(false);
    const holder = startChild(program, 'store', root, locateWasm());
    await holder.line('held');
    expect(await isBeingWritten(root)).toBe(true);
    await holder.kill();
    expect(existsSync(join(root, '.autosync/lock'))).toBe(true);
    expect(await isBeingWritten(root)).toBe(false);
  });

  it('is not read from a lock file that names nobody', async () => {
    const root = await makeFolder();
    await mkdir(join(root, '.autosync'));
    await writeFile(join(root, '.autosync/lock'), '{"pid":');
    expect(await isBeingWritten(root)).toBe(false);
  });
});

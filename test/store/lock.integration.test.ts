import { mkdir, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isProblem } from '../../src/core/errors.js';
import { isBeingWritten } from '../../src/store/beingWritten.js';
import { takeFileLock } from '../../src/store/fileLock.js';
import { takePolling } from '../../src/store/poller.js';
import { locateWasm } from '../../src/store/sqlEngine.js';
import { startChild } from './childProcess.js';
import { decisionFact, NOON } from './sampleFacts.js';
import { bundleChild, makeFolder, openQuiet } from './storeHarness.js';

const DEAD = { pid: 2 ** 22 + 1, started: '1', since: '2026-01-02T03:04:05Z', command: 'dead' };

describe('the lock of a target', () => {
  it('keeps a second writer out, names the first, and is free at once after it was killed', async () => {
    const [root, program] = [await makeFolder(), await bundleChild('holder')];
    const holder = startChild(program, 'store', root, locateWasm());
    await holder.line('held');
    const error = await openQuiet(root).catch((problem: unknown) => problem);
    expect(isProblem(error, 'locked')).toBe(true);
    expect(String(error)).toMatch(/holder, pid \d+, since 20/);
    const rival = startChild(program, 'store', root, locateWasm());
    expect(await rival.line('error')).toContain('Another AutoSync run');
    await holder.kill();
    await (await openQuiet(root)).close();
    expect(await readdir(join(root, '.autosync'))).toEqual(['.gitignore']);
  });

  it('keeps a second writer of the same process out until the first closes', async () => {
    const root = await makeFolder();
    const first = await openQuiet(root, { command: 'autosync sync' });
    await expect(openQuiet(root)).rejects.toThrow('autosync sync');
    await first.close();
    await (await openQuiet(root)).close();
  });

  it('is not needed to read', async () => {
    const root = await makeFolder();
    const writer = await openQuiet(root);
    await writer.record([decisionFact(1)]);
    const reader = await openQuiet(root, { readOnly: true });
    expect(reader.decisions()).toHaveLength(1);
    await reader.close();
    await writer.close();
  });

  it('is given back when the state cannot be opened', async () => {
    const root = await makeFolder();
    const trailers = () => Promise.reject(new Error('no git'));
    await expect(openQuiet(root, { trailers })).rejects.toThrow('no git');
    await (await openQuiet(root)).close();
  });
});

describe('a writer that lost its state to another', () => {
  it('acknowledges nothing more and leaves the files alone', async () => {
    const root = await makeFolder();
    const store = await openQuiet(root);
    await store.record([decisionFact(1)]);
    const path = join(root, '.autosync/journal.jsonl');
    const others = await readFile(path);
    await unlink(path);
    await writeFile(path, others);
    for (const attempt of [() => store.record([decisionFact(2)]), () => store.snapshot(), () => store.close()]) {
      expect(isProblem(await attempt().catch((problem: unknown) => problem), 'locked')).toBe(true);
    }
    expect(await readFile(path)).toEqual(others);
    expect((await readdir(join(root, '.autosync'))).toSorted()).toEqual(['.gitignore', 'journal.jsonl']);
  });
});

describe('the lock file', () => {
  it('is held by a living process alone and freed by its death', async () => {
    const [root, program] = [await makeFolder(), await bundleChild('holder')];
    const path = join(root, 'lock');
    const holder = startChild(program, 'file', path);
    await holder.line('held');
    expect(await takeFileLock(path, 'me', { now: NOON, isAlone: false })).toMatchObject({
      kind: 'taken',
      by: { command: 'holder' },
    });
    await holder.kill();
    const mine = await takeFileLock(path, 'me', { now: NOON, isAlone: false });
    expect(mine.kind).toBe('held');
    expect(await readdir(root)).toEqual(['lock']);
    if (mine.kind === 'held') await mine.release();
    expect(await readdir(root)).toEqual([]);
  });

  it('goes to exactly one of six that find a dead holder', async () => {
    const program = await bundleChild('holder');
    for (let round = 0; round < 5; round += 1) {
      const root = await makeFolder();
      const path = join(root, 'lock');
      await writeFile(path, JSON.stringify({ ...DEAD, nonce: 'aaaaaaaaaaaaaaaa' }));
      const rivals = Array.from({ length: 6 }, () => startChild(program, 'file', path));
      await Promise.all(rivals.map((rival) => Promise.any([rival.line('held'), rival.line('taken')])));
      expect(rivals.flatMap((rival) => rival.lines).toSorted()).toEqual(['held', ...Array(5).fill('taken')]);
      await Promise.all(rivals.map((rival) => rival.kill()));
    }
  });

  it('can be taken although takers died while taking it over', async () => {
    const root = await makeFolder();
    const path = join(root, 'lock');
    const [first, second] = ['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb'];
    await writeFile(path, JSON.stringify({ ...DEAD, nonce: first }));
    await writeFile(`${path}.${first}.takeover`, JSON.stringify({ ...DEAD, nonce: second }));
    await writeFile(`${path}.${second}.takeover`, JSON.stringify({ ...DEAD, nonce: 'cccccccccccccccc' }));
    const mine = await takeFileLock(path, 'me', { now: NOON, isAlone: false });
    expect(mine.kind).toBe('held');
    expect(await readdir(root)).toEqual(['lock']);
  });

  it('is left alone while a living process takes it over', async () => {
    const root = await makeFolder();
    const path = join(root, 'lock');
    const living = await takeFileLock(join(root, 'other'), 'me', { now: NOON, isAlone: false });
    await writeFile(path, JSON.stringify({ ...DEAD, nonce: 'aaaaaaaaaaaaaaaa' }));
    await writeFile(`${path}.aaaaaaaaaaaaaaaa.takeover`, await readFile(join(root, 'other')));
    expect(living.kind).toBe('held');
    expect((await takeFileLock(path, 'me', { now: NOON, isAlone: false })).kind).toBe('taken');
  });

  it('of another machine is never stolen, and says how a person ends it', async () => {
    const root = await makeFolder();
    await mkdir(join(root, '.autosync'));
    const path = join(root, '.autosync/lock');
    const elsewhere = { ...DEAD, pid: process.pid, host: 'somewhere-else', nonce: 'aaaaaaaaaaaaaaaa' };
    await writeFile(path, JSON.stringify(elsewhere));
    const error = await openQuiet(root).catch((problem: unknown) => problem);
    expect(isProblem(error, 'locked')).toBe(true);
    expect(String(error)).toContain(`pid ${process.pid} on somewhere-else, since ${DEAD.since}`);
    expect(String(error)).toContain(`delete ${path}`);
    expect(await isBeingWritten(root)).toBe(true);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(elsewhere);
    await unlink(path);
    await (await openQuiet(root)).close();
  });

  it('of a poller that was ended with its container is taken over', async () => {
    const root = await makeFolder();
    await mkdir(join(root, '.autosync'));
    const elsewhere = { ...DEAD, host: 'somewhere-else', nonce: 'aaaaaaaaaaaaaaaa' };
    await writeFile(join(root, '.autosync/poll.lock'), JSON.stringify(elsewhere));
    const polling = await takePolling(root, 'me', NOON);
    expect(polling).not.toBeNull();
    await polling?.release();
  });

  it('is taken for stale when it cannot be read or its pid went to a later process', async () => {
    const root = await makeFolder();
    await mkdir(join(root, '.autosync'));
    const path = join(root, '.autosync/lock');
    const reused = { ...DEAD, pid: process.pid, nonce: 'aaaaaaaaaaaaaaaa' };
    for (const text of ['', JSON.stringify(reused)]) {
      await writeFile(path, text);
      await (await openQuiet(root)).close();
    }
    expect(await readdir(join(root, '.autosync'))).toEqual(['.gitignore']);
  });
});

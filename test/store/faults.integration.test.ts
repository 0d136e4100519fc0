import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isProblem } from '../../src/core/errors.js';
import type { StorePort } from '../../src/core/ports.js';
import { writeAtomically } from '../../src/store/atomicFile.js';
import { REAL_DISK } from '../../src/store/disk.js';
import { type Fault, type FaultyDisk, makeFaultyDisk } from './faultyDisk.js';
import { decisionFact, EVERY_KIND, makeDecision } from './sampleFacts.js';
import { makeFolder, openQuiet } from './storeHarness.js';

const FAULTS: readonly Fault[] = [
  ...['EIO', 'ENOSPC', 'EMFILE'].map((errno): Fault => ({ kind: 'once', errno })),
  { kind: 'ever', errno: 'EIO' },
  { kind: 'full' },
];

describe('writing a file atomically', () => {
  it('writes all bytes although the system takes one at a time', async () => {
    const path = join(await makeFolder(), 'file');
    const slow = {
      ...REAL_DISK,
      open: async (name: string, flags: number, mode: number) => {
        const file = await REAL_DISK.open(name, flags, mode);
        return {
          ...file,
          write: (bytes: Uint8Array, offset: number) => file.write(bytes.subarray(0, offset + 1), offset),
        };
      },
    };
    await writeAtomically(path, 'every byte', slow);
    expect(await readFile(path, 'utf8')).toBe('every byte');
  });

  it.each(FAULTS)(
    'leaves the old file or the new one whole, and nothing else, whichever call fails: %j',
    async (fault) => {
      const folder = await makeFolder();
      const path = join(folder, 'file');
      let failures = 0;
      for (let at = 1; at <= 8; at += 1) {
        await writeFile(path, 'old');
        const { disk } = makeFaultyDisk(at, fault);
        const error = await writeAtomically(path, 'new content', disk).catch((problem: unknown) => problem);
        const found = await readFile(path, 'utf8');
        if (error === undefined) expect(found).toBe('new content');
        else {
          failures += 1;
          expect(isProblem(error, 'disk')).toBe(true);
          expect(['old', 'new content']).toContain(found);
        }
        const isDead = fault.kind === 'ever';
        expect((await readdir(folder)).filter((name) => name !== 'file' && !isDead)).toEqual([]);
      }
      expect(failures).toBeGreaterThan(0);
    },
  );
});

/** Goes through the life of a store, noting what was acknowledged; a refusal does not end it. */
async function live(root: string, faulty: FaultyDisk): Promise<readonly number[]> {
  const acknowledged: number[] = [];
  const tried = async (work: () => Promise<unknown>): Promise<boolean> => {
    const error = await work().catch((problem: unknown) => problem);
    if (error !== undefined) expect(isProblem(error, 'disk'), String(error)).toBe(true);
    return error === undefined;
  };
  const store = await openQuiet(root, { disk: faulty.disk }).catch((problem: unknown) => {
    expect(isProblem(problem, 'disk'), String(problem)).toBe(true);
    return null;
  });
  if (store === null) return [];
  for (let number = 100; number < 106; number += 1) {
    if (await tried(() => store.record([decisionFact(number)]))) acknowledged.push(number);
    if (number % 2 === 0) await tried(() => store.snapshot());
  }
  await tried(() => store.close());
  return acknowledged;
}

async function seed(): Promise<string> {
  const root = await makeFolder();
  const store: StorePort = await openQuiet(root);
  await store.record(EVERY_KIND);
  await store.close();
  return root;
}

async function callsOfLife(): Promise<number> {
  const faulty = makeFaultyDisk(Number.POSITIVE_INFINITY, { kind: 'full' });
  await live(await seed(), faulty);
  return faulty.calls();
}

describe('a store on a failing disk', () => {
  it.each(FAULTS)('keeps what it acknowledged and refuses the rest, whichever call fails: %j', async (fault) => {
    const calls = await callsOfLife();
    expect(calls).toBeGreaterThan(50);
    for (let at = 1; at <= calls; at += 1) {
      const root = await seed();
      const acknowledged = await live(root, makeFaultyDisk(at, fault));
      const store = await openQuiet(root);
      expect(store.health, `call ${at}`).toMatchObject({ source: 'database', notes: [] });
      const decisions = store.decisions();
      for (const number of [7, ...acknowledged]) expect(decisions, `call ${at}`).toContainEqual(makeDecision(number));
      expect(new Set(decisions.map(({ sha }) => sha)).size).toBe(decisions.length);
      expect(store.commits()).toHaveLength(3);
      await store.close();
      expect(
        (await readdir(join(root, '.autosync'))).filter((name) => name.endsWith('.tmp') && fault.kind !== 'ever'),
      ).toEqual([]);
    }
  });

  it('goes on by itself once there is room again, without what it had refused', async () => {
    const root = await seed();
    const faulty = makeFaultyDisk(1, { kind: 'full' });
    const store = await openQuiet(root, { disk: faulty.disk });
    const error = await store.record([decisionFact(1)]).catch((problem: unknown) => problem);
    expect(String(error)).toContain('the disk is full');
    await expect(store.record([decisionFact(2)])).rejects.toThrow('the disk is full');
    faulty.heal();
    await store.record([decisionFact(3)]);
    const reader = await openQuiet(root, { readOnly: true });
    expect(reader.decisions()).toEqual([makeDecision(3), makeDecision(7)]);
    expect(reader.health.notes).toEqual([]);
    await reader.close();
    await store.close();
  });
});

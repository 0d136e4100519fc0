import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { locateWasm } from '../../src/store/sqlEngine.js';
import { startChild } from './childProcess.js';
import { shaOf } from './sampleFacts.js';
import { bundleChild, makeFolder, openQuiet } from './storeHarness.js';

const KILLS = Number(process.env.AUTOSYNC_KILLS ?? 40);

/** The highest number that a child saw acknowledged. */
function acknowledged(lines: readonly string[]): number {
  return lines
    .filter((line) => line.startsWith('ack '))
    .reduce((last, line) => Math.max(last, Number(line.slice(4))), 0);
}

/** What must hold after every kill; returns the highest number that is there. */
async function inspect(root: string, last: number): Promise<number> {
  const store = await openQuiet(root);
  try {
    expect(store.health.notes).toEqual([]);
    const numbers = store.decisions().map(({ sha }) => Number.parseInt(sha, 16));
    // Every acknowledged fact once; at most the one in flight beyond them.
    expect(numbers.toSorted((left, right) => left - right)).toEqual(Array.from(numbers, (_, index) => index + 1));
    expect(numbers.length).toBeGreaterThanOrEqual(last);
    expect(store.commits('acme').map(({ commit }) => commit.sha)).toEqual(numbers.map((_, index) => shaOf(index + 1)));
    return numbers.length;
  } finally {
    await store.close();
  }
}

it(`loses nothing that it acknowledged in ${KILLS} kills at random moments`, { timeout: 1_200_000 }, async () => {
  const [root, program] = [await makeFolder(), await bundleChild('recorder')];
  let last = 0;
  for (let round = 0; round < KILLS; round += 1) {
    const child = startChild(program, root, locateWasm(), String(last + 1));
    expect(await child.line('open')).toBe(last === 0 ? 'open new []' : 'open database []');
    await setTimeout(Math.random() * 60);
    await child.kill();
    expect(child.lines.filter((line) => line.startsWith('error'))).toEqual([]);
    last = await inspect(root, Math.max(last, acknowledged(child.lines)));
    const names = await readdir(join(root, '.autosync'), { recursive: true });
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  }
  // However slow the machine: the kills fell into work.
  expect(last).toBeGreaterThan(KILLS / 4);
});

import { readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ContentCache } from '../../src/git/contentCache.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const VALUES = ['clean\t\t[]', '', '-', 'conflict\t\t["a b.txt"]'];

const keyOf = (number: number): string => ContentCache.key('test', String(number));

async function remember(file: string, from: number): Promise<void> {
  const cache = await ContentCache.open(file);
  for (const [index, value] of VALUES.entries()) cache.set(keyOf(from + index), value);
  await cache.save();
}

const read = async (file: string, from: number): Promise<readonly (string | undefined)[]> => {
  const cache = await ContentCache.open(file);
  return VALUES.map((_value, index) => cache.get(keyOf(from + index)));
};

it('remembers every answer as it was, over many openings', async () => {
  const file = join(temporaryFolder(), 'cache.txt');
  await remember(file, 0);
  await remember(file, 10);
  expect([await read(file, 0), await read(file, 10)]).toEqual([VALUES, VALUES]);
});

it('forgets an answer that was cut off wherever it was, and no other, also when it goes on after that', async () => {
  const whole = join(temporaryFolder(), 'cache.txt');
  await remember(whole, 0);
  const { length } = readFileSync(whole);
  for (let cut = 0; cut < length; cut += 1) {
    const file = join(temporaryFolder(), 'cache.txt');
    await remember(file, 0);
    truncateSync(file, cut);
    await remember(file, 10);
    const found = await read(file, 0);
    expect(found.every((value, index) => value === undefined || value === VALUES[index])).toBe(true);
    expect(await read(file, 10)).toEqual(VALUES);
  }
});

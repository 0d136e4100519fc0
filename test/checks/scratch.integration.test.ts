import { spawnSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sweepScratch } from '../../src/checks/scratch.js';
import { temporaryFolder } from './project.js';

test('folders of processes that were killed are swept, those of living ones stay', async () => {
  const cacheFolder = await temporaryFolder();
  const { pid: dead } = spawnSync('true');
  const names = [`${dead}-abc`, `${process.pid}-abc`];
  for (const name of names) await mkdir(join(cacheFolder, 'scratch', name, 'home'), { recursive: true });
  await writeFile(join(cacheFolder, 'scratch', `${dead}-abc`, 'home', 'x'), 'x');
  await sweepScratch(cacheFolder);
  expect(await readdir(join(cacheFolder, 'scratch'))).toEqual([`${process.pid}-abc`]);
});

test('sweeping a cache folder that does not exist is no error', async () => {
  const cacheFolder = join(await temporaryFolder(), 'none');
  await sweepScratch(cacheFolder);
  await expect(readdir(cacheFolder)).rejects.toMatchObject({ code: 'ENOENT' });
});

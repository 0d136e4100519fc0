import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runDemo } from '../../src/demo/demo.js';
import { DEMO_MARKER } from '../../src/demo/folder.js';
import { folderOfTest, git } from './family.js';

async function make(folder: string, json = false): Promise<{ reused: boolean; said: readonly string[] }> {
  const said: string[] = [];
  const { reused } = await runDemo({ folder, json, say: (line) => said.push(line) });
  return { reused, said };
}

it('makes the folder, says where each repository is, and uses it again the next time', async () => {
  const folder = join(await folderOfTest(), 'deep', 'family');
  const first = await make(folder);
  expect(first.reused).toBe(false);
  expect(first.said.join('\n')).toContain(join(folder, 'target'));
  const head = git(join(folder, 'target'), 'rev-parse', 'HEAD');
  await writeFile(join(folder, 'target', 'notes.txt'), 'mine');
  expect(await make(folder)).toMatchObject({ reused: true });
  expect(git(join(folder, 'target'), 'rev-parse', 'HEAD')).toBe(head);
  expect(await readFile(join(folder, 'target', 'notes.txt'), 'utf8')).toBe('mine');
});

it('says nothing when one JSON document is all that may be printed', async () => {
  const folder = await folderOfTest();
  expect((await make(folder, true)).said).toEqual([]);
  expect((await make(folder, true)).said).toEqual([]);
});

it('makes a half-made family again and leaves what else is in the folder', async () => {
  const folder = await folderOfTest();
  await make(folder);
  await rm(join(folder, 'target', '.autosync'), { recursive: true });
  await rm(join(folder, 'acme', '.git', 'HEAD'));
  await writeFile(join(folder, 'mine.txt'), 'kept');
  expect((await make(folder)).reused).toBe(false);
  expect(git(join(folder, 'acme'), 'status', '--porcelain')).toBe('');
  expect(git(join(folder, 'target'), 'status', '--porcelain')).toBe('');
  expect(await readFile(join(folder, 'mine.txt'), 'utf8')).toBe('kept');
});

it('makes a family again that was stopped after the target was checked out in part', async () => {
  const folder = await folderOfTest();
  await make(folder);
  await writeFile(join(folder, DEMO_MARKER), 'AutoSync makes a sample family here. This folder can be deleted.\n');
  expect((await make(folder)).reused).toBe(false);
});

it('refuses a folder with something else in it, also one that looks like a family, and touches nothing', async () => {
  const folder = await folderOfTest();
  await mkdir(join(folder, 'target', '.autosync'), { recursive: true });
  await writeFile(join(folder, 'target', '.autosync', 'config.json'), '{}');
  await expect(make(folder)).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining(folder) });
  expect(await readdir(folder)).toEqual(['target']);
});

it('refuses a file', async () => {
  const file = join(await folderOfTest(), 'family');
  await writeFile(file, '');
  await expect(make(file)).rejects.toMatchObject({ code: 'usage' });
});

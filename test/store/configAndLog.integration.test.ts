import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isProblem } from '../../src/core/errors.js';
import { readConfigText, writeConfigText } from '../../src/store/configFile.js';
import { openLog } from '../../src/store/log.js';
import { makeFolder } from './storeHarness.js';

describe('the policy file', () => {
  it('is null before it is written and then what was written, out of git only for the rest', async () => {
    const root = await makeFolder();
    expect(await readConfigText(root)).toBeNull();
    await writeConfigText(root, '{ "siblings": [] }\n');
    expect(await readConfigText(root)).toBe('{ "siblings": [] }\n');
    expect((await readdir(join(root, '.autosync'))).toSorted()).toEqual(['.gitignore', 'config.json']);
  });

  it('is not overwritten unless that was asked for', async () => {
    const root = await makeFolder();
    await writeConfigText(root, 'first');
    const error = await writeConfigText(root, 'second').catch((problem: unknown) => problem);
    expect(isProblem(error, 'usage')).toBe(true);
    expect(await readConfigText(root)).toBe('first');
    await writeConfigText(root, 'second', { overwrite: true });
    expect(await readConfigText(root)).toBe('second');
  });

  it('is neither read nor written through a link', async () => {
    const [root, outside] = [await makeFolder(), await makeFolder()];
    await mkdir(join(root, '.autosync'));
    await writeFile(join(outside, 'file'), 'secret');
    await symlink(join(outside, 'file'), join(root, '.autosync/config.json'));
    for (const attempt of [readConfigText(root), writeConfigText(root, 'x', { overwrite: true })]) {
      expect(isProblem(await attempt.catch((problem: unknown) => problem), 'unsafe-input')).toBe(true);
    }
    expect(await readFile(join(outside, 'file'), 'utf8')).toBe('secret');
  });
});

describe('the log', () => {
  it('makes nothing before its first line and then one redacted JSON object a line', async () => {
    const root = await makeFolder();
    const log = openLog(root, (text) => text.replaceAll('hunter2', '[redacted]'));
    expect(await readdir(root)).toEqual([]);
    for (let number = 0; number < 50; number += 1) log.write('info', `line ${number} hunter2`, { number });
    await log.close();
    const lines = (await readFile(join(root, '.autosync/logs/app.log'), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).number)).toEqual(Array.from({ length: 50 }, (_, number) => number));
    expect(lines[0]).not.toContain('hunter2');
  });

  it('rolls at 1 MB and keeps five files', async () => {
    const root = await makeFolder();
    const log = openLog(root, (text) => text);
    // No line waits for the one before it: however many the disk finds waiting, no file grows beyond its size.
    for (let number = 0; number < 30; number += 1) log.write('info', 'x'.repeat(300_000), { number });
    await log.close();
    const folder = join(root, '.autosync/logs');
    const names = (await readdir(folder)).toSorted();
    expect(names).toEqual(['app.log', 'app.log.1', 'app.log.2', 'app.log.3', 'app.log.4']);
    for (const name of names) expect((await stat(join(folder, name))).size).toBeLessThanOrEqual(1024 * 1024);
    expect(await readFile(join(folder, 'app.log'), 'utf8')).toContain('"number":29');
  });
});

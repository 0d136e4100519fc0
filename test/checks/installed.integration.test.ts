import { link, mkdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandCheck, makeChecks, makeProject, never, temporaryFolder } from './project.js';

/** Stands in for a package manager: what it leaves is all that matters here. */
const INSTALL = {
  command: ['one', 'two', '.bin']
    .map((name) => `mkdir -p node_modules/${name} && echo ${name} >node_modules/${name}/index.js`)
    .join(' && '),
  key: 'a key',
  because: 'the test',
};

async function installed() {
  const [checks, folder] = await Promise.all([makeChecks(), makeProject({})]);
  await checks.install(folder, { checks: [], notes: [], install: INSTALL }, never());
  const at = (path: string): string => join(folder, path);
  return { checks, folder, at, put: (path: string) => put(at(path)) };
}

async function put(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, 'left by a check\n');
}

/** Writes other content of the same length and puts the times back that can be. */
async function changeUnseen(path: string): Promise<void> {
  const { atime, mtime, size } = await stat(path);
  await writeFile(path, 'x'.repeat(size));
  await utimes(path, atime, mtime);
}

async function swap(one: string, other: string): Promise<void> {
  await rename(one, `${one}.x`);
  await rename(other, one);
  await rename(`${one}.x`, other);
}

type Scene = Awaited<ReturnType<typeof installed>>;

/** What a check may leave behind, by which the next commit would be judged. */
const LEFT: readonly (readonly [string, (scene: Scene) => Promise<void>])[] = [
  ['a file that it changed, its size and date as they were', ({ at }) => changeUnseen(at('node_modules/one/index.js'))],
  ['a package that it added', ({ put }) => put('node_modules/three/index.js')],
  ['a program that it added', ({ put }) => put('node_modules/.bin/vitest')],
  ['a package that it removed', ({ at }) => rm(at('node_modules/one'), { recursive: true })],
  ['two packages that it swapped', ({ at }) => swap(at('node_modules/one'), at('node_modules/two'))],
  ['another name of a file', ({ at }) => link(at('node_modules/one/index.js'), at('other.js'))],
  ['packages nearer to the tests', ({ put }) => put('test/node_modules/one/index.js')],
  ["Yarn's packages", ({ put }) => put('.yarn/cache/one.zip')],
  ['the mark of the install', ({ put }) => put('node_modules/.autosync-install')],
];

describe('what is installed', () => {
  test.each(LEFT)('is not believed any more after a check left %s', async (_what, leave) => {
    const scene = await installed();
    expect(await scene.checks.isAsInstalled(scene.folder)).toBe(true);
    await leave(scene);
    expect(await scene.checks.isAsInstalled(scene.folder)).toBe(false);
  });

  test('is believed whatever tools keep in their caches, and wherever the project has other files', async () => {
    const { checks, folder, put } = await installed();
    const paths = [
      'node_modules/.cache/x/y',
      'node_modules/.vite/vitest/results.json',
      'packages/a/node_modules/.tmp/z',
    ];
    for (const path of [...paths, 'src/index.js', '.turbo/cache/x']) await put(path);
    expect(await checks.isAsInstalled(folder)).toBe(true);
  });

  test('is freed of what was generated beside it', async () => {
    const { checks, folder, at, put } = await installed();
    await put('node_modules/.prisma/client/index.js');
    expect(await checks.isAsInstalled(folder)).toBe(true);
    await expect(stat(at('node_modules/.prisma'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await readFile(at('node_modules/one/index.js'), 'utf8')).toBe('one\n');
  });

  test('is looked for behind no link: what a check linked to outside keeps its hidden files', async () => {
    const [checks, folder, outside] = await Promise.all([makeChecks(), makeProject({}), temporaryFolder()]);
    await writeFile(join(outside, '.profile'), 'of the user\n');
    // The first link is of a commit and stays inside by its name; the second one is what a check left where files stay.
    await symlink('.turbo/way', join(folder, 'node_modules'));
    await checks.run(folder, commandCheck(`mkdir .turbo && ln -s '${outside}' .turbo/way`), never());
    expect(await checks.isAsInstalled(folder)).toBe(false);
    expect(await readFile(join(outside, '.profile'), 'utf8')).toBe('of the user\n');
  });

  test('is nothing where nothing was: packages that a check brings there are not believed', async () => {
    const [checks, folder] = await Promise.all([makeChecks(), makeProject({ 'src/index.js': '' })]);
    expect(await checks.isAsInstalled(folder)).toBe(true);
    await checks.run(folder, commandCheck('mkdir node_modules && echo x >node_modules/x'), never());
    expect(await checks.isAsInstalled(folder)).toBe(false);
  });
});

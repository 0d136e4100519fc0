import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { freshPath } from '../ground.js';
import { GOAL, type Measured } from '../measured.js';
import { pairedOf, sides } from '../stopwatch.js';

const HEAVY = ['@octokit/rest', 'sql.js', 'simple-git'] as const;
const IN_HEAVY = /node_modules[\\/](?:@octokit|sql\.js|simple-git|@simple-git)[\\/].*\.[cm]?js$/;

/** Every module of the heavy packages says so when it runs. */
const MARKED: Plugin = {
  name: 'mark-heavy-modules',
  setup: (tools) => {
    tools.onLoad({ filter: IN_HEAVY }, async ({ path }) => {
      const name = HEAVY.find((one) => path.includes(`node_modules/${one.split('/')[0]}`)) ?? path;
      const mark = `(globalThis.loadedModules ??= new Set()).add(${JSON.stringify(name)});`;
      return { contents: `${mark}\n${await readFile(path, 'utf8')}`, loader: 'js' };
    });
  },
};

const shared = (root: string): BuildOptions => ({
  absWorkingDir: root,
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // The other builds of some packages load their own files by a name that no bundle can know.
  mainFields: ['module', 'main'],
  external: ['vscode'],
  logLevel: 'error',
  define: { 'import.meta.url': '__url' },
  banner: { js: "const __url = require('node:url').pathToFileURL(__filename).href;" },
});

async function bundle(root: string, contents: string, plugins: readonly Plugin[] = []): Promise<string> {
  const outfile = freshPath('bundle.cjs');
  await build({
    ...shared(root),
    stdin: { contents, resolveDir: root, sourcefile: 'entry.ts' },
    outfile,
    plugins: [...plugins],
  });
  return outfile;
}

/** An entry that imports modules at once and keeps all of them. */
const entryOf = (modules: readonly string[]): string =>
  [...new Set(modules)].map((name, index) => `export * as part${index} from ${JSON.stringify(name)};`).join('\n');

/** Stands for the editor's own module, which exists only inside the editor: whatever is asked of it is a class. */
const EDITOR = `const Module = require('node:module'); const load = Module._load;
const anything = new Proxy(class {}, { get: (real, key) => (key === 'prototype' ? real.prototype : anything) });
Module._load = function (name, ...rest) { return name === 'vscode' ? anything : load.call(this, name, ...rest); };`;

const run = (body: string): string => {
  const script = `${EDITOR}\n${body}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the bundle does not load: ${stderr}`);
  return stdout.trim();
};

/** Milliseconds that `require` takes in a process of its own. */
const requireTime = (file: string): number =>
  Number(
    run(
      `const started = performance.now(); require(${JSON.stringify(file)}); console.log(performance.now() - started);`,
    ),
  );

const loadedBy = (file: string): readonly string[] =>
  JSON.parse(
    run(`require(${JSON.stringify(file)}); console.log(JSON.stringify([...(globalThis.loadedModules ?? [])]));`),
  ) as string[];

/** Goal 10: what loading costs before anything is asked for. */
export async function loadGoal(rounds: number): Promise<readonly Measured[]> {
  const root = resolve(import.meta.dirname, '..', '..');
  const rows: Measured[] = [];
  for (const [what, entry] of [
    ['command line', './src/cli.ts'],
    ['editor entry', './src/extension.ts'],
    ['engine', './src/engine.ts'],
  ] as const) {
    const lazy = await bundle(root, entryOf([entry]));
    const whole = await bundle(root, entryOf([entry, './src/engine.ts', './src/demo/demo.ts', ...HEAVY]));
    const loaded = loadedBy(await bundle(root, entryOf([entry]), [MARKED]));
    const paired = await pairedOf(
      rounds,
      () => requireTime(lazy),
      () => requireTime(whole),
    );
    rows.push({
      goal: '10',
      what: `require() of the ${what} / all eager`,
      value: paired.ratio,
      unit: 'x',
      want: what === 'engine' ? null : GOAL.atMost(0.4),
      note: sides(paired),
      wrong: null,
    });
    rows.push({
      goal: '10',
      what: `heavy packages loaded by it before first use`,
      value: loaded.length,
      unit: 'loaded',
      want: GOAL.atMost(0),
      note: loaded.join(', ') || `none of ${HEAVY.join(', ')}`,
      wrong: null,
    });
  }
  return rows;
}

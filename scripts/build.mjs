// Bundles the editor entry, the headless entry and the panel into dist/: node scripts/build.mjs [--dev]

import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const dev = process.argv.includes('--dev');

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: !dev,
  // Errors keep the names of their classes and functions.
  keepNames: true,
  sourcemap: 'linked',
  sourcesContent: dev,
  legalComments: 'none',
  logLevel: 'warning',
};

// VS Code 1.100 and `node dist/cli.cjs` both load CommonJS. What is imported lazily stays one file with the rest, and is
// still only run when it is asked for.
const onNode = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // The UMD form of jsonc-parser requires files that no bundler sees; its module form does not.
  mainFields: ['module', 'main'],
  define: { 'import.meta.url': '__url' },
};
// Modules that ask where they are get an answer in CommonJS too.
const location = "const __url = require('node:url').pathToFileURL(__filename).href;";

// In CommonJS every `import * as vscode` becomes a copy of the editor's whole interface, hundreds of properties for each
// file, made while the window waits. All files share the one that the banner requires.
const oneEditor = {
  name: 'one-editor',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(/^import \* as vscode from 'vscode';$/m, ''),
      loader: 'ts',
    })),
};
const editor = "const vscode = require('vscode');";

/** The bundles whose entries exist. */
const bundles = [
  {
    entry: 'src/extension.ts',
    options: {
      ...onNode,
      entryPoints: ['src/extension.ts'],
      outfile: 'dist/extension.cjs',
      external: ['vscode'],
      plugins: [oneEditor],
      banner: { js: `${location}${editor}` },
    },
  },
  {
    // The editor's engine runs beside the editor's own thread; `vscode` is not to be had there either.
    entry: 'src/engineThread.ts',
    options: {
      ...onNode,
      entryPoints: ['src/engineThread.ts'],
      outfile: 'dist/engine.cjs',
      banner: { js: location },
    },
  },
  {
    // `vscode` is not marked external: a path from here to ui/ must break the build.
    entry: 'src/cli.ts',
    options: {
      ...onNode,
      stdin: {
        contents: "import { runProgram } from './src/cli.ts';\nvoid runProgram();\n",
        resolveDir: root,
        sourcefile: 'entry.ts',
      },
      outfile: 'dist/cli.cjs',
      banner: { js: `#!/usr/bin/env node\n${location}` },
    },
  },
  {
    entry: 'webview/main.ts',
    options: {
      ...shared,
      entryPoints: ['webview/main.ts'],
      outfile: 'dist/webview.js',
      platform: 'browser',
      format: 'iife',
      target: 'es2022',
    },
  },
  {
    entry: 'webview/panel.css',
    options: { ...shared, entryPoints: ['webview/panel.css'], outfile: 'dist/webview.css' },
  },
];

await mkdir(dist, { recursive: true });
for (const { entry, options } of bundles) {
  await rm(join(dist, options.outfile.slice('dist/'.length)), { force: true });
  if (!existsSync(join(root, entry))) {
    console.warn(`${entry} does not exist, so ${options.outfile} is not built.`);
    continue;
  }
  await build(options);
}
// The editor completes and checks `.autosync/config.json` by the schema that the core validates with.
const schema = await build({
  ...shared,
  entryPoints: ['src/core/configSchema.ts'],
  format: 'esm',
  platform: 'neutral',
  sourcemap: false,
  write: false,
});
const { CONFIG_SCHEMA } = await import(
  `data:text/javascript;base64,${Buffer.from(schema.outputFiles[0].text).toString('base64')}`
);
await writeFile(join(dist, 'config.schema.json'), `${JSON.stringify(CONFIG_SCHEMA, null, 2)}\n`);
const wasm = createRequire(join(root, 'package.json')).resolve('sql.js/dist/sql-wasm.wasm');
await copyFile(wasm, join(dist, 'sql-wasm.wasm'));
if (existsSync(join(dist, 'cli.cjs'))) await chmod(join(dist, 'cli.cjs'), 0o755);

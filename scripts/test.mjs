// npm test: everything that must hold, on a fresh clone. The last line is "N passed, N failed".
// node scripts/test.mjs [--level NAME ...] [WORDS ...]: some levels alone; of these, only the tests that WORDS name.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, environment, findBrowser, install, installHosts, node, pack, root } from './ready.mjs';
import { summary } from './summary.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { level: { type: 'string', multiple: true }, desktop: { type: 'boolean' } },
});
const started = Date.now();
const results = mkdtempSync(join(tmpdir(), 'autosync-results-'));
process.once('exit', () => rmSync(results, { recursive: true, force: true }));

const resultFile = (name) => join(results, `${name}.json`);

const failed = (name, message) => ({
  name,
  passed: 0,
  failed: 1,
  failures: [{ file: '', name: 'as a whole', message }],
});

/** One step that passes or fails as a whole. */
const step = (name, command, args, more = {}) => {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...environment, ...more },
  });
  return status === 0 ? { name, passed: 1, failed: 0 } : failed(name, `${command} ended with ${status}: see above`);
};

/** What a level wrote about its tests, if it came to that. */
const outcomeOf = (name) => {
  try {
    return JSON.parse(readFileSync(resultFile(name), 'utf8'));
  } catch {
    return { passed: 0, failed: 0 };
  }
};

/** A level of the suite, counted test by test. A level in which no test ran has failed. */
const counted = (name, command, args) => {
  const run = step(name, command, args, { AUTOSYNC_LEVEL_OUTCOME: resultFile(name) });
  const outcome = { name, ...outcomeOf(name) };
  if (outcome.failed > 0) return outcome;
  if (outcome.passed === 0) return failed(name, 'no test ran, or the run broke off: see above');
  return run.failed === 0 ? outcome : { ...outcome, ...run, passed: outcome.passed };
};

const vitest = (name) => counted(name, 'vitest', ['run', '--project', name, ...positionals]);

const host = (name, kind) => {
  const words = positionals.length === 0 ? [] : ['--grep', positionals.join(' ')];
  const flags = ['--output', resultFile(name), ...words, ...(values.desktop ? ['--desktop'] : [])];
  const script = [join(root, 'scripts', 'run-typescript.mjs'), 'test/host/hostSuite.ts', kind];
  return counted(name, node, [...script, ...flags]);
};

const editors = () => {
  if (values.desktop || process.env.VSCODE_EXECUTABLE_PATH) return;
  installHosts();
  findBrowser();
};

/** What is tested, in this order; `ready` makes what a level needs beside the packages. */
const LEVELS = {
  types: { run: (name) => step(name, 'tsc', ['--noEmit']) },
  'types-of-the-panel': { run: (name) => step(name, 'tsc', ['--noEmit', '-p', 'webview']) },
  lint: { run: (name) => step(name, 'biome', ['check', '.']) },
  unit: { ready: build, run: vitest },
  integration: { ready: build, run: vitest },
  'host-floor': { ready: () => [build(), editors()], run: (name) => host(name, 'floor') },
  'host-current': { ready: () => [build(), editors()], run: (name) => host(name, 'current') },
  e2e: { ready: () => [pack(), installHosts(), findBrowser()], run: vitest },
  pictures: { isApart: true, ready: () => [pack(), installHosts(), findBrowser()], run: vitest },
};
const ALL = Object.keys(LEVELS).filter((name) => LEVELS[name].isApart !== true);

const run = (name) => {
  const level = LEVELS[name];
  if (level === undefined) return failed(name, `there is no such level: name one of ${Object.keys(LEVELS).join(', ')}`);
  try {
    level.ready?.();
    return level.run(name);
  } catch (error) {
    return failed(name, error instanceof Error ? error.message : `${error}`);
  }
};

install();
const all = (values.level ?? ALL).map(run);
process.stdout.write(`\n${summary(all, Math.round((Date.now() - started) / 1000))}\n`);
process.exit(all.every((level) => level.failed === 0) ? 0 : 1);

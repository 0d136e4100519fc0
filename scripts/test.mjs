// npm test: everything that must hold, on a fresh clone. The last line is "N passed, N failed".
// node scripts/test.mjs [--level NAME ...] [WORDS ...]: some levels alone; of these, only the tests that WORDS name.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, environment, findBrowser, install, installHosts, node, pack, root } from './ready.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { level: { type: 'string', multiple: true }, desktop: { type: 'boolean' } },
});
const started = Date.now();
const results = mkdtempSync(join(tmpdir(), 'autosync-results-'));
process.once('exit', () => rmSync(results, { recursive: true, force: true }));

const resultFile = (name) => join(results, `${name}.json`);

/** One step that passes or fails as a whole. */
const step = (name, command, args) => {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: environment });
  return { name, passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
};

/** A level of the suite, counted test by test. A level in which no test ran has failed. */
const counted = (name, command, args, countsOf) => {
  const run = step(name, command, args);
  try {
    const { passed, failed } = countsOf(JSON.parse(readFileSync(resultFile(name), 'utf8')));
    return { name, passed, failed: Math.max(failed, run.failed, passed + failed === 0 ? 1 : 0) };
  } catch {
    return { name, passed: 0, failed: 1 };
  }
};

const vitest = (name) => {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultFile(name)}`];
  return counted(name, 'vitest', ['run', '--project', name, ...reporters, ...positionals], (report) => ({
    passed: report.numPassedTests,
    failed: Math.max(report.numFailedTests, report.numFailedTestSuites > 0 ? 1 : 0),
  }));
};

const host = (name, kind) => {
  const words = positionals.length === 0 ? [] : ['--grep', positionals.join(' ')];
  const flags = ['--output', resultFile(name), ...words, ...(values.desktop ? ['--desktop'] : [])];
  const script = [join(root, 'scripts', 'run-typescript.mjs'), 'test/host/hostSuite.ts', kind];
  return counted(name, node, [...script, ...flags], (counts) => counts);
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
  if (level === undefined) return { name: `${name}: no such level`, passed: 0, failed: 1 };
  try {
    level.ready?.();
    return level.run(name);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return { name, passed: 0, failed: 1 };
  }
};

install();
const all = (values.level ?? ALL).map(run);
process.stdout.write(
  `\n${all.map(({ name, passed, failed }) => `${failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${passed} passed, ${failed} failed`).join('\n')}\n`,
);
const sum = (key) => all.reduce((total, one) => total + one[key], 0);
process.stdout.write(
  `in ${Math.round((Date.now() - started) / 1000)} s\n\n${sum('passed')} passed, ${sum('failed')} failed\n`,
);
process.exit(sum('failed') === 0 ? 0 : 1);

// npm test: everything that must hold, on a fresh clone. The last line is "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, environment, install, root } from './ready.mjs';

const started = Date.now();
install();
const results = mkdtempSync(join(tmpdir(), 'autosync-results-'));

/** One step that passes or fails as a whole. */
const step = (name, command, args) => {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: environment });
  return { name, passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
};

/** A level of the suite, counted test by test. A level in which no test ran has failed. */
const level = (name) => {
  const file = join(results, `${name}.json`);
  const run = step(name, 'vitest', [
    'run',
    '--project',
    name,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(file, 'utf8'));
    const failed = Math.max(
      numFailedTests,
      numFailedTestSuites > 0 ? 1 : 0,
      run.failed,
      numPassedTests + numFailedTests === 0 ? 1 : 0,
    );
    return { name, passed: numPassedTests, failed };
  } catch {
    return { name, passed: 0, failed: 1 };
  }
};

const all = [
  step('types', 'tsc', ['--noEmit']),
  step('types of the panel', 'tsc', ['--noEmit', '-p', 'webview']),
  step('format and lint', 'biome', ['check', '.']),
];
process.stdout.write('\n== build\n');
build();
all.push(level('unit'), level('integration'));
rmSync(results, { recursive: true, force: true });

process.stdout.write(
  `\n${all.map(({ name, passed, failed }) => `${failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${passed} passed, ${failed} failed`).join('\n')}\n`,
);
const sum = (key) => all.reduce((total, one) => total + one[key], 0);
process.stdout.write(
  `in ${Math.round((Date.now() - started) / 1000)} s\n\n${sum('passed')} passed, ${sum('failed')} failed\n`,
);
process.exit(sum('failed') === 0 ? 0 : 1);

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../host/places.js';
import type { LevelOutcome } from './levelOutcome.js';
import { temporaryFolder } from './temporaryFolder.js';

const REPORTER = join(ROOT, 'test/support/levelOutcome.ts');

const CONFIG = (file: string): string => `
import { outcomeReporter } from ${JSON.stringify(REPORTER)};
export default { test: { globals: true, retry: 1, reporters: [outcomeReporter(${JSON.stringify(file)})] } };
`;

const TESTS = `
let tries = 0;
describe('a group', () => {
  it('passes', () => {});
  it('passes the second time', () => { tries += 1; if (tries === 1) throw new Error('too early'); });
  it('fails', () => { expect('what is').toBe('what should be'); });
});
describe('a group that is not made ready', () => {
  beforeAll(() => { throw new Error('no ground'); });
  it('does not run', () => {});
});
`;

/** What the reporter says about some tests, run in a folder of their own. */
function outcomeOf(tests: string): LevelOutcome {
  const folder = temporaryFolder();
  const file = join(folder, 'outcome.json');
  writeFileSync(join(folder, 'vitest.config.mjs'), CONFIG(file));
  writeFileSync(join(folder, 'some.test.mjs'), tests);
  spawnSync(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run'], { cwd: folder });
  return JSON.parse(readFileSync(file, 'utf8'));
}

describe('the outcome of a level', () => {
  it('names what failed, also outside of a test, and what passed only the second time', () => {
    const { failed, failures, flaky } = outcomeOf(TESTS);
    expect(failed).toBe(2);
    expect(failures).toEqual([
      { file: 'some.test.mjs', name: 'a group that is not made ready', message: expect.stringContaining('no ground') },
      { file: 'some.test.mjs', name: 'a group > fails', message: expect.stringContaining('what should be') },
    ]);
    expect(flaky).toEqual([
      {
        file: 'some.test.mjs',
        name: 'a group > passes the second time',
        message: expect.stringContaining('too early'),
      },
    ]);
  });

  it('counts what passed, and fails for a file that cannot be loaded', () => {
    expect(outcomeOf(`it('passes', () => {});`)).toEqual({ passed: 1, failed: 0, failures: [], flaky: [] });
    expect(outcomeOf(`throw new Error('no such thing');`)).toMatchObject({
      passed: 0,
      failed: 1,
      failures: [{ name: 'the file as a whole', message: expect.stringContaining('no such thing') }],
    });
  });
});

import { defineConfig } from 'vitest/config';
import { outcomeReporter } from './test/support/levelOutcome.js';

/** Packages, also those of the editors below `test/host`. */
const INSTALLED = ['**/node_modules/**'];

/** Where `npm test` wants to be told what came of a level. */
const OUTCOME = process.env['AUTOSYNC_LEVEL_OUTCOME'];

/**
 * The levels by name: unit tests in milliseconds, `*.integration.test.ts` on real repositories, `*.e2e.ts` in windows of
 * a real editor. Beside them `*.pictures.ts`, which make what the README shows and are run by name.
 */
export default defineConfig({
  test: {
    reporters: ['default', ...(OUTCOME === undefined ? [] : [outcomeReporter(OUTCOME)])],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.integration.test.ts', ...INSTALLED],
          // A machine that does something else beside takes its time.
          testTimeout: 30_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/**/*.integration.test.ts'],
          exclude: INSTALLED,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Tried once more, and then named as flaky at the end: a machine's bad moment is not hidden, nor a red build.
          retry: 1,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.ts'],
          exclude: INSTALLED,
          globalSetup: 'test/e2e/install.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          retry: 1,
          // A window on a busy machine takes its time.
          expect: { poll: { timeout: 10_000 } },
          // One window at a time: two would wait for each other's processor.
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'pictures',
          include: ['test/e2e/**/*.pictures.ts'],
          exclude: INSTALLED,
          globalSetup: 'test/e2e/install.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 1,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});

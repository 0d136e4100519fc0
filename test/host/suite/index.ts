import { appendFileSync } from 'node:fs';
import Mocha from 'mocha';
import type { HostLine } from '../hostResult.js';

/** Milliseconds that one test may take. */
const LIMIT = 30_000;

const write = (line: HostLine): void =>
  appendFileSync(process.env['AUTOSYNC_HOST_RESULT'] ?? '', `${JSON.stringify(line)}\n`);

const failure = (title: string, milliseconds: number, error: unknown): HostLine => ({
  kind: 'failed',
  title,
  milliseconds,
  error: error instanceof Error ? (error.stack ?? error.message) : String(error),
});

function newMocha(): Mocha {
  // The base of all reporters prints nothing by itself: an extension host has nobody to print to.
  const reporter = Mocha.reporters.Base;
  const mocha = new Mocha({ ui: 'bdd', timeout: LIMIT, reporter, forbidOnly: true, forbidPending: true });
  const words = process.env['AUTOSYNC_HOST_GREP'];
  if (words) mocha.fgrep(words);
  // What specs import from mocha is bound here; nothing becomes global.
  mocha.suite.emit('pre-require', {}, 'specs', mocha);
  return mocha;
}

/** Runs the tests and notes each one's end at once, because a host may die. Answers how many failed. */
const run = (mocha: Mocha): Promise<number> =>
  new Promise((done) => {
    const runner = mocha.run(done);
    runner.on('pass', (test) => write({ kind: 'passed', title: test.fullTitle(), milliseconds: test.duration ?? 0 }));
    runner.on('fail', (test, error) => write(failure(test.fullTitle(), test.duration ?? 0, error)));
  });

/** Runs the specs that `load` imports, inside the extension host. Throws when a test failed, so that the host does. */
export async function runSpecs(load: () => Promise<void>): Promise<void> {
  const mocha = newMocha();
  try {
    await load();
  } catch (error) {
    write(failure('loading the specs', 0, error));
    throw error;
  }
  const failures = await run(mocha);
  write({ kind: 'ended', failures });
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}

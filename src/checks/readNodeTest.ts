import type { Reading } from './reading.js';
import { readNodeSpec } from './readNodeSpec.js';
import { readTap } from './readTap.js';

/** Reads the test runner of Node in its two usual reporters, `tap` and `spec`. */
export function readNodeTest(output: string): Reading {
  const read = /^TAP version \d+$/m.test(output) ? readTap : readNodeSpec;
  return { failures: read(output), tests: countTests(output) };
}

/** Both reporters close with the same totals; a script that starts the runner twice has two of them. */
function countTests(output: string): Reading['tests'] {
  const sum = (word: string): number | null => {
    const found = [...output.matchAll(new RegExp(`^(?:#|ℹ) ${word} (\\d+)$`, 'gm'))];
    return found.length === 0 ? null : found.reduce((total, match) => total + Number(match[1]), 0);
  };
  const passed = sum('pass');
  return passed === null ? null : { passed, failed: sum('fail') ?? 0 };
}

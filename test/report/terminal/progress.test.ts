import { describe, expect, it } from 'vitest';
import type { ProgressStep } from '../../../src/core/ports.js';
import { createProgress, liveLine } from '../../../src/report/terminal/progress.js';
import { HOSTILE } from '../samples.js';

const STEP: ProgressStep = { phase: 'validate', sibling: 'acme', doing: 'test on 1a2b3c4', done: 2, total: 4 };

/** A screen that remembers what was written, with a clock that is moved by hand. */
function screenOf(live: boolean) {
  const written: string[] = [];
  let now = 0;
  const view = createProgress({ write: (text) => written.push(text), live, columns: 80, clock: () => now });
  return { written, view, wait: (milliseconds: number) => (now += milliseconds) };
}

describe('progress that leaves how checks ended', () => {
  const failed: ProgressStep = {
    ...STEP,
    check: {
      check: 'test',
      tree: '1a2b3c4d5e6f',
      picks: ['x'],
      ended: {
        status: 'failed',
        tests: null,
        milliseconds: 900,
        remembered: false,
        failures: [{ check: 'test', name: 'sums', file: null, message: 'expected 3' }],
        more: 0,
        flaky: [],
      },
    },
  };

  it.each([true, false])('is there when it is asked for, on a terminal: %s', (live) => {
    const written: string[] = [];
    const screen = { write: (text: string) => written.push(text), live, columns: 80, clock: () => 0 };
    createProgress({ ...screen, verbose: true }).step(failed);
    expect(written.join('')).toMatch(/test on 1a2b3c4d5e \(1 pick\): failed, 0\.9 s\n {2}fails: sums: expected 3\n/);
    written.splice(0);
    createProgress(screen).step(failed);
    expect(written.join('')).not.toContain('expected 3');
  });
});

it.each([true, false])('what a person should read stays on its own line, on a terminal: %s', (live) => {
  const { written, view } = screenOf(live);
  view.step(STEP);
  view.step({ phase: 'fetch', sibling: null, doing: 'The branch is locked.', stays: true });
  expect(written.join('')).toContain('! The branch is locked.\n');
});

describe('progress on a terminal', () => {
  it('shows time, phase, sibling, what is done and counts on one line', () => {
    expect(liveLine(STEP, 12_000, 80)).toBe(' 12 s  validate acme: test on 1a2b3c4, 2 of 4');
  });

  it('never fills the last column, and shows no control character of foreign text', () => {
    const line = liveLine({ ...STEP, sibling: HOSTILE, doing: 'x'.repeat(200) }, 0, 40);
    expect(line.length).toBeLessThan(40);
    expect(line).not.toMatch(/\p{Cc}/u);
  });

  it('rewrites at most ten times a second, and catches up at the next tick', () => {
    const { written, view, wait } = screenOf(true);
    for (let step = 0; step < 100; step += 1) {
      view.step({ ...STEP, done: step });
      wait(10);
    }
    expect(written.length).toBeLessThanOrEqual(10);
    wait(100);
    view.tick();
    expect(written.at(-1)).toContain('99 of 4');
  });

  it('clears the line at the end, and stays silent afterwards', () => {
    const { written, view, wait } = screenOf(true);
    view.step(STEP);
    view.end();
    wait(1000);
    view.tick();
    expect(written).toHaveLength(2);
    expect(written[1]).toBe('\r\x1b[K');
  });

  it('writes nothing at all when there was nothing to show', () => {
    const { written, view } = screenOf(true);
    view.tick();
    view.end();
    expect(written).toEqual([]);
  });
});

describe('progress in a log', () => {
  it('writes one plain line when phase or sibling changes', () => {
    const { written, view, wait } = screenOf(false);
    view.step({ ...STEP, phase: 'fetch', doing: 'asking for news' });
    wait(2_000);
    view.step(STEP);
    view.step({ ...STEP, done: 3 });
    view.step({ ...STEP, sibling: 'globex' });
    view.end();
    expect(written).toEqual([
      '[  0 s] fetch acme: asking for news, 2 of 4\n',
      '[  2 s] validate acme: test on 1a2b3c4, 2 of 4\n',
      '[  2 s] validate globex: test on 1a2b3c4, 2 of 4\n',
    ]);
  });

  it('gives a sign of life when the same phase takes long', () => {
    const { written, view, wait } = screenOf(false);
    view.step(STEP);
    wait(31_000);
    view.step({ ...STEP, done: 3 });
    expect(written).toEqual([
      '[  0 s] validate acme: test on 1a2b3c4, 2 of 4\n',
      '[ 31 s] validate acme: test on 1a2b3c4, 3 of 4\n',
    ]);
  });

  it('writes no control characters but the line feed', () => {
    const { written, view } = screenOf(false);
    view.step({ ...STEP, sibling: HOSTILE, doing: HOSTILE });
    view.say(HOSTILE);
    expect(written.join('')).not.toMatch(/(?!\n)[\p{Cc}\u202e\u2066\u200b]/u);
    expect(written).toHaveLength(2);
  });
});

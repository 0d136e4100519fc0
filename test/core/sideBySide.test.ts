import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/core/check.js';
import { checkGroups } from '../../src/core/checkGroups.js';
import { sideBySide } from '../../src/core/sideBySide.js';

const NEVER = new AbortController().signal;

/** A task that ends when the test says so, or when it is stopped. */
function controlled(names: readonly string[]) {
  const ends = new Map<string, (result: string) => void>();
  const started: string[] = [];
  const stopped: string[] = [];
  const start = (name: string, signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => {
      started.push(name);
      ends.set(name, resolve);
      signal.addEventListener('abort', () => {
        stopped.push(name);
        reject(new Error(`${name} stopped`));
      });
    });
  const run = (atOnce: number, signal = NEVER) =>
    sideBySide({ tasks: names, atOnce, start, decisive: (result) => result.includes('bad'), signal });
  const end = async (name: string, result = `${name} good`): Promise<void> => {
    ends.get(name)?.(result);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { run, end, started, stopped };
}

describe('tasks side by side', () => {
  it('answer in their order, whoever is faster', async () => {
    const { run, end, started } = controlled(['a', 'b']);
    const running = run(2);
    expect(started).toEqual(['a', 'b']);
    await end('b');
    await end('a');
    expect(await running).toEqual(['a good', 'b good']);
  });

  it('start no more than the budget lets in', async () => {
    const { run, end, started } = controlled(['a', 'b', 'c']);
    const running = run(2);
    expect(started).toEqual(['a', 'b']);
    await end('b');
    expect(started).toEqual(['a', 'b', 'c']);
    await end('c');
    await end('a');
    expect(await running).toHaveLength(3);
  });

  it('after a decisive one are stopped, and it is the last that counts', async () => {
    const { run, end, stopped, started } = controlled(['a', 'b', 'c']);
    const running = run(2);
    await end('a', 'a bad');
    expect(await running).toEqual(['a bad']);
    expect([started, stopped]).toEqual([['a', 'b'], ['b']]);
  });

  it('before a decisive one go on, so that the answer is the same in every race', async () => {
    const { run, end, stopped } = controlled(['a', 'b', 'c']);
    const running = run(3);
    await end('b', 'b bad');
    expect(stopped).toEqual(['c']);
    await end('a', 'a bad');
    expect(await running).toEqual(['a bad']);
  });

  it('are all stopped by a cancel, and the cancel is what is thrown', async () => {
    const { run, stopped } = controlled(['a', 'b']);
    const cancel = new AbortController();
    const running = run(2, cancel.signal);
    cancel.abort();
    await expect(running).rejects.toThrow('a stopped');
    expect(stopped).toEqual(['a', 'b']);
  });

  it('are all stopped when one fails, whose error is thrown', async () => {
    const stopped: string[] = [];
    const start = (name: string, signal: AbortSignal): Promise<string> =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          stopped.push(name);
          reject(new Error(`${name} stopped`));
        });
        if (name === 'b') reject(new Error('no worktree'));
      });
    const running = sideBySide({ tasks: ['a', 'b', 'c'], atOnce: 3, start, decisive: () => false, signal: NEVER });
    await expect(running).rejects.toThrow('no worktree');
    expect(stopped).toEqual(['a', 'b', 'c']);
  });
});

describe('checks', () => {
  const check = (name: string, readsOnly = false): Check => ({
    ...({ name, kind: 'other', run: name, reads: 'exit-code', because: '' } as const),
    ...(readsOnly ? { readsOnly: true } : {}),
  });
  const names = (checks: readonly Check[]) => checkGroups(checks).map((group) => group.map(({ name }) => name));

  it('that only read the tree are neighbours side by side; all others keep their place', () => {
    const checks = [check('types', true), check('lint', true), check('build'), check('more lint', true), check('test')];
    expect(names(checks)).toEqual([['types', 'lint'], ['build'], ['more lint'], ['test']]);
    expect(names([])).toEqual([]);
  });
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Commit } from '../../src/core/commit.js';
import type { GitPort } from '../../src/core/gitPort.js';
import { bring, NEVER, openPort, siblingAt } from '../support/openPort.js';
import { processesWith } from '../support/processes.js';
import { cloneOf, makeCommit, makeRepository } from '../support/repository.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { lines } from './corpus.js';

type Job = (port: GitPort, commits: readonly Commit[], signal: AbortSignal) => Promise<unknown>;

const requestsOf = (commits: readonly Commit[]) => commits.map((commit) => ({ commit, message: 'm\n' }));

const jobs: readonly (readonly [string, Job])[] = [
  [
    'fetch',
    async (port, _commits, signal) =>
      port.fetch(siblingAt(port.target.root), await port.tipOf(siblingAt(port.target.root), signal), signal),
  ],
  ['incoming', (port, commits, signal) => port.incoming(port.target.head, commits.at(-1)?.sha ?? '', signal)],
  ['forecast', (port, commits, signal) => port.forecast(port.target.head, requestsOf(commits), signal)],
  ['chain', (port, commits, signal) => port.chain(port.target.head, requestsOf(commits), signal)],
  [
    'explainConflicts',
    (port, commits, signal) =>
      port.explainConflicts(port.target.head, commits.at(-1)?.sha ?? '', requestsOf(commits), signal),
  ],
  [
    'addedLines',
    (port, commits, signal) =>
      port.addedLines(
        commits.map((commit) => commit.sha),
        signal,
      ),
  ],
  [
    'patchIds',
    (port, commits, signal) =>
      port.patchIds(
        commits.map((commit) => commit.sha),
        signal,
      ),
  ],
  ['checkout', (port, commits, signal) => port.checkout(commits.at(-1)?.sha ?? '', signal)],
];

describe('cancelling', () => {
  const target = makeRepository();
  const big = lines(4_000);
  makeCommit(target, { files: { 'a.txt': big, 'b/c.txt': big } });
  const sibling = cloneOf(target);
  for (let index = 0; index < 40; index += 1)
    makeCommit(sibling, { files: { 'a.txt': lines(4_000, { [index * 50 + 1]: `there ${index}` }) } });
  makeCommit(target, { files: { 'a.txt': lines(4_000, { 51: 'here', 3999: 'here' }) } });

  it.each(jobs)(
    '%s, at any moment, ends within two seconds as cancelled or done, and leaves no process',
    async (_name, job) => {
      const cache = temporaryFolder();
      const port = await openPort(target, { cache });
      const { incoming } = await bring(port, siblingAt(sibling));
      const outcomes: string[] = [];
      for (const delay of [0, 2, 5, 9, 14, 20, 30, 45]) {
        const controller = new AbortController();
        const working = job(port, incoming, controller.signal).then(
          () => 'done',
          (error: { code?: string }) => error.code ?? String(error),
        );
        await new Promise((resolve) => setTimeout(resolve, delay));
        controller.abort();
        const late = new Promise<string>((resolve) => setTimeout(resolve, 2_000, 'late'));
        outcomes.push(await Promise.race([working, late]));
      }
      expect(new Set(outcomes)).toEqual(
        new Set(outcomes.filter((outcome) => outcome === 'done' || outcome === 'cancelled')),
      );
      expect(outcomes).toContain('cancelled');
      await expect.poll(() => processesWith(cache)).toEqual([]);
      expect(await job(port, incoming, NEVER)).toBeDefined();
      const [name = ''] = readdirSync(join(cache, 'autosync'));
      expect(readdirSync(join(cache, 'autosync', name)).filter((entry) => /scratch|marks/.test(entry))).toEqual([]);
    },
  );

  it('before anything starts nothing', async () => {
    const port = await openPort(target);
    await expect(port.incoming(port.target.head, port.target.head, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
    await expect(port.tipOf(siblingAt(sibling), AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PullRequest } from '../../src/core/forgePort.js';
import type { Fault } from '../support/github/faults.js';
import { calm, type Shop, startShop, wanted } from './shop.js';

const SCHEDULES = Number(process.env['AUTOSYNC_SCHEDULES'] ?? 20);
/** More faults than these in a row do not happen, so that so many runs are enough. */
const MOST_FAULTS = 4;

const KINDS = ['reply-lost', 'cut', 'refused', '500', '502', '409', '422', '403-secondary', '429'] as const;
const REQUESTS = [
  { method: 'POST', path: /\/pulls$/ },
  { method: 'POST', path: /\/labels$/ },
  { method: 'PATCH', path: /\/pulls\/\d+$/ },
  { method: 'PUT', path: /\/merge$/ },
  { method: 'GET', path: /\/pulls(?:\/\d+)?$/ },
];
const schedule: fc.Arbitrary<readonly Fault[]> = fc.array(
  fc
    .record({
      kind: fc.constantFrom(...KINDS),
      request: fc.constantFrom(...REQUESTS),
      after: fc.nat(2),
      effect: fc.boolean(),
    })
    .map(({ request, ...fault }) => ({ ...request, ...fault })),
  { minLength: 1, maxLength: MOST_FAULTS },
);

/** What a run does with a lane: opens or finds its pull request, says something new in it, merges it. */
async function run({ forge }: Shop, branch: string): Promise<void> {
  const pull = await forge.openPullRequest(wanted({ branch, labels: ['auto-sync'] }), calm());
  const said = await forge.updatePullRequest(pull, wanted({ branch, title: 'Updated', labels: ['auto-sync'] }), calm());
  await merged(forge, said);
}

async function merged(forge: Shop['forge'], pull: PullRequest): Promise<void> {
  const outcome = await forge.merge(pull, pull.head, 'merge', calm());
  if (outcome.kind !== 'merged') throw new Error(outcome.kind);
}

/** Runs until one gets through, as the hourly schedule does; each must fail in words of ours. */
async function runs(shop: Shop, branch: string): Promise<void> {
  for (let number = 0; number <= MOST_FAULTS; number += 1) {
    const before = shop.hosted.pulls().find((pull) => pull.head === branch);
    if (before?.merge !== null && before !== undefined) return;
    const failure = await run(shop, branch).then(
      () => null,
      (error: unknown) => error,
    );
    if (failure === null) return;
    expect(String(failure)).toMatch(/acme\/shop (?:refused|could not be reached)|refused$/);
  }
  throw new Error('no run got through');
}

describe('any schedule of faults', () => {
  it(`leaves exactly one pull request, merged once (${SCHEDULES} of them)`, { timeout: 900_000 }, async () => {
    const shop = await startShop();
    const schedules = fc.sample(schedule, { numRuns: SCHEDULES, seed: 20_260_301 });
    for (const [number, faults] of schedules.entries()) {
      const branch = `autosync/sibling-${number}/auto`;
      shop.hosted.commit(branch, { [`src/${number}.js`]: `export const number = ${number};\n` });
      for (const fault of faults) shop.github.faults.next(fault);
      await runs(shop, branch);
      shop.github.faults.clear();
      const own = shop.hosted.pulls().filter((pull) => pull.head === branch);
      expect(own, `schedule ${number}: ${JSON.stringify(faults)}`).toHaveLength(1);
      expect(own[0]?.merge, `schedule ${number}`).not.toBeNull();
    }
    expect(shop.hosted.pulls()).toHaveLength(SCHEDULES);
    expect(shop.hosted.labels()).toHaveLength(1);
    // Else it would prove nothing.
    expect(shop.github.wire.requests.filter(({ fault }) => fault !== null).length).toBeGreaterThan(SCHEDULES);
  });
});

import { describe, expect, it } from 'vitest';
import type { Fault } from '../support/github/faults.js';
import { BRANCH, calm, messageOf, opened, startShop, wanted } from './shop.js';

/** Faults after which the same call goes on by itself; those of the last two have happened before they are reported. */
const PASSING: readonly Partial<Fault>[] = [
  { kind: 'refused' },
  { kind: 'hang' },
  { kind: '500' },
  { kind: '502' },
  { kind: '403-secondary' },
  { kind: '429' },
  { kind: 'reply-lost' },
  { kind: 'cut' },
  { kind: '502', effect: true },
];
/** Hanging must end, and a slow machine must not hang. */
const PATIENCE = { request: 3_000 };

describe('one pull request, whatever fails on the way', () => {
  it.each(PASSING)('is what is left of $kind (after the effect: $effect) when it is opened', async (fault) => {
    const shop = await startShop({ patience: PATIENCE });
    shop.github.faults.next({ kind: '500', ...fault, method: 'POST', path: /\/pulls$/ });
    expect(await opened(shop)).toMatchObject({ number: 1, state: 'open', labels: ['auto-sync', 'risk:low'] });
    expect(shop.github.faults.waiting()).toEqual([]);
  });

  it.each(PASSING)('is what is left of $kind (after the effect: $effect) at every later write', async (fault) => {
    const shop = await startShop({ patience: PATIENCE });
    for (const path of [/\/repos\/acme\/shop\/labels$/, /\/issues\/1\/labels$/])
      shop.github.faults.next({ kind: '500', ...fault, method: 'POST', path });
    const pull = await opened(shop);
    expect(pull.labels).toEqual(['auto-sync', 'risk:low']);
    shop.github.faults.next({ kind: '500', ...fault, method: 'PATCH', path: /\/pulls\/1$/ });
    const updated = await shop.forge.updatePullRequest(pull, wanted({ title: 'Updated' }), calm());
    expect(updated.title).toBe('Updated');
    expect(shop.github.faults.waiting()).toEqual([]);
    expect(shop.hosted.labels()).toHaveLength(2);
  });

  it.each(PASSING)('is found through $kind while it is looked for', async (fault) => {
    const shop = await startShop({ patience: PATIENCE });
    await opened(shop);
    shop.github.faults.next({ kind: '500', ...fault, method: 'GET', path: /\/pulls$/ });
    expect(await shop.forge.openPullRequests('main', 'autosync/', calm())).toHaveLength(1);
    expect(shop.github.faults.waiting()).toEqual([]);
  });

  it('is taken over when another run was faster', async () => {
    const shop = await startShop();
    const other = shop.open();
    const pulls = await Promise.all([
      shop.forge.openPullRequest(wanted(), calm()),
      other.openPullRequest(wanted(), calm()),
    ]);
    expect(pulls.map(({ number }) => number)).toEqual([1, 1]);
    expect(shop.hosted.pulls()).toHaveLength(1);
  });

  it.each(['409', '422'] as const)('is not tried again after %s, which asking again does not mend', async (kind) => {
    const shop = await startShop();
    shop.github.faults.next({ kind, method: 'POST', path: /\/pulls$/ });
    await expect(shop.forge.openPullRequest(wanted(), calm())).rejects.toMatchObject({ code: 'forge-refused' });
    expect(shop.github.wire.writes()).toHaveLength(1);
    await opened(shop);
  });

  it('waits for the next run when GitHub stays away, after a few attempts', async () => {
    const shop = await startShop();
    shop.github.faults.next({ kind: '502', method: 'POST', path: /\/pulls$/, times: 100 });
    expect(await messageOf(shop.forge.openPullRequest(wanted(), calm()))).toBe(
      'acme/shop could not be reached: it answered 502. Nothing was lost; the next run tries again.',
    );
    expect(shop.github.wire.writes()).toHaveLength(4);
    shop.github.faults.clear();
    await opened(shop);
  });

  it('is not there for a branch that brings nothing, and the reason is GitHub’s', async () => {
    const shop = await startShop();
    const message = await messageOf(shop.forge.openPullRequest(wanted({ branch: 'nothing' }), calm()));
    expect(message).toMatch(/^acme\/shop refused: .*head/s);
    expect(shop.hosted.pulls()).toHaveLength(0);
  });

  it('is merged once when the answer to the merge is lost', async () => {
    for (const kind of ['reply-lost', 'cut', '502', 'refused'] as const) {
      const shop = await startShop();
      const pull = await opened(shop);
      shop.github.faults.next({ kind, method: 'PUT', path: /\/merge$/, effect: kind === '502' });
      const merged = await shop.forge.merge(pull, pull.head, 'merge', calm());
      expect(merged).toEqual({ kind: 'merged', as: shop.hosted.tip('main') });
      expect(shop.hosted.tip(BRANCH)).toBe(pull.head);
    }
  });

  it.each(['reply-lost', 'cut', 'refused'] as const)('gets its comment once after %s', async (kind) => {
    const shop = await startShop();
    await opened(shop);
    shop.github.faults.next({ kind, method: 'POST', path: /\/comments$/ });
    await shop.forge.comment(1, 'Once.', calm());
    expect(shop.hosted.comments(1)).toHaveLength(1);
  });
});

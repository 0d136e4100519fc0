import { describe, expect, it } from 'vitest';
import { BRANCH, calm, opened, PERMISSIONS, startShop } from './shop.js';

describe('gates', () => {
  it('are open where nothing guards the base', async () => {
    const shop = await startShop();
    expect(await shop.forge.gates(await opened(shop), 'merge', calm())).toEqual({
      passed: [],
      pending: [],
      failed: [],
      closed: [],
      approvedBy: [],
      mayMergeLater: false,
    });
  });

  it('name the required checks by what they came to on the head', async () => {
    const shop = await startShop({ repository: { allowAutoMerge: true } });
    shop.hosted.protect('main', { requiredChecks: ['build', 'lint', 'scan'] });
    const pull = await opened(shop);
    shop.hosted.status(pull.head, 'build', 'failure');
    shop.hosted.status(pull.head, 'build', 'success');
    shop.hosted.status(pull.head, 'lint', 'error');
    shop.hosted.status(pull.head, 'other', 'failure');
    expect(await shop.forge.gates(pull, 'merge', calm())).toMatchObject({
      passed: ['build'],
      pending: ['scan'],
      failed: ['lint'],
      closed: [],
      mayMergeLater: true,
    });
  });

  it('are known from rules too, and from the branch when the token may not read its protection', async () => {
    const shop = await startShop({
      token: { permissions: { ...PERMISSIONS, administration: undefined as never } },
      repository: { rules: { main: { requiredChecks: ['scan'] } } },
    });
    shop.hosted.protect('main', { requiredChecks: ['build'] });
    const { pending } = await shop.forge.gates(await opened(shop), 'merge', calm());
    expect(pending).toEqual(['build', 'scan']);
  });

  it('say whose review is missing, and open when it is there', async () => {
    const shop = await startShop();
    shop.hosted.protect('main', { requiredApprovals: 1 });
    const pull = await opened(shop);
    expect((await shop.forge.gates(pull, 'merge', calm())).closed).toEqual([
      'The branch asks for the approval of 1 person, 1 person still to come.',
    ]);
    shop.hosted.review(1, 'writer', 'CHANGES_REQUESTED');
    expect((await shop.forge.gates(pull, 'merge', calm())).closed).toContain('writer asked for changes.');
    shop.hosted.review(1, 'writer', 'APPROVED');
    expect(await shop.forge.gates(pull, 'merge', calm())).toMatchObject({ closed: [], approvedBy: ['writer'] });
    expect(await shop.forge.approvedBy(pull.number, pull.head, calm())).toEqual(['writer']);
    expect(await shop.forge.approvedBy(pull.number, '0'.repeat(40), calm())).toEqual([]);
  });

  it('are closed to a way of merging that the repository or its branch does not take', async () => {
    const shop = await startShop({ repository: { mergeMethods: ['merge', 'squash'] } });
    const pull = await opened(shop);
    expect((await shop.forge.gates(pull, 'rebase', calm())).closed[0]).toContain('"merge" or "squash"');
    shop.hosted.protect('main', { linearHistory: true });
    expect((await shop.forge.gates(pull, 'merge', calm())).closed[0]).toContain('"squash" is');
    expect((await shop.forge.gates(pull, 'squash', calm())).closed).toEqual([]);
  });

  it('are closed to a draft', async () => {
    const shop = await startShop();
    const pull = await opened(shop, { draft: true });
    expect((await shop.forge.gates(pull, 'merge', calm())).closed).toEqual(['It is a draft.']);
  });
});

describe('a merge', () => {
  it.each(['merge', 'squash', 'rebase'] as const)('by %s says as which commit it landed', async (method) => {
    const shop = await startShop();
    const pull = await opened(shop);
    const outcome = await shop.forge.merge(pull, pull.head, method, calm());
    expect(outcome).toEqual({ kind: 'merged', as: shop.hosted.tip('main') });
    expect(await shop.forge.pullRequest(1, calm())).toMatchObject({
      state: 'merged',
      mergedAs: shop.hosted.tip('main'),
      endedBy: 'acme',
    });
    expect(await shop.forge.merge(pull, pull.head, method, calm())).toEqual(outcome);
  });

  it('is refused when a person pushed to the branch meanwhile: nothing lands', async () => {
    const shop = await startShop();
    const pull = await opened(shop);
    const base = shop.hosted.tip('main');
    shop.hosted.commit(BRANCH, { 'src/price.js': 'export const price = 3;\n' }, 'by hand', 'writer');
    expect(await shop.forge.merge(pull, pull.head, 'merge', calm())).toMatchObject({
      kind: 'refused',
      because: 'moved',
    });
    expect(shop.hosted.tip('main')).toBe(base);
  });

  it('is refused by GitHub itself when the push comes between looking and merging', async () => {
    const shop = await startShop();
    const pull = await opened(shop);
    shop.github.faults.next({ kind: '409', method: 'PUT', path: /\/merge$/, message: 'Head branch was modified.' });
    expect(await shop.forge.merge(pull, pull.head, 'merge', calm())).toMatchObject({
      kind: 'refused',
      because: 'moved',
      why: 'Head branch was modified.',
    });
  });

  it('is refused by the rules of the branch, in GitHub’s words', async () => {
    const shop = await startShop();
    const pull = await opened(shop);
    shop.hosted.protect('main', { requiredChecks: ['build'] });
    const outcome = await shop.forge.merge(pull, pull.head, 'merge', calm());
    expect(outcome).toMatchObject({ kind: 'refused', because: 'forbidden' });
    expect(JSON.stringify(outcome)).toContain('build');
  });

  it('is refused when base and branch conflict, and when the pull request is closed', async () => {
    const shop = await startShop();
    const pull = await opened(shop);
    shop.hosted.commit('main', { 'src/price.js': 'export const price = 7;\n' });
    expect(await shop.forge.merge(pull, pull.head, 'merge', calm())).toMatchObject({ because: 'not-mergeable' });
    await shop.forge.closePullRequest(1, 'Nothing is left.', calm());
    expect(await shop.forge.merge(pull, pull.head, 'merge', calm())).toMatchObject({ because: 'not-mergeable' });
  });
});

describe('a merge that GitHub does later', () => {
  it('waits for the required checks, and happens when they pass', async () => {
    const shop = await startShop({ repository: { allowAutoMerge: true } });
    shop.hosted.protect('main', { requiredChecks: ['build'] });
    const pull = await opened(shop);
    expect(await shop.forge.mergeLater(pull, pull.head, 'squash', calm())).toEqual({ kind: 'later' });
    expect(await shop.forge.pullRequest(1, calm())).toMatchObject({ state: 'open', mergesItself: true });
    shop.hosted.status(pull.head, 'build', 'success');
    expect(await shop.forge.pullRequest(1, calm())).toMatchObject({
      state: 'merged',
      mergedAs: shop.hosted.tip('main'),
    });
  });

  it('happens at once when there is nothing to wait for', async () => {
    const shop = await startShop({ repository: { allowAutoMerge: true } });
    const pull = await opened(shop);
    expect(await shop.forge.mergeLater(pull, pull.head, 'merge', calm())).toEqual({
      kind: 'merged',
      as: shop.hosted.tip('main'),
    });
  });

  it('is refused where the repository does not let pull requests merge by themselves', async () => {
    const shop = await startShop();
    shop.hosted.protect('main', { requiredChecks: ['build'] });
    const pull = await opened(shop);
    expect(await shop.forge.mergeLater(pull, pull.head, 'merge', calm())).toMatchObject({
      kind: 'refused',
      because: 'forbidden',
    });
  });

  it('is refused for another head than the one that was validated', async () => {
    const shop = await startShop({ repository: { allowAutoMerge: true } });
    shop.hosted.protect('main', { requiredChecks: ['build'] });
    const pull = await opened(shop);
    shop.hosted.commit(BRANCH, { 'more.txt': 'more\n' });
    expect(await shop.forge.mergeLater(pull, pull.head, 'merge', calm())).toMatchObject({ because: 'moved' });
    expect(await shop.forge.pullRequest(1, calm())).toMatchObject({ mergesItself: false });
  });
});

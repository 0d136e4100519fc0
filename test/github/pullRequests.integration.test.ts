import { describe, expect, it } from 'vitest';
import { BRANCH, calm, opened, startShop, wanted } from './shop.js';

describe('a pull request', () => {
  it('is opened with all it shall say, its labels in their colours', async () => {
    const shop = await startShop();
    const pull = await opened(shop, { assignees: ['writer'], reviewers: ['writer', 'acme/core'] });
    expect(pull).toMatchObject({
      number: 1,
      state: 'open',
      draft: false,
      branch: BRANCH,
      base: 'main',
      head: shop.hosted.tip(BRANCH),
      title: 'Improvements from globex',
      labels: ['auto-sync', 'risk:low'],
      assignees: ['writer'],
      reviewers: ['writer', 'acme/core'],
      mergedAs: null,
      endedBy: null,
      mergesItself: false,
    });
    expect(pull.page).toContain('/acme/shop/pull/1');
    expect(shop.hosted.labels().map(({ name, color }) => `${name} ${color}`)).toEqual([
      'auto-sync 1d76db',
      'risk:low 0e8a16',
    ]);
    expect(shop.hosted.labels().every(({ description }) => description?.includes('AutoSync'))).toBe(true);
  });

  it('that says already what it shall is not touched: nothing is written, and an update does not even ask', async () => {
    const shop = await startShop();
    const pull = await opened(shop, { assignees: ['writer'] });
    const writes = shop.github.wire.writes().length;
    expect(await shop.forge.openPullRequest(wanted(), calm())).toEqual(pull);
    const requests = shop.github.wire.requests.length;
    expect(await shop.forge.updatePullRequest(pull, wanted({ body: '| what | risk |\r\n' }), calm())).toEqual(pull);
    expect(shop.github.wire.requests).toHaveLength(requests);
    expect(shop.github.wire.writes()).toHaveLength(writes);
  });

  it('is updated in place, by as few writes as it takes', async () => {
    const shop = await startShop();
    const pull = await opened(shop);
    const writes = shop.github.wire.writes().length;
    const updated = await shop.forge.updatePullRequest(pull, wanted({ title: 'Two improvements' }), calm());
    expect(updated).toMatchObject({ number: 1, title: 'Two improvements', body: pull.body });
    expect(shop.github.wire.writes().length - writes).toBe(1);
  });

  it("loses AutoSync's labels that are no longer true, never a person's", async () => {
    const shop = await startShop();
    const pull = await opened(shop, { labels: ['auto-sync', 'risk:low', 'bug'] });
    const updated = await shop.forge.updatePullRequest(
      pull,
      wanted({ labels: ['auto-sync', 'risk:high', 'autosync:conflict'] }),
      calm(),
    );
    expect([...updated.labels].sort()).toEqual(['auto-sync', 'autosync:conflict', 'bug', 'risk:high']);
  });

  it('is taken over when it is open already, and its reviewers are not asked again', async () => {
    const shop = await startShop();
    await opened(shop);
    const pull = await opened(shop, { title: 'Taken over', reviewers: ['writer'] });
    expect(pull).toMatchObject({ number: 1, title: 'Taken over', reviewers: [] });
  });

  it('that a stopped run left without labels is finished: its reviewers are asked after all', async () => {
    const shop = await startShop();
    await opened(shop, { labels: [] });
    expect(await opened(shop, { reviewers: ['writer'] })).toMatchObject({
      labels: ['auto-sync', 'risk:low'],
      reviewers: ['writer'],
    });
  });

  it('asks for the reviews it may ask for, when one of them may not be asked', async () => {
    const shop = await startShop();
    const pull = await opened(shop, { reviewers: ['acme', 'writer'] });
    expect(pull.reviewers).toEqual(['writer']);
  });

  it('turns from a draft to one that asks for review, and back', async () => {
    const shop = await startShop();
    const pull = await opened(shop, { draft: true });
    expect(pull.draft).toBe(true);
    const ready = await shop.forge.updatePullRequest(pull, wanted(), calm());
    expect(ready.draft).toBe(false);
    const writes = shop.github.wire.writes().length;
    expect((await shop.forge.updatePullRequest(ready, wanted({ draft: true }), calm())).draft).toBe(true);
    expect(shop.github.wire.writes().length - writes).toBe(1);
  });

  it('is found among the open ones by its base and the start of its branch', async () => {
    const shop = await startShop();
    await opened(shop, { labels: [] });
    shop.hosted.commit('work', { 'work.txt': 'work\n' });
    await shop.forge.openPullRequest(wanted({ branch: 'work', labels: [] }), calm());
    const found = await shop.forge.openPullRequests('main', 'autosync/', calm());
    expect(found.map(({ branch }) => branch)).toEqual([BRANCH]);
    expect(await shop.forge.openPullRequests('next', 'autosync/', calm())).toEqual([]);
  });

  it('that is not there is null', async () => {
    const { forge } = await startShop();
    expect(await forge.pullRequest(7, calm())).toBeNull();
  });

  it('that somebody closed says who; closing it again writes nothing', async () => {
    const shop = await startShop();
    await opened(shop);
    await shop.forge.closePullRequest(1, 'Nothing is left.', calm());
    expect(await shop.forge.pullRequest(1, calm())).toMatchObject({ state: 'closed', endedBy: 'acme', mergedAs: null });
    const writes = shop.github.wire.writes().length;
    await shop.forge.closePullRequest(1, 'Nothing is left.', calm());
    expect(shop.github.wire.writes()).toHaveLength(writes);
  });

  it('gets the same comment once', async () => {
    const shop = await startShop();
    await opened(shop);
    await shop.forge.comment(1, 'Stacked on your commits.\n', calm());
    await shop.forge.comment(1, 'Stacked on your commits.', calm());
    await shop.forge.comment(1, 'Waits for you.', calm());
    expect(shop.hosted.comments(1).map(({ body }) => body)).toEqual(['Stacked on your commits.\n', 'Waits for you.']);
  });

  it('costs nothing of the limit when it is read again and did not change', async () => {
    const shop = await startShop();
    await opened(shop);
    const first = await shop.forge.openPullRequests('main', 'autosync/', calm());
    expect(await shop.forge.openPullRequests('main', 'autosync/', calm())).toEqual(first);
    expect(shop.github.wire.requests.at(-1)).toMatchObject({ method: 'GET', status: 304 });
    shop.hosted.commit(BRANCH, { 'more.txt': 'more\n' });
    const [moved] = await shop.forge.openPullRequests('main', 'autosync/', calm());
    expect(moved?.head).toBe(shop.hosted.tip(BRANCH));
  });
});

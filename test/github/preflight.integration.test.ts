import { describe, expect, it } from 'vitest';
import type { ForgeNeeds, Preflight } from '../../src/core/forgePort.js';
import { CANARY, calm, PERMISSIONS, type Shop, startShop } from './shop.js';

const NEEDS: ForgeNeeds = { base: 'main', merge: true, method: 'merge' };
/** The token that a run of GitHub Actions is given. */
const ACTIONS = {
  token: { token: 'ghs_canary0123456789', login: 'github-actions[bot]', kind: 'actions' },
  repository: { collaborators: { 'github-actions[bot]': 'write' } },
} as const;

async function preflight(shop: Shop, needs: Partial<ForgeNeeds> = {}): Promise<Preflight> {
  const found = await shop.forge.preflight({ ...NEEDS, ...needs }, calm());
  expect(shop.github.wire.writes()).toEqual([]);
  return found;
}
const of = (found: Preflight, state: string): readonly string[] =>
  found.findings.filter((finding) => finding.state === state).map(({ what, mend }) => `${what} ${mend}`.trim());

describe('preflight', () => {
  it('finds nothing wrong with a token that may all it needs, and writes nothing', async () => {
    const shop = await startShop();
    const found = await preflight(shop);
    expect(found).toMatchObject({ login: 'acme', expiresAt: null, pushesWorkflows: null, startsChecks: true });
    expect(of(found, 'bad')).toEqual([]);
    expect(of(found, 'warning')).toEqual([]);
    expect(of(found, 'good')).toEqual(['The token may push to acme/shop.', '"main" may be merged into.']);
  });

  it('names the permission that a fine-grained token lacks to push', async () => {
    const shop = await startShop({ token: { permissions: { ...PERMISSIONS, contents: 'read' } } });
    const [first] = of(await preflight(shop), 'bad');
    expect(first).toContain('may read acme/shop but not push to it');
    expect(first).toContain('"Contents: read and write" and "Pull requests: read and write" for acme/shop');
  });

  it('names the permission of a token that may not even read pull requests', async () => {
    const { pull_requests: _without, ...permissions } = PERMISSIONS;
    const shop = await startShop({ token: { permissions } });
    expect(of(await preflight(shop), 'bad')).toEqual([expect.stringContaining('"Pull requests: read and write"')]);
  });

  it('asks for Actions only where workflows are followed', async () => {
    const shop = await startShop({ token: { permissions: { contents: 'write', pull_requests: 'write' } } });
    expect(of(await preflight(shop), 'warning').join()).not.toContain('Actions');
    expect(of(await preflight(shop, { follow: true }), 'warning')).toEqual([
      expect.stringContaining('"Actions: read and write"'),
    ]);
  });

  it('is one bad finding for a token that is expired or unknown', async () => {
    const shop = await startShop({ token: { expiresAt: new Date(0) } });
    const found = await preflight(shop);
    expect(found.login).toBeNull();
    expect(of(found, 'bad')).toEqual([expect.stringMatching(/does not know the token \(401\).*Set GITHUB_TOKEN/)]);
  });

  it('is one bad finding for a repository that the token may not see', async () => {
    const shop = await startShop({ token: { repositories: [] } });
    expect(of(await preflight(shop), 'bad')).toEqual([expect.stringContaining('(404)')]);
  });

  it('warns of a token that expires within 14 days, and not before', async () => {
    const end = (days: number) => new Date(Date.now() + days * 86_400_000 + 3_600_000);
    const soon = await preflight(await startShop({ token: { expiresAt: end(13) } }));
    expect(of(soon, 'warning')[0]).toContain('expires in 13 days');
    expect(Date.parse(soon.expiresAt ?? '')).toBeGreaterThan(Date.now());
    const later = await preflight(await startShop({ token: { expiresAt: end(15) } }));
    expect(of(later, 'warning')).toEqual([]);
    expect(of(later, 'good')[0] ?? '').not.toContain('expires');
  });

  it('takes the day from the clock it is given', async () => {
    const shop = await startShop({ token: { expiresAt: new Date('2099-01-01T00:00:00Z') } });
    const forge = shop.open({ clock: () => Date.parse('2099-01-02T00:00:00Z') });
    expect(of(await forge.preflight(NEEDS, calm()), 'bad')[0]).toContain('The token expired on 2099-01-01');
  });

  it('says of the scopes of a classic token what it may', async () => {
    const full = await preflight(await startShop({ token: { kind: 'classic', scopes: ['repo', 'workflow'] } }));
    expect(full).toMatchObject({ pushesWorkflows: true, startsChecks: true });
    expect(of(full, 'bad')).toEqual([]);
    const plain = await preflight(await startShop({ token: { kind: 'classic', scopes: ['repo'] } }));
    expect(plain.pushesWorkflows).toBe(false);
    expect(of(plain, 'good').join('\n')).toContain('may not push changes of files below .github/workflows');
    expect(of(plain, 'warning')).toEqual([]);
  });

  it("says that GitHub Actions' own token starts no checks, and may not push workflow files", async () => {
    const shop = await startShop(ACTIONS);
    const found = await preflight(shop);
    expect(found).toMatchObject({ login: 'github-actions[bot]', startsChecks: false, pushesWorkflows: false });
    expect(of(found, 'warning')[0]).toContain('start no workflow');
    expect(of(found, 'bad')).toEqual([]);
  });

  it('says that the repository does not let GitHub Actions open pull requests', async () => {
    const shop = await startShop({
      ...ACTIONS,
      repository: { ...ACTIONS.repository, actionsMayCreatePullRequests: false },
    });
    expect(of(await preflight(shop), 'bad')[0]).toContain('Allow GitHub Actions to create and approve pull requests');
  });

  it('says beforehand which rules leave the merge to a person', async () => {
    const shop = await startShop({ repository: { mergeMethods: ['squash'] } });
    shop.hosted.protect('main', { requiredApprovals: 2 });
    const found = await preflight(shop);
    expect(of(found, 'bad')).toEqual([]);
    expect(of(found, 'warning')).toEqual([
      expect.stringContaining('Merging by "merge" is not allowed here, "squash" is.'),
      expect.stringContaining('the approval of 2 people'),
    ]);
    expect(of(await preflight(shop, { merge: false }), 'warning')).toEqual([]);
  });

  it('says when the base is not on the forge', async () => {
    const shop = await startShop();
    expect(of(await preflight(shop, { base: 'next' }), 'bad')[0]).toContain('The branch "next" cannot be read');
  });

  it('throws when GitHub cannot be reached, because then nothing is known', async () => {
    const shop = await startShop();
    shop.github.faults.next({ kind: '502', times: 20 });
    await expect(shop.forge.preflight(NEEDS, calm())).rejects.toMatchObject({ code: 'forge-unreachable' });
  });

  it('does not show the token to anybody', async () => {
    const shop = await startShop({ token: { expiresAt: new Date(0) } });
    expect(JSON.stringify(await preflight(shop))).not.toContain(CANARY);
  });
});

describe('whether the token may open pull requests', () => {
  it('is asked without opening any', async () => {
    const { forge, hosted } = await startShop();
    expect(await forge.mayOpen('main', calm())).toBeNull();
    expect(hosted.pulls()).toEqual([]);
  });

  it('names the permission that it lacks', async () => {
    const { forge } = await startShop({ token: { permissions: { ...PERMISSIONS, pull_requests: 'read' } } });
    expect(await forge.mayOpen('main', calm())).toMatchObject({
      state: 'bad',
      mend: expect.stringContaining('"Pull requests: read and write"'),
    });
  });
});

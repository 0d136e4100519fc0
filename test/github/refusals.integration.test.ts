import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { holds } from '../support/github/wire.js';
import { CANARY, calm, messageOf, opened, PERMISSIONS, startShop, wanted } from './shop.js';

/** A server that remembers what it was sent, headers and all. */
async function startRecorder(): Promise<{ readonly origin: string; readonly seen: readonly string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    response.writeHead(200, { 'content-type': 'application/json' }).end('[]');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

describe('a refusal', () => {
  it.each([
    ['pull_requests', '"Pull requests: read and write"', 'POST'],
    ['contents', '"Contents: read and write"', 'PUT'],
  ])('for want of %s names the permission to grant', async (lacking, grant) => {
    const shop = await startShop();
    const pull = await opened(shop);
    const permissions = { ...PERMISSIONS, issues: 'read', [lacking]: 'read' } as const;
    shop.github.declareToken({ token: CANARY, login: 'acme', kind: 'fine-grained', permissions });
    const attempt =
      lacking === 'contents'
        ? shop.forge.merge(pull, pull.head, 'merge', calm())
        : shop.forge.updatePullRequest(pull, wanted({ title: 'Other' }), calm());
    expect(await messageOf(attempt)).toBe(
      `acme/shop refused: Resource not accessible by personal access token (403). Grant the token ${grant} for acme/shop.`,
    );
  });

  it('of a classic token names the scope', async () => {
    const shop = await startShop({ token: { kind: 'classic', scopes: ['public_repo'] } });
    expect(await messageOf(shop.forge.openPullRequest(wanted(), calm()))).toContain('Grant the token the scope "repo"');
  });

  it('of an unknown or expired token says to set another one', async () => {
    const shop = await startShop({ token: { expiresAt: new Date(0) } });
    const message = await messageOf(shop.forge.pullRequest(1, calm()));
    expect(message).toContain('(401): it is wrong, has expired, or was revoked');
    expect(message).toContain('Set GITHUB_TOKEN');
  });

  it('of what nobody may see says so', async () => {
    const shop = await startShop({ token: { repositories: [] } });
    const message = await messageOf(shop.forge.openPullRequests('main', 'autosync/', calm()));
    expect(message).toContain('there is no such thing, or the token may not see it (404)');
  });
});

describe('the token', () => {
  it('goes to the origin of the API alone: a redirect is refused, not followed', async () => {
    const shop = await startShop();
    const pull = await opened(shop);
    const recorder = await startRecorder();
    for (const status of [301, 302, 307, 308] as const) {
      shop.github.redirects.clear();
      shop.github.redirects.add({ path: /\/(?:pulls|merge|labels)\b/, to: recorder.origin, status });
      const messages = await Promise.all([
        messageOf(shop.forge.openPullRequests('main', 'autosync/', calm())),
        messageOf(shop.forge.updatePullRequest(pull, wanted({ title: 'Other' }), calm())),
      ]);
      for (const message of messages)
        expect(message).toMatch(new RegExp(`redirect \\(${status}\\).*git remote set-url`));
    }
    expect(recorder.seen).toEqual([]);
  });

  it('is in no message, whatever GitHub answers, and in no line of the log', async () => {
    const shop = await startShop({ patience: { limit: 0 } });
    const messages: string[] = [];
    for (const kind of ['409', '422', '500', '403-secondary', '429'] as const) {
      shop.github.faults.next({
        kind,
        path: /\/pulls/,
        times: 20,
        message: `secondary rate ${CANARY} ${btoa(CANARY)}`,
      });
      const attempt = messageOf(shop.forge.openPullRequest(wanted(), calm()));
      messages.push(await attempt);
      shop.github.faults.clear();
    }
    const closed = shop.open({
      repository: { owner: 'acme', name: 'shop', server: 'http://127.0.0.1:9', api: 'http://127.0.0.1:9' },
    });
    messages.push(await messageOf(closed.pullRequest(1, calm())));
    expect(messages).toHaveLength(6);
    expect(messages.filter((message) => holds(message, CANARY))).toEqual([]);
    expect(shop.logged.filter((line) => holds(line, CANARY))).toEqual([]);
    expect(shop.github.wire.carrying(CANARY)).toEqual([]);
  });

  it('is kept in no part of an error', async () => {
    const shop = await startShop();
    shop.github.faults.next({ kind: '422', path: /\/pulls/, times: 20 });
    const error = await shop.forge.openPullRequests('main', '', calm()).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'forge-refused', problem: { status: 422 } });
    expect(error).not.toHaveProperty('cause');
    expect(shop.github.wire.requests).toHaveLength(1);
    expect(holds(JSON.stringify(error), CANARY)).toBe(false);
  });
});

describe('waiting', () => {
  it('for a limit is left to the next run when it takes too long', async () => {
    const shop = await startShop({ patience: { limit: 60 } });
    shop.github.faults.next({ kind: '429', path: /\/pulls$/, retryAfter: 61 });
    const message = await messageOf(shop.forge.openPullRequests('main', 'autosync/', calm()));
    expect(message).toContain('its rate limit for this token is used up; it asks to wait 61 s');
    expect(shop.github.wire.requests).toHaveLength(1);
    expect(shop.logged.join('\n')).toContain('would have to wait 61 s');
  });

  it('ends at once when the run is cancelled', async () => {
    const shop = await startShop({ patience: { second: 1000 } });
    shop.github.faults.next({ kind: '429', path: /\/pulls$/, retryAfter: 100 });
    const run = new AbortController();
    const attempt = shop.forge.openPullRequests('main', 'autosync/', run.signal);
    await expect.poll(() => shop.logged.length, { timeout: 60_000 }).toBe(1);
    run.abort();
    await expect(attempt).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('for an answer ends at once when the run is cancelled, and nothing is sent afterwards', async () => {
    const shop = await startShop();
    shop.github.faults.next({ kind: 'hang', method: 'POST', path: /\/pulls$/ });
    const run = new AbortController();
    const attempt = shop.forge.openPullRequest(wanted(), run.signal);
    await expect.poll(() => shop.github.wire.writes().length, { timeout: 60_000 }).toBe(1);
    run.abort();
    await expect(attempt).rejects.toMatchObject({ code: 'cancelled' });
    await expect(shop.forge.pullRequest(1, run.signal)).rejects.toMatchObject({ code: 'cancelled' });
    expect(shop.hosted.pulls()).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { dueNotice } from '../../src/ui/dueNotice.js';
import { forgeServerOf } from '../../src/ui/forgeServer.js';
import { type ForgeFacts, forgeEnvironment, readAccess, usesSession, writeAccess } from '../../src/ui/githubAccess.js';
import { KnownTokens } from '../../src/ui/knownTokens.js';

const TOKEN = 'ghp_notARealToken0123456789';
const SESSION = 'gho_notARealSession0123456789';
const GITHUB = forgeServerOf('');
const OWN = forgeServerOf('https://git.example.com');

const facts = (more: Partial<ForgeFacts> = {}): ForgeFacts => ({
  trusted: true,
  server: GITHUB,
  access: { kind: 'session' },
  session: SESSION,
  ...more,
});

const tokenIn = (more: Partial<ForgeFacts>): string | undefined => forgeEnvironment(facts(more))['GITHUB_TOKEN'];

describe('what the engine is told of the forge', () => {
  it('is the token of the account, with the addresses it is for', () => {
    expect(forgeEnvironment(facts())).toEqual({
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_API_URL: 'https://api.github.com',
      GITHUB_TOKEN: SESSION,
    });
  });

  it('is no token in a workspace that is not trusted', () => {
    expect(tokenIn({ trusted: false })).toBeUndefined();
    expect(tokenIn({ trusted: false, access: { kind: 'token', token: TOKEN, origin: 'https://github.com' } })).toBe(
      undefined,
    );
  });

  it('is no token that a person did not let it use', () => {
    expect(tokenIn({ access: undefined })).toBeUndefined();
    expect(tokenIn({ session: null })).toBeUndefined();
  });

  it('is a token for its exact origin alone', () => {
    const access = { kind: 'token', token: TOKEN, origin: 'https://git.example.com' } as const;
    expect(tokenIn({ access, server: OWN })).toBe(TOKEN);
    expect(tokenIn({ access, server: GITHUB })).toBeUndefined();
    expect(tokenIn({ access, server: forgeServerOf('https://git.example.com:8443') })).toBeUndefined();
    expect(tokenIn({ server: OWN })).toBeUndefined();
    expect(usesSession({ kind: 'session' }, OWN)).toBe(false);
  });

  it('is nothing at all when the configured address is none', () => {
    expect(forgeEnvironment(facts({ server: null }))).toEqual({});
  });
});

describe('what a person granted', () => {
  it('comes back as it was kept', () => {
    const token = { kind: 'token', token: TOKEN, origin: 'https://git.example.com' } as const;
    expect(readAccess(writeAccess(token))).toEqual(token);
    expect(readAccess(writeAccess({ kind: 'session' }))).toEqual({ kind: 'session' });
  });

  it('is nothing when what was kept is nothing of ours', () => {
    for (const kept of [undefined, '', '{', '{}', 'null', '{"kind":"token","token":1,"origin":"x"}', '{"kind":"x"}'])
      expect(readAccess(kept), kept).toBeUndefined();
  });

  it('is taken out of every text once it is known', () => {
    const tokens = new KnownTokens();
    tokens.learn('a plain word');
    expect(tokens.redact('it is a plain word, and ghp_0123456789012345678901234567890123456')).not.toMatch(
      /a plain word|ghp_0/,
    );
  });
});

it('a notice is due once a day, also after the clock was set back', () => {
  const [day, now] = [86_400_000, Date.UTC(2026, 0, 2)];
  expect([undefined, now - day, now - day + 1, now, now + 1].map((told) => dueNotice(told, now))).toEqual([
    ...[true, true, false, false, true],
  ]);
});

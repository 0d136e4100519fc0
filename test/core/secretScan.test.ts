import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AddedFile } from '../../src/core/gitPort.js';
import { scanForSecrets } from '../../src/core/secretScan.js';

/** Put together here, so that no scanner takes this file for a leak. */
const join = (...parts: readonly string[]): string => parts.join('');
const RANDOM = 'q7Rt2LmZ8vKp4XsWn3Yb6HdJf9Gc5TzQaEuI';

function added(...texts: readonly string[]): AddedFile {
  const lines = texts.map((text, index) => ({ line: index + 1, text }));
  return { path: 'src/a.ts', binary: false, tooBig: false, lines, added: lines.length, removed: 0 };
}

const found = (text: string): readonly string[] => scanForSecrets([added(text)]).map(({ what }) => what);

describe('scanForSecrets', () => {
  it.each([
    ['private key', join('-----BEGIN RSA ', 'PRIVATE KEY-----')],
    ['private key', join('-----BEGIN ', 'PRIVATE KEY-----')],
    ['private key', join('key = "-----BEGIN OPENSSH ', 'PRIVATE KEY-----\\n"')],
    ['AWS access key id', join('id: AKIA', 'Q3EGRTYUJ6KLZXCV')],
    ['GitHub token', join('ghp', '_', RANDOM)],
    ['GitHub token', join('github', '_pat_', RANDOM, '_more')],
    ['Slack token', join('xoxb', '-2938475610-9182736450-', RANDOM.slice(0, 24))],
    ['Slack webhook', join('https://hooks.slack', '.com/services/T0AB2CD3E/B0FG4HI5J/', RANDOM.slice(0, 24))],
    ['Google API key', join('AI', 'zaS', RANDOM.slice(0, 34))],
    ['Stripe live key', join('sk', '_live_', RANDOM.slice(0, 24))],
    ['npm token', join('//registry/:_authToken=npm', '_', RANDOM)],
    ['JSON Web Token', join('eyJhbGciOiJIUzI1NiIsInR5', '.eyJzdWIiOiI0NzExIiwibmFtZSI6Ik', '.', RANDOM)],
    ['secret in an assignment', `const API_KEY = "${RANDOM}";`],
    ['secret in an assignment', `  "dbPassword": "${RANDOM.slice(0, 22)}",`],
    ['secret in an assignment', `secret: '4f3c2b1a9e8d7c6b5a4f3e2d1c0b9a87'`],
  ])('finds a %s', (what, text) => {
    expect(found(text)).toEqual([what]);
  });

  it.each([
    'const password = process.env.DB_PASSWORD;',
    'password: "changeme-please-now-123"',
    'token = "your_token_goes_here_1234"',
    'apiKey: "xxxxxxxxxxxxxxxxxxxxxxxx"',
    'secret: "<insert-the-secret-here-1>"',
    'token: "$' + '{GITHUB_TOKEN_FROM_SECRETS_1}"',
    'const token = "nextSemanticTokenModifier";',
    'password: "auth.forms.password.label.2"',
    'token: "base64UrlEncodedTokenValue2"',
    'token: "https://auth.company.internal/oauth2/token/v2"',
    'AKIAIOSFODNN7EXAMPLE',
    'requirepass foobared',
    '"integrity": "sha512-q7Rt2LmZ8vKp4XsWn3Yb6HdJf9Gc5TzQaEuIq7Rt2LmZ8vKp4XsWn3Yb6HdJf9Gc5TzQaEuI=="',
    'const secretKeyLength = 32;',
    'robj *token = lookupKeyByPattern(c->db, "pattern:*:field->name")',
    '-----BEGIN PUBLIC KEY-----',
    'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  ])('is not alarmed by %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('says where, and never what the secret is', () => {
    const secret = join('ghp', '_', RANDOM);
    const report = scanForSecrets([added('nothing', `const t = '${secret}';`)]);
    expect(report).toEqual([{ path: 'src/a.ts', line: 2, what: 'GitHub token' }]);
    expect(JSON.stringify(report)).not.toContain(RANDOM.slice(0, 8));
  });

  it('reads the start, the middle and the end of a long line', () => {
    const secret = join(' ghp', '_', RANDOM, ' ');
    for (const at of [0, 4_080, 10_000, 99_950]) {
      const filler = 'ab, '.repeat(25_000);
      expect(found(filler.slice(0, at) + secret + filler.slice(at))).toEqual(['GitHub token']);
    }
  });

  it('is linear: milliseconds for a megabyte of lines that nearly match', () => {
    const texts = ['password = "', 'eyJ', 'xoxb-1', '-----BEGIN ', 'secret:', 'AKIA'].map((part) =>
      part.repeat(200_000 / part.length),
    );
    const started = performance.now();
    scanForSecrets([added(...texts)]);
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it('takes any text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(found(`password="${text}"`).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1_000 },
    );
  });
});

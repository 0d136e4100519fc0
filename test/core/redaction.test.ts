import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/core/redaction.js';

const SECRET = 'canary/Secret+Value?42';
const redact = createRedactor([SECRET]);
const encodings: readonly (readonly [string, string])[] = [
  ['as it is', SECRET],
  ['in base64', Buffer.from(SECRET).toString('base64')],
  ['in base64 behind x-access-token', Buffer.from(`x-access-token:${SECRET}`).toString('base64')],
  ['in base64 behind user', Buffer.from(`user:${SECRET}`).toString('base64')],
  ['in base64 behind another user', Buffer.from(`a-bot:${SECRET}`).toString('base64')],
  ['in base64url', Buffer.from(SECRET).toString('base64url')],
  ['URL-encoded', encodeURIComponent(SECRET)],
  [
    'URL-encoded in lower case',
    encodeURIComponent(SECRET).toLowerCase().replace('secret', 'Secret').replace('value', 'Value'),
  ],
];

describe('createRedactor', () => {
  it.each(encodings)('takes out a secret %s', (_, form) => {
    const text = redact(`before ${form} after`);
    expect(text).toContain('[redacted]');
    expect(text).not.toContain(form);
    expect(text).toMatch(/^before .* after$/);
  });

  it.each([
    ['ghp_0123456789abcdefghij', '[redacted]'],
    ['github_pat_11ABC_0123456789', '[redacted]'],
    ['gho_abcdef012345 ghs_abcdef012345 ghu_abcdef012345', '[redacted] [redacted] [redacted]'],
    ['Authorization: Basic eDpzZWNyZXQ=\nnext', 'Authorization: [redacted]\nnext'],
    ['{"authorization":"Bearer abc","next":1}', '{"authorization":[redacted],"next":1}'],
    ['https://user:pass@host/x', 'https://[redacted]@host/x'],
    ['https://u:p@ss@host/x', 'https://[redacted]@host/x'],
    ['https://onlytoken@host/x', 'https://[redacted]@host/x'],
    ['smtps://mailer:pw@mail.example:465', 'smtps://[redacted]@mail.example:465'],
    ['https://hooks.slack.com/services/T0/B0/abc', '[redacted]'],
  ])('knows the shape of %j without being told', (given, expected) => {
    expect(createRedactor([])(given)).toBe(expected);
  });

  it('leaves ordinary text alone', () => {
    const text = 'ssh://git@host/x, git@host:y, https://host/a@b, mail a@b.example, 12:30 authorization is needed';
    expect(createRedactor(['', 'ab'])(text)).toBe(text);
  });

  it('takes out the lines of a secret of many lines, also when JSON escapes it', () => {
    const key = 'first line of a key\nsecond line of a key';
    expect(createRedactor([key])(JSON.stringify({ key }))).toBe('{"key":"[redacted]"}');
    expect(createRedactor([key])('> second line of a key')).toBe('> [redacted]');
  });

  it('lets no secret through, whatever it is made of and whatever stands around it', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9+/!%_~-]{14,40}$/);
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
        const knowing = createRedactor([value]);
        const encoded = Buffer.from(`${before}${value}${after}`).toString('base64');
        expect(knowing(before + value + after)).not.toContain(value);
        expect(knowing(encoded)).toContain('[redacted]');
        expect(knowing(encodeURIComponent(before + value + after))).toContain('[redacted]');
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes milliseconds for a megabyte that nearly matches', () => {
    const started = performance.now();
    redact(`${'https://a'.repeat(50_000)} ${'a.b-'.repeat(100_000)} ${'authorization '.repeat(10_000)}`);
    expect(performance.now() - started).toBeLessThan(8_000);
  });
});

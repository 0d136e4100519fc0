import { describe, expect, it } from 'vitest';
import { expiryFinding, expiryOf } from '../../src/github/expiry.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const headers = (told: string) => ({ 'github-authentication-token-expiration': told });

describe('the end of a token', () => {
  it('is read as GitHub writes it, in UTC or with an offset', () => {
    expect(expiryOf(headers('2026-03-15 12:00:00 UTC'))).toBe('2026-03-15T12:00:00.000Z');
    expect(expiryOf(headers('2026-03-15 12:00:00 -0700'))).toBe('2026-03-15T19:00:00.000Z');
  });

  it('is unknown when GitHub does not say, or says something else', () => {
    expect(expiryOf({})).toBeNull();
    expect(expiryOf(headers('soon'))).toBeNull();
    expect(expiryOf(headers('2026-99-99 12:00:00 UTC'))).toBeNull();
    expect(expiryFinding(null, NOW)).toBeNull();
  });

  it.each([
    ['2026-03-15T12:00:01.000Z', 'good', 'valid until'],
    ['2026-03-15T12:00:00.000Z', 'warning', 'in 14 days'],
    ['2026-03-02T13:00:00.000Z', 'warning', 'in 1 day,'],
    ['2026-03-01T13:00:00.000Z', 'warning', 'within a day'],
    ['2026-03-01T12:00:00.000Z', 'bad', 'expired on'],
  ])('at %s makes a finding that is %s', (at, state, words) => {
    const finding = expiryFinding(at, NOW);
    expect(finding?.state).toBe(state);
    expect(finding?.what).toContain(words);
    expect(finding?.mend === '').toBe(state === 'good');
  });
});

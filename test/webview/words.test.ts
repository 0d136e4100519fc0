import { describe, expect, it } from 'vitest';
import { ageText, agoText, momentText, percentText, shortCountText, spanText } from '../../webview/words.js';

const NOW = Date.UTC(2026, 10, 21, 12);
const earlier = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString();
const [MINUTE, HOUR, DAY] = [60, 3600, 86_400];

describe('spans of time', () => {
  it.each([
    [0, '0 seconds'],
    [0.4, '0.4 seconds'],
    [1, '1 second'],
    [41.3, '41 seconds'],
    [9.1 * MINUTE, '9.1 minutes'],
    [1.5 * HOUR, '1.5 hours'],
    [31 * HOUR, '31 hours'],
    [3.5 * DAY, '3.5 days'],
    [364 * DAY, '52 weeks'],
    [11.4 * 365.25 * DAY, '11 years'],
    [-5, '0 seconds'],
  ])('of %d seconds are told in one unit: %s', (seconds, words) => {
    expect(spanText(seconds)).toBe(words);
  });
});

describe('how long ago', () => {
  it.each([
    [0, 'just now'],
    [59, 'just now'],
    [60, '1 minute ago'],
    [119, '1 minute ago'],
    [179, '2 minutes ago'],
    [59 * MINUTE, '59 minutes ago'],
    [119 * MINUTE, '1 hour ago'],
    [2 * HOUR, '2 hours ago'],
    [40 * DAY, '5 weeks ago'],
    [-300, 'just now'],
  ])('%d seconds are: %s', (seconds, words) => {
    expect(agoText(earlier(seconds), NOW)).toBe(words);
  });

  it('never goes back while the clock goes on', () => {
    const hours = Array.from({ length: 240 }, (_unused, half) => agoText(earlier(2 * HOUR + half * 1800), NOW));
    const seen = [...new Set(hours)];
    expect(hours.map((text) => seen.indexOf(text))).toEqual(
      hours.map((text) => seen.indexOf(text)).sort((a, b) => a - b),
    );
  });

  it('is said of what is no moment', () => {
    expect([ageText('soon', NOW), agoText('soon', NOW), momentText('soon')]).toEqual([
      null,
      'at an unknown time',
      'at an unknown time',
    ]);
  });
});

describe('numbers', () => {
  it.each([
    [0, '0%'],
    [0.001, '< 1%'],
    [0.5, '50%'],
    [0.9999, '> 99%'],
    [1, '100%'],
  ])('a rate of %d is %s', (rate, words) => {
    expect(percentText(rate)).toBe(words);
  });

  it('stay short however large', () => {
    expect([0, 12_345, 1_234_567].map(shortCountText)).toEqual(['0', '12,345', '1.2M']);
  });
});

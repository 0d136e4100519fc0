import { describe, expect, it } from 'vitest';
import { newsOf, waitingKeys } from '../../../src/ui/polling/news.js';
import { consentQuestion, everyText, newsSentence } from '../../../src/ui/polling/words.js';
import { rowsIn } from '../bar/windows.js';

describe('what is asked and told', () => {
  it('names an interval as a person does', () => {
    const texts = [3_600_000, 7_200_000, 1_800_000, 86_400_000, 604_800_000, 90_000, 1_000].map(everyText);
    expect(texts).toEqual([
      'every hour',
      'every 2 hours',
      'every 30 minutes',
      'every day',
      'every 7 days',
      'every 90 seconds',
      'every second',
    ]);
  });

  it('asks for consent with the number that fits', () => {
    expect(consentQuestion(12, 3_600_000)).toBe(
      '12 improvements fit. Let AutoSync check them every hour and land what is proved safe?',
    );
    expect(consentQuestion(1, 1_800_000)).toBe(
      '1 improvement fits. Let AutoSync check it every 30 minutes and land what is proved safe?',
    );
  });

  it('asks for consent to pull requests where work lands by them', () => {
    const forge = { kind: 'forge', repository: 'house/shop', server: 'https://github.com' } as const;
    expect(consentQuestion(2, 3_600_000, forge)).toBe(
      "2 improvements fit. Let AutoSync check them every hour and open pull requests on GitHub house/shop, merging what is proved safe when the branch's rules agree?",
    );
  });

  it('says what newly waits, and nothing when nothing does', () => {
    expect(newsSentence({ review: 2, conflict: 1 })).toBe(
      'AutoSync found 2 improvements for your review and 1 conflict to resolve.',
    );
    expect(newsSentence({ review: 0, conflict: 3 })).toBe('AutoSync found 3 conflicts to resolve.');
    expect(newsSentence({ review: 0, conflict: 0 })).toBeNull();
  });
});

describe('news', () => {
  it('are commits that wait and were not told of, each once', () => {
    const rows = rowsIn('review', 'conflict', 'candidate', 'landed');
    expect(newsOf([], rows)).toEqual({ review: 1, conflict: 1 });
    expect(newsOf(waitingKeys(rows), rows)).toEqual({ review: 0, conflict: 0 });
    expect(newsOf([], [...rows, ...rows])).toEqual({ review: 1, conflict: 1 });
  });

  it('are not told again because something else went away', () => {
    const rows = rowsIn('review', 'conflict');
    expect(newsOf(waitingKeys(rows), rows.slice(1))).toEqual({ review: 0, conflict: 0 });
  });

  it('are told again when a commit waits for something else', () => {
    const before = waitingKeys(rowsIn('conflict'));
    expect(newsOf(before, rowsIn('review'))).toEqual({ review: 1, conflict: 0 });
  });
});

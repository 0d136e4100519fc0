import { describe, expect, it } from 'vitest';
import { TextCache } from '../../../src/ui/documents/textCache.js';

describe('the cache of texts', () => {
  it('forgets what was not asked for the longest when it is full', () => {
    const cache = new TextCache(10);
    cache.set('a', '12345');
    cache.set('b', '12345');
    cache.get('a');
    cache.set('c', '12345');
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['12345', undefined, '12345']);
  });

  it('holds nothing that is larger than all of it, and counts a replaced text once', () => {
    const cache = new TextCache(10);
    cache.set('big', '12345678901');
    expect(cache.get('big')).toBeUndefined();
    for (let times = 0; times < 5; times++) cache.set('a', '12345678');
    expect(cache.get('a')).toBe('12345678');
  });

  it('remembers an empty text', () => {
    const cache = new TextCache(1);
    cache.set('empty', '');
    expect(cache.get('empty')).toBe('');
  });
});

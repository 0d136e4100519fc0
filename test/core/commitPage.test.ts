import { describe, expect, it } from 'vitest';
import { commitPageOf } from '../../src/core/commitPage.js';

describe('the page of a commit', () => {
  it.each([
    ['https://github.com/org/app.git', 'https://github.com/org/app/commit/'],
    ['https://github.com/org/app/', 'https://github.com/org/app/commit/'],
    ['git@github.com:org/app.git', 'https://github.com/org/app/commit/'],
    ['ssh://git@github.com:22/org/app.git', 'https://github.com/org/app/commit/'],
    ['https://gitlab.com/group/part/app.git', 'https://gitlab.com/group/part/app/-/commit/'],
    ['git@bitbucket.org:org/app', 'https://bitbucket.org/org/app/commits/'],
  ])('is known for %s', (address, page) => {
    expect(commitPageOf(address)).toBe(page);
  });

  it.each([
    '../app',
    '/srv/app',
    'file:///srv/app',
    'https://git.example.test/org/app.git',
    'https://github.com.evil.test/org/app',
    'https://github.com@evil.test/org/app',
    'https://github.com/org/app?x=[y](command:z)',
    'https://github.com/org',
  ])('is not guessed for %s', (address) => {
    expect(commitPageOf(address)).toBeNull();
  });
});

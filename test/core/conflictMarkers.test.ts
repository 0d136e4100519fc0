import { describe, expect, it } from 'vitest';
import { hasConflictMarkers } from '../../src/core/conflictMarkers.js';

describe('hasConflictMarkers', () => {
  it.each([
    ['<<<<<<< main\n'],
    ['a\n<<<<<<< main\r\nb'],
    ['<<<<<<<'],
    ['a\n||||||| base\n'],
    ['a\n=======\nb\n'],
    ['a\r\n=======\r\nb\r\n'],
    ['a\n======='],
    ['a\n>>>>>>> acme 0123456789\n'],
    ['a\n>>>>>>>>>> acme\n'],
  ])('finds one in %j', (text) => {
    expect(hasConflictMarkers(text)).toBe(true);
  });

  it.each([
    [''],
    [' <<<<<<< main\n'],
    ['a <<<<<<< b\n'],
    ['<<<<<< main\n'],
    ['<<<<<<<main\n'],
    ['Title\n========\n'],
    ['======= x\n'],
    ['a ||||||| b\n'],
    ['x >>>>>>> y\n'],
  ])('finds none in %j', (text) => {
    expect(hasConflictMarkers(text)).toBe(false);
  });

  it('takes a line of seven equals signs for an underline where a version has one of its own', () => {
    const title = 'Welcome\n=======\n';
    expect(hasConflictMarkers(title, ['Other\n', title])).toBe(false);
    expect(hasConflictMarkers(title, ['Other\n'])).toBe(true);
    expect(hasConflictMarkers(`${title}>>>>>>> acme\n`, [title])).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { capabilitiesOf, parseVersion } from '../../src/git/version.js';

describe('parseVersion', () => {
  it.each([
    ['git version 2.39.5', [2, 39, 5]],
    ['git version 2.39.5 (Apple Git-154)', [2, 39, 5]],
    ['git version 2.47.0.windows.2', [2, 47, 0]],
    ['git version 2.50.0-rc1', [2, 50, 0]],
    ['git version 2.38', [2, 38, 0]],
    ['git version 3.0.0\n', [3, 0, 0]],
  ])('reads %s', (text, numbers) => {
    expect(parseVersion(text)).toEqual(numbers);
  });

  it('does not read what is no git', () => {
    expect(parseVersion('command not found')).toBeNull();
  });
});

describe('capabilitiesOf', () => {
  it.each(['git version 2.37.7', 'git version 1.8.3.1', 'git version 2.9.0', 'nonsense'])(
    'refuses %s and says which is needed',
    (text) => {
      expect(() => capabilitiesOf(text)).toThrowError(
        expect.objectContaining({ code: 'git-too-old', message: expect.stringMatching(/2\.38.*Update git/) }),
      );
    },
  );

  it.each([
    ['2.38.0', { mergeTreeStdin: false, attrSource: false, flushesReplies: false, old: true }],
    ['2.39.0', { mergeTreeStdin: true, attrSource: false, flushesReplies: false, old: true }],
    ['2.41.0', { mergeTreeStdin: true, attrSource: true, flushesReplies: false, old: true }],
    ['2.43.7', { mergeTreeStdin: true, attrSource: true, flushesReplies: false, old: false }],
    ['2.48.9', { mergeTreeStdin: true, attrSource: true, flushesReplies: false }],
    ['2.49.0', { mergeTreeStdin: true, attrSource: true, flushesReplies: true }],
    ['2.49.0.windows.1', { version: '2.49.0', flushesReplies: true }],
    ['3.0.0', { mergeTreeStdin: true, attrSource: true, flushesReplies: true, old: false }],
  ])('knows what %s can do', (version, expected) => {
    expect(capabilitiesOf(`git version ${version}`)).toMatchObject(expected);
  });
});

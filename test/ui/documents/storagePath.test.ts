import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitFolder, placeIn, placesOf } from '../../../src/ui/documents/resolve/storagePath.js';

describe('the place of a conflicted file', () => {
  it('is its own path where every file system takes that', () => {
    expect(placesOf(['src/app.ts', 'docs/Überblick [1].md', '.editorconfig'])).toEqual([
      'files/src/app.ts',
      'files/docs/Überblick [1].md',
      'files/.editorconfig',
    ]);
  });

  it('leads nowhere else and is no device, whatever the path', () => {
    expect(placesOf(['../../x', 'a/./b', 'C:\\x', 'nul.txt', 'a?b*c', 'end. '])).toEqual([
      'files/_/_/x',
      'files/a/_/b',
      'files/C__x',
      'files/_nul.txt',
      'files/a_b_c',
      'files/end_',
    ]);
  });

  it('is never that of another file, and always below its folder', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 8 }), (paths) => {
        const places = placesOf(paths);
        expect(new Set(places.map((place) => place.toLowerCase())).size).toBe(paths.length);
        for (const place of places) {
          const names = place.split('/');
          expect(names[0]).toMatch(/^files(?:-\d+)?$/);
          expect(names.every((name) => name !== '' && name !== '.' && name !== '..')).toBe(true);
          expect(place).not.toMatch(/[\\:\0]/);
        }
      }),
    );
  });

  it('is another one where a file system takes two paths for the same', () => {
    expect(placesOf(['3/A', 'a', 'A'])).toEqual(['files/3/A', 'files/a', 'files-3/A']);
  });

  it('is found again from the path of a document, and only there', () => {
    const path = `/storage/resolutions/${commitFolder('file:///target', 'abc')}/files/src/app.ts`;
    expect(placeIn('/storage/resolutions', path)).toEqual({
      target: commitFolder('file:///target', '').replace('/', ''),
      sha: 'abc',
      place: 'files/src/app.ts',
    });
    expect(placeIn('/storage/resolutions', '/storage/resolutions-other/a/b/c')).toBeNull();
    expect(placeIn('/storage/resolutions', '/storage/resolutions/a/b')).toBeNull();
  });

  it('differs from target to target', () => {
    expect(commitFolder('file:///a', 'x')).not.toBe(commitFolder('file:///b', 'x'));
  });
});

import { describe, expect, it } from 'vitest';
import { ownersOf } from '../../src/core/codeowners.js';

const FILE = `
# everything, unless said otherwise below
*           @house/all
*.js        @js-owner   # inline remark
/build/     @builder @second
docs/*      @writer
apps/       @app
/scripts/**/deep @deep
secret.txt  owner@example.test
/quiet/
![x]        @never
`;

describe('owners of paths', () => {
  it.each([
    ['README.md', ['house/all']],
    ['src/a.js', ['js-owner']],
    ['build/logs/x', ['builder', 'second']],
    ['src/build/x', ['house/all']],
    ['docs/a.md', ['writer']],
    ['docs/deep/a.md', ['house/all']],
    ['packages/apps/web/a.ts', ['app']],
    ['scripts/a/b/deep', ['deep']],
    ['secret.txt', []],
    ['quiet/a', []],
  ] as const)('of %s are by the last rule that matches', (path, owners) => {
    expect(ownersOf(FILE, [path])).toEqual(owners);
  });

  it('come in the order of how much they own', () => {
    expect(ownersOf(FILE, ['docs/a.md', 'src/a.js', 'src/b.js'])).toEqual(['js-owner', 'writer']);
  });
});

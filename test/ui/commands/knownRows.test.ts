import { describe, expect, it } from 'vitest';
import { knownRows } from '../../../src/ui/commands/knownRows.js';
import { incomingRow, overview } from './rows.js';

const row = incomingRow();
const known = knownRows([{ id: 'one', overview: overview({ rows: [row] }) }]);
const place = { id: 'any', target: 'one' };

describe('what a caller hands to a command', () => {
  it('is believed only in which commit it names: the words are those that are known', () => {
    const forged = { ...row, subject: 'fix: harmless', standing: 'candidate', pullRequest: 'https://evil.example/' };
    for (const more of [{ kind: 'enhancement' }, { kind: 'file', path: 'src/a.ts', rule: null }])
      expect(known({ ...place, ...more, row: forged })).toEqual({ kind: 'known', given: { ...place, ...more, row } });
  });

  it('is refused when it names a commit that no sibling of that target has', () => {
    const other = { ...row, sha: 'f'.repeat(40) };
    expect(known({ ...place, kind: 'enhancement', row: other })).toEqual({ kind: 'unknown', sha: other.sha });
    expect(known({ ...place, target: 'two', kind: 'enhancement', row })).toMatchObject({ kind: 'unknown' });
    expect(known({ ...place, kind: 'enhancement', row: { ...row, sibling: 'globex' } }).kind).toBe('unknown');
  });

  it('counts as nothing when it only looks like a row', () => {
    for (const given of [
      { ...place, kind: 'enhancement' },
      { ...place, kind: 'enhancement', row: null },
      { ...place, kind: 'enhancement', row: { sibling: 'acme', sha: { toString: () => 'x' } } },
      { ...place, kind: 'file', row },
      { ...place, kind: 'sibling', sibling: ['--upload-pack=touch P'] },
      { ...place, kind: 'target', target: 7 },
      { ...place, kind: 'constructor' },
    ])
      expect(known(given)).toEqual({ kind: 'known', given: undefined });
  });

  it('is left alone when it is a row of another kind, or no row', () => {
    for (const given of [undefined, null, 'text', { target: 'one', run: 'r' }, { ...place, kind: 'group' }])
      expect(known(given)).toEqual({ kind: 'known', given });
    expect(known({ ...place, kind: 'sibling', sibling: 'acme' })).toMatchObject({ given: { sibling: 'acme' } });
  });
});

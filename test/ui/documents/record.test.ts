import { describe, expect, it } from 'vitest';
import type { ConflictMaterial, ConflictVersions } from '../../../src/core/preview.js';
import {
  answered,
  continueRecord,
  isResolveRecord,
  newRecord,
  nextOpen,
  resolvedText,
  stillConflicts,
} from '../../../src/ui/documents/resolve/record.js';

const versions = (path: string, more: Partial<ConflictVersions> = {}): ConflictVersions => ({
  path,
  type: 'contents',
  base: 'b1',
  ours: 'o1',
  theirs: 't1',
  merged: 'm1',
  ...more,
});

const material = (...files: readonly ConflictVersions[]): ConflictMaterial => ({
  sibling: 'acme',
  commit: { sha: 'c1', subject: 'fix: rounding' } as ConflictMaterial['commit'],
  files,
});

const both = material(versions('a.ts'), versions('b.ts'));

describe('the record of a conflict', () => {
  it('survives being written down, and anything else is no record', () => {
    const record = newRecord('target', both);
    expect(isResolveRecord(JSON.parse(JSON.stringify(record)))).toBe(true);
    expect(isResolveRecord({ ...record, files: [{ path: 'a.ts' }] })).toBe(false);
    expect(isResolveRecord(null)).toBe(false);
  });

  it('leads from one file to the next, and tells how far it is', () => {
    const record = newRecord('target', both);
    expect(nextOpen(record)?.path).toBe('a.ts');
    const half = answered(record, 'a.ts', 'text');
    expect([nextOpen(half)?.path, resolvedText(half)]).toEqual(['b.ts', '1 of 2 files resolved']);
    expect(nextOpen(answered(half, 'b.ts', 'deleted'))).toBeUndefined();
  });

  it('goes on with what was done as long as all versions are the same', () => {
    const known = answered(newRecord('target', both), 'a.ts', 'text');
    const { record, fresh, changed } = continueRecord(known, newRecord('target', both));
    expect(record).toEqual(known);
    expect([fresh, changed]).toEqual([[], []]);
  });

  it('starts a file again when the target changed it meanwhile, and says which', () => {
    const known = answered(answered(newRecord('target', both), 'a.ts', 'text'), 'b.ts', 'text');
    const now = material(versions('a.ts', { ours: 'o2' }), versions('b.ts'), versions('c.ts'));
    const { record, fresh, changed } = continueRecord(known, newRecord('target', now));
    expect(record.files.map(({ path, answer }) => [path, answer])).toEqual([
      ['a.ts', 'open'],
      ['b.ts', 'text'],
      ['c.ts', 'open'],
    ]);
    expect(fresh.map(({ path }) => path)).toEqual(['a.ts', 'c.ts']);
    expect(changed).toEqual(['a.ts']);
  });

  it('begins with every file when nothing was known', () => {
    expect(continueRecord(null, newRecord('target', both)).fresh).toHaveLength(2);
  });

  it('tells whether what was resolved is still what conflicts', () => {
    const record = newRecord('target', both);
    expect(stillConflicts(record, both)).toBe(true);
    expect(stillConflicts(record, material(versions('a.ts')))).toBe(false);
    expect(stillConflicts(record, material(versions('a.ts'), versions('b.ts', { theirs: null })))).toBe(false);
  });
});

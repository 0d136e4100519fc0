import { describe, expect, test } from 'vitest';
import { plainText } from '../../src/checks/plainText.js';
import { readTsc } from '../../src/checks/readTsc.js';
import { captured } from './captured.js';

const EXPECTED = [
  { name: 'TS2322', file: 'src/a.ts', message: "Type 'string' is not assignable to type 'number'." },
  { name: 'TS2322', file: 'src/a.ts', message: "Type 'string' is not assignable to type 'number'." },
  { name: 'TS2304', file: 'src/a.ts', message: "Cannot find name 'foo'." },
  { name: 'TS7006', file: 'src/b.ts', message: "Parameter 'x' implicitly has an 'any' type." },
  { name: 'TS2304', file: 'src/b.ts', message: "Cannot find name 'y'." },
];

describe('readTsc', () => {
  test('finds every diagnostic of the plain output, equal ones too', () => {
    expect(readTsc(captured('tsc7'))).toEqual({ failures: EXPECTED, tests: null });
  });

  test('finds the same in the coloured output, and not the places that explain an error', () => {
    expect(readTsc(plainText(captured('tsc7.pretty'))).failures).toEqual(EXPECTED);
  });

  test('finds errors that belong to no source file', () => {
    expect(readTsc(captured('tsc7.config')).failures).toMatchObject([
      { name: 'TS18003', file: null },
      { name: 'TS5023', file: 'e/tsconfig.json', message: "Unknown compiler option 'foo'." },
    ]);
    expect(readTsc("error TS5023: Unknown compiler option '--nonsense'.\n").failures).toHaveLength(1);
  });

  test('finds nothing in a text about errors', () => {
    expect(readTsc('Found 0 errors. Watching for file changes.\n').failures).toEqual([]);
  });
});

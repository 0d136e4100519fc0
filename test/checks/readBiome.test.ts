import { describe, expect, test } from 'vitest';
import { readBiome } from '../../src/checks/readBiome.js';
import { captured } from './captured.js';

const ERRORS = [
  ['format', 'biome.json', 'Formatter would have printed the following content:'],
  ['lint/suspicious/noDoubleEquals', 'src/a.ts', 'Using == may be unsafe if you are relying on type coercion.'],
  ['lint/suspicious/noDebugger', 'src/a.ts', 'This is an unexpected use of the debugger statement.'],
  ['format', 'src/a.ts', 'Formatter would have printed the following content:'],
  ['parse', 'src/broken.ts', 'expected `)` but instead the file ends'],
  ['format', 'src/format.ts', 'Formatter would have printed the following content:'],
];
const rows = (name: string) =>
  readBiome(captured(name)).failures.map((failure) => [failure.name, failure.file, failure.message]);

describe('readBiome', () => {
  test('finds errors with their rule and file in what it prints by default, and leaves warnings and hints alone', () => {
    const aborted = [
      'format',
      'src/broken.ts',
      "Code formatting aborted due to parsing errors. To format code with errors, enable the 'formatter.formatWithErrors' option.",
    ];
    expect(rows('biome2')).toEqual([...ERRORS.slice(0, 5), aborted, ...ERRORS.slice(5)]);
    expect(new Set(rows('biome2.json'))).toEqual(new Set(rows('biome2')));
  });

  test('reads the annotations for GitHub', () => {
    expect(rows('biome2.github')).toEqual(ERRORS);
  });

  test('counts warnings when they are all there is', () => {
    expect(rows('biome2.warnings')).toEqual([
      ['lint/suspicious/noExplicitAny', 'src/warn.ts', 'Unexpected any. Specify a different type.'],
    ]);
  });

  test('counts each problem that Biome hides, so that one more of them is seen', () => {
    const found = rows('biome2.many');
    expect(found[0]).toEqual(['lint/suspicious/noDoubleEquals', 'src/many.js', ERRORS[1]?.[2]]);
    expect(found.filter(([name]) => name === 'not shown')).toHaveLength(30);
  });

  test('finds nothing in anything else', () => {
    expect(readBiome('{"summary":{}}\n{"summary"\n::error::x\n')).toEqual({ failures: [], tests: null });
  });
});

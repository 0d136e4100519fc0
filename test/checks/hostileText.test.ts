import { expect, test } from 'vitest';
import { chooseReader, expandScripts } from '../../src/checks/chooseReader.js';
import { standIns } from '../../src/checks/prismaCommand.js';
import { readEslint } from '../../src/checks/readEslint.js';
import { readingOnly } from '../../src/checks/readingOnly.js';
import { readJest } from '../../src/checks/readJest.js';
import { readMocha } from '../../src/checks/readMocha.js';
import { readNodeSpec } from '../../src/checks/readNodeSpec.js';
import { readTap } from '../../src/checks/readTap.js';
import { pnpmPatterns } from '../../src/checks/workspacePatterns.js';
import { xmlTags } from '../../src/checks/xmlTags.js';

/** Characters of a text that is as long as what is kept of an output. */
const LENGTH = 300_000;
const filled = (text: string): string => text.repeat(Math.ceil(LENGTH / text.length));
const blanks = filled(' ');

/** What a commit may bring, or have a tool print, to keep the reader of it busy for minutes: none of it can be stopped. */
const HOSTILE: readonly (readonly [string, () => unknown])[] = [
  ["ESLint's problems", () => readEslint(`a.js\n  1:1  error${blanks}b c d`)],
  ["ESLint's messages", () => readEslint(`a.js\n  1:1  error a${blanks}b c d`)],
  ["Jest's headings", () => readJest(`FAIL a${blanks}b`)],
  ["Mocha's frames", () => readMocha(`  1 failing\n\n  1) a:\n     Error\n      at ${filled('a')}`)],
  ["places of Node's tests", () => readNodeSpec(`✖ failing tests:\ntest at a${filled(':1')}x\n✖ a (1ms)`)],
  ['places in TAP', () => readTap(`not ok 1 - a\n  ---\n  location: "a${filled(':1')}x"\n  ...`)],
  ['the attributes of a report', () => xmlTags(`<a ${filled('a')}>`)],
  ['sections of a report without an end', () => xmlTags(`<a>${filled('<![CDATA[').repeat(10)}`)],
  ['scripts', () => readingOnly('type-check', filled('+!'), null)],
  ['comments of settings', () => readingOnly('type-check', 'tsc', filled('/*').repeat(10))],
  ['command lines', () => chooseReader('test', filled('node '))],
  ['the folders of a workspace', () => pnpmPatterns(`packages:\n  - a${blanks}b`)],
  ['schemas', () => standIns(filled('datasource a{').repeat(10))],
];

test.each(HOSTILE)(
  '%s are read in no time, whatever they hold',
  (_what, read) => {
    expect(read()).toBeDefined();
  },
  10_000,
);

test('scripts that start one another are all found, however many they are', () => {
  const names = Array.from({ length: 50_000 }, (_unused, place) => `s${place}`);
  const scripts = Object.fromEntries(names.map((name, place) => [name, `npm run s${place + 1}`]));
  expect(expandScripts('npm run s0', { ...scripts, s50000: 'vitest' })).toMatch(/\nvitest$/);
});

import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../src/core/config.js';
import { CONFIG_SCHEMA } from '../../src/core/configSchema.js';
import { describeConfig } from '../../src/core/describeConfig.js';
import { AutoSyncError, type Problem } from '../../src/core/errors.js';
import { readConfig } from '../../src/core/readConfig.js';

type ConfigFault = Extract<Problem, { readonly code: 'config' }>;
const FILE = '.autosync/config.json';

function faultIn(text: string): ConfigFault {
  try {
    readConfig(text, FILE);
  } catch (error) {
    if (error instanceof AutoSyncError && error.problem.code === 'config') return error.problem;
    throw error;
  }
  throw new Error('it was accepted');
}

const FULL = `\ufeff{
  // the family
  "version": 1,
  "siblings": [
    { "name": "acme", "url": "HTTPS://GitHub.com/org/app-acme.git", "branch": "main" },
    { "name": "globex", "path": "../app-globex", },
  ],
  "filter": { "types": ["Feat", "*"], "minAge": "36h" },
  "validate": { "checks": [{ "name": "test", "run": "npm test", "reads": "junit:out/report.xml" }] },
  "land": { "maxPerRun": 3 },
  "notify": { "slack": { "anything": [1] } },
}
`;

describe('readConfig', () => {
  it('gives the defaults when there is no file, and when the file is an empty object', () => {
    expect(readConfig(null, FILE).config).toEqual(DEFAULT_CONFIG);
    expect(readConfig('{}', FILE).config).toEqual(DEFAULT_CONFIG);
    expect(new Set(readConfig(null, FILE).origins.values())).toEqual(new Set(['default']));
  });

  it('lays the file over the defaults, with comments and trailing commas', () => {
    const { config } = readConfig(FULL, FILE);
    expect(config).toEqual({
      ...DEFAULT_CONFIG,
      siblings: [
        { name: 'acme', url: 'https://github.com/org/app-acme.git', branch: 'main' },
        { name: 'globex', path: '../app-globex' },
      ],
      filter: { ...DEFAULT_CONFIG.filter, types: ['feat', '*'], minAge: '36h' },
      validate: {
        ...DEFAULT_CONFIG.validate,
        checks: [{ name: 'test', run: 'npm test', reads: 'junit:out/report.xml' }],
      },
      land: { ...DEFAULT_CONFIG.land, maxPerRun: 3 },
      notify: { slack: { anything: [1] }, email: {} },
    });
  });

  it('says where each value came from', () => {
    const { config, origins } = readConfig(FULL, FILE);
    expect(origins.get('land.maxPerRun')).toBe(`${FILE}:10`);
    expect(origins.get('land.autoMerge')).toBe('default');
    expect(origins.get('siblings[1]')).toBe(`${FILE}:6`);
    const lines = describeConfig(config, origins);
    expect(lines).toContain(`land.maxPerRun = 3   (${FILE}:10)`);
    expect(lines).toContain('land.maxOpenPullRequests = 5   (default)');
    expect(lines).toContain('filter.deny = []   (default)');
  });

  it.each([
    ['{ "filter": {\n  "tipes": [] } }', 2, 3, 'Unknown key "tipes" in filter. Did you mean "types"?'],
    ['{ "sibling": [] }', 1, 3, 'Unknown key "sibling". Did you mean "siblings"?'],
    ['{ "zzzzzzzzz": 1 }', 1, 3, 'Unknown key "zzzzzzzzz". The nearest known key is'],
    ['{ "__proto__": { "x": 1 } }', 1, 3, 'Unknown key "__proto__".'],
    ['{ "land": { "maxPerRun": "20" } }', 1, 26, '"land.maxPerRun" is a string ("20"). It must be an integer.'],
    ['{ "land": { "maxPerRun": -1 } }', 1, 26, '"land.maxPerRun" is -1. It must be >= 0.'],
    [
      '{ "land": { "how": "merge" } }',
      1,
      20,
      '"land.how" is "merge". It must be "auto" or "pull-request" or "branch".',
    ],
    ['{ "land": null }', 1, 11, '"land" is null (null). It must be an object.'],
    ['{ "version": 2 }', 1, 14, '"version" is 2. It must be 1'],
    ['{ "filter": { "minAge": "2 days" } }', 1, 25, 'It must be a whole number and a unit'],
    ['{ "target": { "branch": 5 } }', 1, 25, 'It must be a string or null.'],
    ['{ "target": { "branch": "--x" } }', 1, 25, '"target.branch": The branch name "--x" was refused'],
    ['{ "validate": { "checks": "none" } }', 1, 27, '"validate.checks" is "none". It must be "auto".'],
    ['{ "validate": { "checks": [{ "name": "t" }] } }', 1, 28, '"validate.checks[0]" has no "run".'],
    ['{ "validate": { "checks": [{ "name": "t", "run": "x", "reads": "tap" }] } }', 1, 64, 'junit:PATH'],
    ['{ "siblings": [{ "name": "a" }] }', 1, 16, '"siblings[0]" must have exactly one of "url" and "path".'],
    ['{ "siblings": [{ "name": "a", "url": "https://h/x", "path": "x" }] }', 1, 16, 'exactly one'],
    ['{ "siblings": [{ "name": "-a", "path": "x" }] }', 1, 26, 'starting with a letter or digit'],
    ['{ "siblings": [{ "name": "a..b", "path": "x" }] }', 1, 26, '".."'],
    ['{ "siblings": [{ "name": "a.lock", "path": "x" }] }', 1, 26, '".lock"'],
    ['{ "siblings": [{ "name": "a", "url": "ext::sh -c x" }] }', 1, 38, 'transport helper'],
    ['{ "siblings": [{ "name": "a", "path": "x", "branch": "a..b" }] }', 1, 54, '".."'],
    ['{ "siblings": [{ "name": "a", "path": "x" }, { "name": "A", "path": "y" }] }', 1, 56, 'is called already'],
    ['{ "siblings": { } }', 1, 15, '"siblings" is an object ({}). It must be an array.'],
    ['[]', 1, 1, 'The configuration is an array ([]). It must be an object.'],
    ['', 1, 1, 'The JSON is not valid'],
    ['{ "land": }', 1, 11, 'The JSON is not valid: value expected.'],
    ['{\r\n"land": {}\r\n"filter": {} }', 3, 1, 'The JSON is not valid: comma expected.'],
    ['{ "land": {},\n "land": {} }', 2, 2, 'The key "land" is there twice.'],
    [`{ "notify": { "slack": ${'['.repeat(100_000)} } }`, 1, 86, 'deeper than'],
    [' '.repeat(1_000_001), 1, 1, 'bigger than 1 MB'],
  ])('points at the fault in %.60s', (text, line, column, message) => {
    const fault = faultIn(text);
    expect(`${fault.what} ${fault.next}`).toContain(message);
    expect({ line: fault.line, column: fault.column, file: fault.file }).toEqual({ line, column, file: FILE });
  });

  it('reports the first fault of the document and counts the others', () => {
    const fault = faultIn('{ "land": { "how": 1 }, "filter": { "x": 1 }, "decide": { "maxRisk": "a" } }');
    expect(fault.what).toContain('"land.how"');
    expect(fault.next).toContain('(2 more problems in this file.)');
  });

  it('does not repeat a token that stands in an address', () => {
    const fault = faultIn('{ "siblings": [{ "name": "a", "url": "https://me:hunter22@host/x" }] }');
    expect(fault.what).toContain('AUTOSYNC_SOURCE_TOKEN');
    expect(JSON.stringify(fault)).not.toContain('hunter22');
  });

  it('throws nothing but a problem of the configuration, and says no control character, whatever the text', () => {
    const key = fc.constantFrom(
      'siblings',
      'name',
      'url',
      'path',
      'filter',
      'types',
      'land',
      'how',
      '__proto__',
      '\u0007',
      'x',
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.string({ unit: 'binary' }),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    const text = fc.oneof(
      tree.map((value) => JSON.stringify(value)),
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[{}[\]",:a/*\n]*$/),
    );
    fc.assert(
      fc.property(text, (given) => {
        try {
          const { config, origins } = readConfig(given, FILE);
          expect(describeConfig(config, origins).join('')).not.toMatch(/\p{Cc}/u);
        } catch (error) {
          if (!(error instanceof AutoSyncError)) throw error;
          expect(error.code).toBe('config');
          expect(error.message).not.toMatch(/\p{Cc}/u);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('CONFIG_SCHEMA', () => {
  it('accepts its own defaults and examples, and describes every key', () => {
    const ajv = new Ajv({ strict: false });
    expect(ajv.validate(CONFIG_SCHEMA, DEFAULT_CONFIG)).toBe(true);
    for (const example of CONFIG_SCHEMA.examples) expect(ajv.validate(CONFIG_SCHEMA, example)).toBe(true);
    const sections: readonly object[] = Object.values(CONFIG_SCHEMA.properties);
    for (const section of sections) {
      expect(section).toHaveProperty('description');
      const members: object = Reflect.get(section, 'properties') ?? {};
      for (const member of Object.values(members)) expect(member).toHaveProperty('description');
    }
  });

  it('has the defaults of the configuration', () => {
    for (const [name, section] of Object.entries(CONFIG_SCHEMA.properties)) {
      const members: object = Reflect.get(section, 'properties') ?? {};
      for (const [key, member] of Object.entries(members)) {
        expect(Reflect.get(Reflect.get(DEFAULT_CONFIG, name), key)).toEqual(Reflect.get(member, 'default'));
      }
    }
  });
});

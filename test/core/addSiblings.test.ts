import { describe, expect, it } from 'vitest';
import { addSiblings } from '../../src/core/addSiblings.js';
import { readConfig } from '../../src/core/readConfig.js';

const namesIn = (text: string): readonly string[] => readConfig(text).config.siblings.map(({ name }) => name);

const WITH_COMMENTS = `{
  // Who we follow.
  "version": 1,
  "siblings": [
    { "name": "acme", "path": "../acme" } // the oldest
  ],
  "decide": { "maxRisk": 3 }
}
`;

describe('adding siblings to a configuration', () => {
  it('begins a first one where there is none', () => {
    const text = addSiblings(null, [{ name: 'acme', url: 'https://example.test/acme.git', branch: 'main' }]);
    expect(readConfig(text).config.siblings).toEqual([
      { name: 'acme', url: 'https://example.test/acme.git', branch: 'main' },
    ]);
  });

  it('adds at the end and keeps comments, layout and everything else', () => {
    const text = addSiblings(WITH_COMMENTS, [
      { name: 'globex', path: '..\\globex' },
      { name: 'initech', path: '../i' },
    ]);
    expect(namesIn(text)).toEqual(['acme', 'globex', 'initech']);
    expect(text).toContain('// Who we follow.');
    expect(text).toContain('{ "name": "acme", "path": "../acme" }, // the oldest\n    { "name": "globex"');
    expect(readConfig(text).config.decide.maxRisk).toBe(3);
    expect(readConfig(text).config.siblings[1]?.path).toBe('../globex');
  });

  it.each([
    ['on one line', '{ "version": 1, "siblings": [{ "name": "acme", "path": "../acme" }] }'],
    ['with a comma at the end', '{\n  "siblings": [\n    { "name": "acme", "path": "../acme" },\n  ]\n}\n'],
    ['with Windows line ends', '{\r\n  "siblings": [\r\n    { "name": "acme", "path": "../acme" }\r\n  ]\r\n}\r\n'],
    [
      'with a comment after the list',
      '{ "siblings": [\n { "name": "acme", "path": "../acme" } /* one */ /* two */\n] }',
    ],
  ])('adds to a list %s', (_what, text) => {
    expect(namesIn(addSiblings(text, [{ name: 'globex', path: '../globex' }]))).toEqual(['acme', 'globex']);
  });

  it('adds a list where the configuration has none', () => {
    expect(namesIn(addSiblings('{ "version": 1 }', [{ name: 'acme', path: '../acme' }]))).toEqual(['acme']);
  });

  it.each([
    ['a name that is there already', [{ name: 'acme', path: '../other' }]],
    ['an address that names a transport helper', [{ name: 'evil', url: 'ext::sh -c touch% P' }]],
    ['a branch that git would read as an option', [{ name: 'evil', path: '../x', branch: '--output=P' }]],
    ['nothing at all', []],
  ])('refuses %s', (_what, added) => {
    expect(() => addSiblings(WITH_COMMENTS, added)).toThrow();
  });

  it('refuses to touch a configuration that is not valid, and names its line', () => {
    expect(() => addSiblings('{\n  "version": 1,\n  "sibling": []\n}', [{ name: 'acme', path: '../a' }])).toThrow(
      /config\.json:3:/,
    );
  });
});

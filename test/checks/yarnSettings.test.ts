import { expect, test } from 'vitest';
import { yarnSettings } from '../../src/checks/yarnSettings.js';

test('what says how to install is kept, with all that belongs to it, and nothing that names a program', () => {
  const text = [
    '# of the project',
    'nodeLinker: node-modules',
    'yarnPath: .yarn/releases/yarn.cjs',
    'packageExtensions:',
    '  "a@*":',
    '    dependencies:',
    '      b: "1"',
    'plugins:',
    '  - ./evil.cjs',
    '"plugins": [./evil.cjs]',
    '{plugins: [./evil.cjs]}',
    '? plugins',
    ': [./evil.cjs]',
    'npmAuthToken: secret',
    `npmRegistryServer: "https://$${'{HOST}'}"`,
    'compressionLevel: mixed',
    '--- {plugins: [./evil.cjs]}',
  ].join('\n');
  expect(yarnSettings(text)).toBe(
    'nodeLinker: node-modules\npackageExtensions:\n  "a@*":\n    dependencies:\n      b: "1"\ncompressionLevel: mixed\n',
  );
});

test('a carriage return alone ends a line, as it does to YAML', () => {
  expect(yarnSettings('nodeLinker: node-modules\rplugins:\r  - ./evil.cjs\r\ncompressionLevel: 0\r\n')).toBe(
    'nodeLinker: node-modules\ncompressionLevel: 0\n',
  );
});

import { expect, test } from 'vitest';
import { registrySettings } from '../../src/checks/registries.js';

test('an install gets the registries of the user and none of the secrets', () => {
  const npmrc = [
    'registry=https://packages.example.test/npm/',
    '@acme:registry = https://acme.example.test/',
    '//packages.example.test/npm/:_authToken=canary',
    '_auth=canary',
    'proxy=http://user:canary@proxy.example.test:8080',
    '@other:registry=https://$' + '{CANARY}.example.test/',
    'script-shell=./evil.sh',
    'noproxy=localhost',
  ].join('\r\n');
  expect(registrySettings(npmrc)).toBe(
    'registry=https://packages.example.test/npm/\n@acme:registry = https://acme.example.test/\nnoproxy=localhost\n',
  );
});

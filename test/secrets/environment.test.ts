import { describe, expect, it } from 'vitest';
import { forgeAddresses, sourceSecret } from '../../src/secrets/environment.js';

describe('the token that reads siblings', () => {
  it('goes to GitHub unless another origin is named', () => {
    expect(sourceSecret({ SOURCE_PAT: 'token' })).toEqual({ token: 'token', origin: 'https://github.com' });
    const named = { SOURCE_PAT: 'token', AUTOSYNC_SOURCE_ORIGIN: 'https://git.example:8443/group' };
    expect(sourceSecret(named)?.origin).toBe('https://git.example:8443');
  });

  it.each(['git.example', 'git.example:8443', 'git@git.example:group', 'ssh://git.example', 'https://'])(
    'goes nowhere, above all not to GitHub, when the origin that it is for reads %j',
    (named) => {
      expect(() => sourceSecret({ AUTOSYNC_SOURCE_TOKEN: 'token', AUTOSYNC_SOURCE_ORIGIN: named })).toThrow(
        /AUTOSYNC_SOURCE_ORIGIN.*https:\/\//,
      );
    },
  );

  it('is not looked for an origin when there is none', () => {
    expect(sourceSecret({ AUTOSYNC_SOURCE_ORIGIN: 'git.example' })).toBeNull();
  });
});

describe('where the forge of the target is', () => {
  it('is GitHub unless a server is named', () => {
    expect(forgeAddresses({})).toEqual({ server: 'https://github.com', api: 'https://api.github.com' });
    const named = { GITHUB_SERVER_URL: 'https://git.example', GITHUB_API_URL: 'https://git.example/api/v3' };
    expect(forgeAddresses(named)).toEqual({ server: 'https://git.example', api: 'https://git.example/api/v3' });
  });

  it.each([
    ['https://git.example', 'https://git.example/api/v3'],
    ['https://house.ghe.com', 'https://api.house.ghe.com'],
    ['https://github.com/', 'https://api.github.com'],
  ])('has its API beside %s when only the server is named: its token goes to nobody else', (server, api) => {
    expect(forgeAddresses({ GITHUB_SERVER_URL: server }).api).toBe(api);
  });
});

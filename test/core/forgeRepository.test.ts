import { describe, expect, it } from 'vitest';
import { forgeRepositoryOf } from '../../src/core/forgeRepository.js';

const GITHUB = { server: 'https://github.com', api: 'https://api.github.com' };
const ENTERPRISE = { server: 'https://git.acme.test:8443/', api: 'https://git.acme.test:8443/api/v3/' };
const slug = (remote: string, addresses = GITHUB): string | null => {
  const found = forgeRepositoryOf(remote, addresses);
  return found === null ? null : `${found.owner}/${found.name}`;
};

describe('the repository on the forge that a remote names', () => {
  it.each([
    'https://github.com/acme/shop',
    'https://github.com/acme/shop.git',
    'https://github.com/acme/shop/',
    'https://GitHub.com/acme/shop.git',
    'https://github.com:443/acme/shop.git',
    'https://writer@github.com/acme/shop.git',
    'ssh://git@github.com/acme/shop.git',
    'ssh://git@github.com:22/acme/shop',
    'git@github.com:acme/shop.git',
    'github.com:acme/shop',
  ])('is found in %s', (remote) => {
    expect(forgeRepositoryOf(remote, GITHUB)).toEqual({ owner: 'acme', name: 'shop', ...GITHUB });
  });

  it.each([
    'https://github.com.evil.test/acme/shop',
    'https://github.com@evil.test/acme/shop',
    'https://github.com:x@evil.test/acme/shop',
    'https:///evil.test/acme/shop',
    'https:///github.com/acme/shop',
    'https://evil.test/github.com/acme/shop',
    'https://evil.test#@github.com/acme/shop',
    'https://evil.test?@github.com/acme/shop',
    'https://evil.test\\@github.com/acme/shop',
    'https://github.com\\@evil.test/acme/shop',
    'https://github.com%2eevil.test/acme/shop',
    'https://github.com./acme/shop',
    'https://github.com:8443/acme/shop',
    'http://github.com/acme/shop',
    'https://xgithub.com/acme/shop',
    'https://gıthub.com/acme/shop',
    'git@github.com.evil.test:acme/shop.git',
    'git@evil.test:github.com/acme/shop.git',
    'ssh://git@github.com@evil.test/acme/shop',
    'ext::sh -c touch% P',
    'git://github.com/acme/shop',
    'file:///github.com/acme/shop',
    '../github.com/acme/shop',
    '',
  ])('is not found in %s, which is another host or none', (remote) => {
    expect(forgeRepositoryOf(remote, GITHUB)).toBeNull();
  });

  it.each([
    'https://github.com/acme',
    'https://github.com/acme/shop/tree/main',
    'https://github.com/acme/..',
    'https://github.com/acme/.git',
    'https://github.com/-acme/shop',
    'https://github.com/acme/shop?tab=readme',
    'https://github.com/acme/sh op',
    'git@github.com:/acme/shop.git',
  ])('is not found in %s, which is no address of a repository', (remote) => {
    expect(slug(remote)).toBeNull();
  });

  it('is that of another server, by its host and port', () => {
    expect(forgeRepositoryOf('https://git.acme.test:8443/acme/shop.git', ENTERPRISE)).toEqual({
      owner: 'acme',
      name: 'shop',
      server: 'https://git.acme.test:8443',
      api: 'https://git.acme.test:8443/api/v3',
    });
    expect(slug('https://git.acme.test/acme/shop.git', ENTERPRISE)).toBeNull();
    expect(slug('git@git.acme.test:acme/shop.git', ENTERPRISE)).toBe('acme/shop');
  });

  it('keeps dots in a name', () => {
    expect(slug('git@github.com:acme/shop.js.git')).toBe('acme/shop.js');
  });

  it.each([
    { server: 'https://token@github.com', api: 'https://api.github.com' },
    { server: 'github.com', api: 'https://api.github.com' },
    { server: 'https://github.com', api: '' },
  ])('is none for a server that is no plain address', (addresses) => {
    expect(slug('https://github.com/acme/shop', addresses)).toBeNull();
  });
});

import { describe, expect, test } from 'vitest';
import { checkEnvironment, installEnvironment, managerEnvironment } from '../../src/checks/environment.js';

const own = { home: '/own/home', temporary: '/own/tmp' };
const ours = {
  PATH: '/usr/bin:node_modules/.bin:.::/bin',
  GITHUB_TOKEN: 'canary',
  AWS_SECRET_ACCESS_KEY: 'canary',
  NODE_ENV: 'x',
  FORCE_COLOR: '1',
  HOME: '/me',
};

describe('checkEnvironment', () => {
  test('holds exactly what is on the list', () => {
    expect(checkEnvironment(ours, '/tree', own)).toEqual({
      PATH: '/tree/node_modules/.bin:/usr/bin:/bin',
      HOME: '/own/home',
      TMPDIR: '/own/tmp',
      LANG: 'C.UTF-8',
      LC_ALL: 'C.UTF-8',
      CI: 'true',
      NO_COLOR: '1',
      TERM: 'dumb',
      DO_NOT_TRACK: '1',
    });
  });

  test('lets Windows programs find their system, with our folders for the user', () => {
    const found = checkEnvironment({ ...ours, SystemRoot: 'C:\\Windows' }, '/tree', own);
    expect(found).toMatchObject({ SystemRoot: 'C:\\Windows', USERPROFILE: '/own/home', TEMP: '/own/tmp' });
  });
});

describe('installEnvironment', () => {
  test('has the npm cache and no program of the folder', () => {
    const found = installEnvironment(ours, '/me/.npm', own);
    expect(found).toMatchObject({ PATH: '/usr/bin:/bin', npm_config_cache: '/me/.npm', HOME: '/own/home' });
    expect(Object.values(found)).not.toContain('canary');
  });

  test('knows the way through a proxy and whom to trust there, but no password of it', () => {
    const network = { https_proxy: 'http://proxy.example:3128', NO_PROXY: '.example', NODE_EXTRA_CA_CERTS: '/ca.pem' };
    const secret = { HTTPS_PROXY: 'http://me:canary@proxy.example:3128', HTTP_PROXY: 'me:canary@proxy.example:3128' };
    const found = installEnvironment({ ...ours, ...network, ...secret }, '/me/.npm', own);
    expect(found).toMatchObject(network);
    expect(JSON.stringify(found)).not.toContain('canary');
    expect(checkEnvironment({ ...ours, ...network }, '/tree', own)).not.toHaveProperty('https_proxy');
  });
});

describe('the environment of a package manager', () => {
  test('keeps pnpm from bringing another version of itself, and Corepack from downloading; npm needs nothing', () => {
    const local = { COREPACK_HOME: '/c', COREPACK_ENABLE_NETWORK: '0' };
    expect(managerEnvironment('yarn run test', { COREPACK_HOME: '/c' })).toEqual(local);
    expect(managerEnvironment('pnpm --silent run test', { COREPACK_HOME: '/c' })).toEqual({
      ...local,
      npm_config_manage_package_manager_versions: 'false',
      pnpm_config_pm_on_fail: 'ignore',
    });
    expect(managerEnvironment('npm test', {})).toEqual({});
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LandingPlace } from '../../src/core/overview.js';
import type { Policy } from '../support/family.js';
import { type ForgeFamily, makeForgeFamily, TARGET_TOKEN } from '../support/forgeFamily.js';

let made: ForgeFamily;

beforeAll(async () => {
  made = await makeForgeFamily();
});

afterAll(() => made.github.close());

async function landsWith(land: Policy, token?: string): Promise<LandingPlace> {
  const { family, github } = made;
  family.configure({ land });
  const environment = { GITHUB_SERVER_URL: github.origin, GITHUB_API_URL: github.apiUrl };
  const engine = family.engine({
    environment: token === undefined ? environment : { ...environment, GITHUB_TOKEN: token },
  });
  return (await engine.overview()).lands;
}

it('the overview says where work lands, and asks nobody for it', async () => {
  const server = made.github.origin;
  const repository = 'house/shop';
  expect(await landsWith({ how: 'auto' }, TARGET_TOKEN)).toEqual({ kind: 'forge', repository, server });
  expect(await landsWith({ how: 'auto' })).toEqual({ kind: 'branches', lacksToken: repository, server });
  expect(await landsWith({ how: 'branch' }, TARGET_TOKEN)).toEqual({ kind: 'branches', lacksToken: null, server });
  expect(await landsWith({ how: 'pull-request' })).toEqual({ kind: 'nowhere', lacksToken: repository, server });
  expect(made.github.wire.requests).toEqual([]);
});

it('a run that may not land anywhere says that a token is what it lacks', async () => {
  made.family.configure({ land: { how: 'pull-request' } });
  const environment = { GITHUB_SERVER_URL: made.github.origin, GITHUB_API_URL: made.github.apiUrl };
  const signal = new AbortController().signal;
  await expect(made.family.engine({ environment }).sync({ dryRun: false, signal })).rejects.toMatchObject({
    problem: { code: 'usage', lacks: 'token' },
  });
});

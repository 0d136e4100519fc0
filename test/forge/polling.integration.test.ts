import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NEVER } from '../support/family.js';
import { type ForgeFamily, makeForgeFamily, rowNamed } from '../support/forgeFamily.js';

/** Requests, of git and of the API, that a poll that finds nothing may cost. */
const MOST_REQUESTS = 16;

const scene: { made: ForgeFamily | null } = { made: null };
const made = (): ForgeFamily => {
  if (scene.made === null) throw new Error('there is no family');
  return scene.made;
};

beforeAll(async () => {
  scene.made = await makeForgeFamily();
  const { family } = made();
  family.commit(family.sibling('acme'), 'fix: a safe one', { 'src/safe.txt': 'safe\n' });
  family.commit(family.sibling('acme'), 'feat!: a breaking one', { 'src/breaking.txt': 'breaking\n' });
});

afterAll(async () => {
  await scene.made?.github.close();
});

describe('what changes nothing', () => {
  it('a scan and a dry run write nothing on the forge, and remember no pull request', async () => {
    const refs = made().hosted.branches();
    const scanned = await made().engine().scan({ signal: NEVER });
    expect(rowNamed(scanned, 'fix: a safe one').standing).toBe('candidate');
    const report = await made().dryRun();
    expect(rowNamed(report, 'fix: a safe one').verdict).toBe('auto-merge');
    expect(made().github.wire.writes()).toEqual([]);
    expect(made().hosted.branches()).toEqual(refs);
    expect(await made().remembered()).toEqual([]);
  });

  it('what is only shown asks nobody', async () => {
    const { sha } = rowNamed(await made().engine().scan({ signal: NEVER }), 'feat!: a breaking one');
    const asked = made().github.wire.requests.length;
    const engine = made().engine();
    await engine.status();
    await engine.overview();
    await engine.explain(sha, NEVER);
    await engine.preview(sha, NEVER);
    await engine.audit({ signal: NEVER });
    expect(
      made()
        .github.wire.requests.slice(asked)
        .map(({ method, path }) => `${method} ${path}`),
    ).toEqual([]);
  });

  it('a poll that finds nothing costs few requests, most of them free, and writes nothing', async () => {
    const engine = made().engine();
    const sync = () => engine.sync({ dryRun: false, signal: NEVER });
    await sync();
    await sync();
    const before = made().github.wire.requests.length;
    const report = await sync();
    const { wire } = made().github;
    const asked = wire.requests.slice(before);
    expect(report.siblings.map(({ unchanged }) => unchanged)).toEqual([true]);
    expect(wire.writes().filter(({ number }) => number > before)).toEqual([]);
    const told = asked.map(({ method, path, status }) => `${method} ${path} ${status}`).join('\n');
    expect(asked.length, told).toBeLessThanOrEqual(MOST_REQUESTS);
    const api = asked.filter(({ operation }) => operation !== 'git');
    const free = api.filter(({ status }) => status === 304);
    expect(free.length).toBeGreaterThan(api.length / 2);
  });
});

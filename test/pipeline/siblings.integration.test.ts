import { renameSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createChecks } from '../../src/checks/checks.js';
import { AutoSyncError } from '../../src/core/errors.js';
import type { GitPort } from '../../src/core/gitPort.js';
import type { Ports } from '../../src/core/ports.js';
import { readConfig } from '../../src/core/readConfig.js';
import { openGit } from '../../src/git/git.js';
import { runPipeline } from '../../src/pipeline.js';
import { openStore } from '../../src/store/store.js';
import { type Family, makeFamily, NEVER, rowOf } from '../support/family.js';
import { git } from '../support/plainGit.js';

const failure = new AutoSyncError({ code: 'git-failed', command: 'log', exit: 128, stderr: 'fatal: bad history' });

/** A run of a family on the real tools, one of which a test may break. */
async function runWith(family: Family, breakIt: (port: GitPort) => Partial<GitPort>) {
  const { config } = readConfig(
    JSON.stringify({
      siblings: ['acme', 'bolt'].map((name) => ({ name, path: `../${name}` })),
      validate: { checks: [{ name: 'proof', run: 'true', reads: 'exit-code' }] },
    }),
    'config.json',
  );
  const root = family.target;
  const place = { folder: root, branch: null, remote: 'origin', source: null, cache: family.cache, clock: Date.now };
  const port = await openGit(place);
  const store = await openStore({ root, clock: Date.now });
  const checks = createChecks({ config: config.validate, cacheFolder: family.cache });
  const ports: Ports = {
    git: { ...port, ...breakIt(port) },
    checks,
    store,
    forge: null,
    clock: Date.now,
    progress: () => undefined,
    notify: () => undefined,
  };
  try {
    return await runPipeline(ports, {
      run: 'run-1',
      command: 'sync',
      dryRun: false,
      config,
      siblings: config.siblings,
      signal: NEVER,
    });
  } finally {
    await store.close();
    await port.close();
  }
}

it('a sibling on whose history git fails is a row with its error; the others land, and the next run tries it again', async () => {
  const family = makeFamily(['acme', 'bolt']);
  const bad = family.commit(family.sibling('acme'), 'fix: one', { 'src/one.txt': 'one\n' });
  const good = family.commit(family.sibling('bolt'), 'fix: two', { 'src/two.txt': 'two\n' });
  const report = await runWith(family, (port) => ({
    incoming: (head, tip, signal) => (tip === bad ? Promise.reject(failure) : port.incoming(head, tip, signal)),
  }));
  expect(report.siblings.map(({ error }) => error)).toEqual([expect.stringMatching(/bad history.*doctor/), null]);
  expect(rowOf(report, good).standing).toBe('landed');
  const again = await runWith(family, () => ({}));
  expect(rowOf(again, bad).standing).toBe('landed');
});

it('a sibling whose picks cannot be built for review fails alone, and the others are offered', async () => {
  const family = makeFamily(['acme', 'bolt']);
  const bad = family.commit(family.sibling('acme'), 'feat!: one', { 'src/one.txt': 'one\n' });
  const good = family.commit(family.sibling('bolt'), 'feat!: two', { 'src/two.txt': 'two\n' });
  const report = await runWith(family, (port) => ({
    chain: (base, picks, signal) =>
      picks.some(({ commit }) => commit.sha === bad) ? Promise.reject(failure) : port.chain(base, picks, signal),
  }));
  expect(report.siblings.map(({ error }) => error !== null)).toEqual([true, false]);
  expect(rowOf(report, good).standing).toBe('review');
  expect(git(family.target, ['branch', '--list', 'autosync/*', '--format=%(refname:short)'])).toBe('autosync/bolt');
});

it('a sibling that cannot be reached was last seen when it last answered, if ever', async () => {
  const family = makeFamily();
  renameSync(family.sibling('acme'), family.sibling('away'));
  expect((await family.scan()).siblings[0]?.error).toMatch(/does not exist/);
  expect((await family.engine().status()).siblings[0]?.seenAt).toBeNull();
  expect((await family.engine().overview()).checkedAt).not.toBeNull();
  renameSync(family.sibling('away'), family.sibling('acme'));
  await family.scan();
  const [before] = (await family.engine().status()).siblings;
  renameSync(family.sibling('acme'), family.sibling('gone'));
  family.wait(3_600_000);
  expect((await family.scan()).siblings[0]?.error).toMatch(/does not exist/);
  expect((await family.engine().status()).siblings[0]?.seenAt).toBe(before?.seenAt);
});

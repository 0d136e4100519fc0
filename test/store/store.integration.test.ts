import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isProblem } from '../../src/core/errors.js';
import type { Fact } from '../../src/core/facts.js';
import { locateWasm } from '../../src/store/sqlEngine.js';
import { openStore } from '../../src/store/store.js';
import {
  checkFact,
  commitsFact,
  decisionFact,
  EVERY_KIND,
  makeCommit,
  makeDecision,
  makeLanding,
  makeRun,
  NOON,
  shaOf,
} from './sampleFacts.js';
import { allOf, makeFolder, openQuiet, treeOf } from './storeHarness.js';

describe('a store', () => {
  it('remembers every kind of fact, before and after the journal was emptied', async () => {
    const root = await makeFolder();
    const first = await openQuiet(root);
    expect(first.health).toEqual({ source: 'new', notes: [], generation: 0 });
    await first.record(EVERY_KIND);
    const told = allOf(first);
    await first.close();
    const second = await openQuiet(root);
    expect(second.health).toEqual({ source: 'database', notes: [], generation: 1 });
    expect(allOf(second)).toEqual(told);
    expect(second.commits('acme').map(({ commit }) => commit.sha)).toEqual([shaOf(1), shaOf(2)]);
    expect(second.commits('globex')).toHaveLength(1);
    expect(second.check('tree/test')).toMatchObject({ status: 'passed' });
    expect(second.check('tree/lint')).toBeNull();
    await second.close();
  });

  it('is the same when every fact is told twice', async () => {
    const [once, twice] = [await makeFolder(), await makeFolder()];
    const facts = [...EVERY_KIND, commitsFact('acme', [makeCommit(9), makeCommit(1, { standing: 'review' })], true)];
    const stores = [await openQuiet(once), await openQuiet(twice)] as const;
    for (const fact of facts) {
      await stores[0].record([fact]);
      await stores[1].record([fact]);
      await stores[1].record([fact]);
    }
    expect(allOf(stores[1])).toEqual(allOf(stores[0]));
    expect(stores[0].commits('acme').map(({ commit }) => commit.sha)).toEqual([shaOf(9), shaOf(1)]);
    for (const store of stores) await store.close();
  });

  it('updates a row in its place, forgets a withdrawn decision and lists the newest runs first', async () => {
    const store = await openQuiet(await makeFolder());
    await store.record([{ kind: 'landing', landing: makeLanding(1) }]);
    await store.record([{ kind: 'landing', landing: makeLanding(2) }]);
    await store.record([{ kind: 'landing', landing: makeLanding(1, { phase: 'done' }) }]);
    expect(store.landings().map(({ id, phase }) => `${id} ${phase}`)).toEqual(['landing-1 done', 'landing-2 planned']);
    await store.record([decisionFact(1), decisionFact(2)]);
    await store.record([{ kind: 'decision-withdrawn', sibling: 'acme', sha: shaOf(1) }]);
    expect(store.decisions()).toEqual([makeDecision(2)]);
    await store.record([1, 3, 2].map((number) => ({ kind: 'run', run: makeRun(number) })));
    expect(store.runs(2).map(({ run }) => run)).toEqual(['run-3', 'run-2']);
    await store.close();
  });

  it('remembers the newest 500 checks', async () => {
    const store = await openQuiet(await makeFolder());
    await store.record(Array.from({ length: 501 }, (_, number) => checkFact(`key-${number}`)));
    await store.record([checkFact('key-1')]);
    await store.record([checkFact('newest')]);
    expect([0, 1, 2, 3].map((number) => store.check(`key-${number}`) !== null)).toEqual([false, true, false, true]);
    await store.close();
  });

  it('knows what was seen to flip in any remembered check, also after it was opened again', async () => {
    const root = await makeFolder();
    const store = await openQuiet(root);
    const flipped = (key: string, flaky: readonly string[]): Fact => {
      const fact = checkFact(key);
      return fact.kind === 'check' ? { ...fact, outcome: { ...fact.outcome, output: '"flaky":[', flaky } } : fact;
    };
    await store.record([checkFact('a'), flipped('b', ['clock (test)']), flipped('c', ['clock (test)', 'disk (test)'])]);
    expect(store.flaky()).toEqual(['clock (test)', 'disk (test)']);
    await store.close();
    const again = await openQuiet(root);
    expect(again.flaky()).toEqual(['clock (test)', 'disk (test)']);
    await again.close();
  });

  it('writes nothing when nothing happened', async () => {
    const root = await makeFolder();
    const first = await openQuiet(root);
    await first.record(EVERY_KIND);
    await first.close();
    const before = await treeOf(root);
    const second = await openQuiet(root);
    await second.record([]);
    await second.snapshot();
    await second.close();
    expect(await treeOf(root)).toEqual(before);
  });

  it('does not write the mirror anew when a run told only what was known', async () => {
    const root = await makeFolder();
    const store = await openQuiet(root);
    await store.record(EVERY_KIND);
    await store.snapshot();
    const before = await stat(join(root, '.autosync/state.json'));
    await store.record(EVERY_KIND.slice(0, 3));
    await store.snapshot();
    expect((await stat(join(root, '.autosync/state.json'))).ino).toBe(before.ino);
    expect(store.health.generation).toBe(2);
    await store.close();
  });

  it('brings the files up to date by itself once it is quiet', async () => {
    const root = await makeFolder();
    const store = await openStore({ root, clock: () => NOON, snapshotDelayMs: 20 });
    await store.record([decisionFact(1)]);
    await expect.poll(() => existsSync(join(root, '.autosync/state.json')), { timeout: 5_000 }).toBe(true);
    await store.close();
  });

  it('keeps its state out of git, and only that', async () => {
    const root = await makeFolder();
    await (await openQuiet(root)).close();
    const path = join(root, '.autosync/.gitignore');
    expect((await readFile(path, 'utf8')).split('\n').filter((line) => !line.startsWith('#'))).toEqual([
      '*',
      '!.gitignore',
      '!config.json',
      '',
    ]);
    await writeFile(path, 'mine');
    await (await openQuiet(root)).close();
    expect(await readFile(path, 'utf8')).toBe('mine');
  });

  it('finds the engine beside node_modules', () => {
    expect(existsSync(locateWasm())).toBe(true);
  });
});

describe('a store that is opened to be read only', () => {
  it('makes nothing, not even a folder', async () => {
    const root = await makeFolder();
    const store = await openQuiet(root, { readOnly: true });
    expect(store.health.source).toBe('new');
    await expect(store.record([decisionFact(1)])).rejects.toThrow('read only');
    await store.close();
    expect(await readdir(root)).toEqual([]);
  });

  it('sees whole states while a writer works, and leaves everything as it is', async () => {
    const root = await makeFolder();
    const writer = await openQuiet(root);
    let isWriting = true;
    const writing = (async () => {
      for (let number = 1; isWriting; number += 1) {
        await writer.record([decisionFact(number), commitsFact('acme', [makeCommit(number)])]);
        if (number % 3 === 0) await writer.snapshot();
      }
    })();
    let seen = 0;
    for (let look = 0; look < 40; look += 1) {
      const reader = await openQuiet(root, { readOnly: true });
      expect(reader.health.notes).toEqual([]);
      const count = reader.decisions().length;
      expect(reader.commits()).toHaveLength(count);
      expect(count).toBeGreaterThanOrEqual(seen);
      seen = count;
      await reader.close();
    }
    isWriting = false;
    await writing;
    await writer.close();
    expect(seen).toBeGreaterThan(0);
  });
});

describe('a store refuses', () => {
  it('a database of a newer AutoSync, and leaves the file alone', async () => {
    const root = await makeFolder();
    const store = await openQuiet(root);
    await store.record(EVERY_KIND);
    await store.close();
    const path = join(root, '.autosync/autosync.db');
    const bytes = await readFile(path);
    bytes.writeUInt32BE(99, 60);
    await writeFile(path, bytes);
    await rename(join(root, '.autosync/journal.jsonl'), join(root, 'journal'));
    const error = await openQuiet(root).catch((problem: unknown) => problem);
    expect(isProblem(error, 'state-newer')).toBe(true);
    expect(String(error)).toContain('99');
    expect(await readFile(path)).toEqual(bytes);
    await expect(openQuiet(root)).rejects.toThrow('newer AutoSync');
  });

  it('a folder that is a link out of the repository', async () => {
    const [root, outside] = [await makeFolder(), await makeFolder()];
    await symlink(outside, join(root, '.autosync'));
    for (const readOnly of [true, false]) {
      const error = await openQuiet(root, { readOnly }).catch((problem: unknown) => problem);
      expect(isProblem(error, 'unsafe-input')).toBe(true);
    }
    expect(await readdir(outside)).toEqual([]);
  });

  it('a file that is a link', async () => {
    const [root, outside] = [await makeFolder(), await makeFolder()];
    await mkdir(join(root, '.autosync'));
    await writeFile(join(outside, 'file'), 'precious');
    await symlink(join(outside, 'file'), join(root, '.autosync/journal.jsonl'));
    const error = await openQuiet(root).catch((problem: unknown) => problem);
    expect(isProblem(error, 'unsafe-input')).toBe(true);
    expect(await readFile(join(outside, 'file'), 'utf8')).toBe('precious');
  });
});

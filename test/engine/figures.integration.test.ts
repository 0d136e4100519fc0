import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isKpis, type Kpis } from '../../src/core/kpi.js';
import { createEngine } from '../../src/engine.js';
import { type Family, makeFamily, NEVER } from '../support/family.js';

const kpisOf = (family: Family): Promise<Kpis> =>
  createEngine({ workspace: family.target, environment: {}, cache: family.cache, progress: () => undefined }).kpis();

describe('the figures of a target', () => {
  it('are empty before the first run', async () => {
    const family = makeFamily(['acme', 'globex']);
    expect(await kpisOf(family)).toMatchObject({
      siblings: [
        { name: 'acme', open: 0, seenAt: null },
        { name: 'globex', open: 0, seenAt: null },
      ],
      runs: { total: 0, successRate: null },
      checkedAt: null,
    });
  });

  it('agree with status, run after run, and forget what was undone', async () => {
    const family = makeFamily(['acme', 'globex']);
    family.commit(family.sibling('acme'), 'feat!: held', { 'src/held.txt': 'held\n' });
    family.commit(family.sibling('acme'), 'fix: good', { 'src/good.txt': 'good\n' }, { seconds: 1_700_000_000 });
    family.commit(family.sibling('globex'), 'fix: broken', { 'src/bad.txt': 'BROKEN\n' });
    family.commit(family.sibling('globex'), 'docs: words', { 'docs/words.txt': 'words\n' });
    await family.dryRun();
    expect((await kpisOf(family)).runs.total).toBe(0);
    const { run } = await family.sync();
    const figures = await kpisOf(family);
    const status = await family.engine().status();
    expect(isKpis(JSON.parse(JSON.stringify(figures)))).toBe(true);
    for (const [index, sibling] of status.siblings.entries()) {
      const counts = Object.entries(figures.siblings[index]?.counts ?? {}).filter(([, count]) => count > 0);
      expect(Object.fromEntries(counts)).toEqual(sibling.counts);
      expect(figures.siblings[index]?.waiting).toBe(sibling.waiting.length);
    }
    expect(figures).toMatchObject({
      standings: { review: 1, landed: 1, rejected: 1, filtered: 1 },
      runs: { total: 1, outcomes: { done: 1 }, successRate: 1, recent: [{ run, landed: 1 }] },
      leadTime: { landed: 1 },
      autoMerge: { part: 1, whole: 1 },
      rejection: { part: 1, whole: 3 },
    });
    expect(figures.leadTime.medianHours).toBeGreaterThan(24 * 365);
    await family.engine().undo(run, NEVER);
    expect(await kpisOf(family)).toMatchObject({
      standings: { landed: 0, declined: 1 },
      leadTime: { landed: 0, medianHours: null },
      autoMerge: { rate: null },
      runs: { total: 1, recent: [{ run, landed: 0 }] },
    });
  });

  it('of a workspace without a policy are refused in words', async () => {
    const family = makeFamily(['acme']);
    rmSync(`${family.target}/.autosync`, { recursive: true });
    await expect(kpisOf(family)).rejects.toMatchObject({ code: 'no-config' });
  });
});

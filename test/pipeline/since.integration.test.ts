import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFamily, NEVER, rowOf } from '../support/family.js';

const HOUR = 3_600_000;

describe('since when a commit stands where it does', () => {
  it('is the run that brought it there, in what is printed and in what is kept', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const sha = family.commit(acme, 'feat!: for a person', { 'src/one.txt': 'one\n' });
    const scanned = await family.scan();
    expect(rowOf(scanned, sha)).toMatchObject({ standing: 'candidate', since: scanned.endedAt });
    family.wait(HOUR);
    const synced = await family.sync();
    expect(rowOf(synced, sha)).toMatchObject({ standing: 'review', since: synced.endedAt });
    family.wait(HOUR);
    const other = family.commit(acme, 'feat!: another', { 'src/two.txt': 'two\n' });
    const again = await family.sync();
    expect(again.endedAt > synced.endedAt).toBe(true);
    expect(rowOf(again, sha)).toMatchObject({ standing: 'review', since: synced.endedAt });
    expect(rowOf(again, other)).toMatchObject({ standing: 'review', since: again.endedAt });
    const [status] = (await family.engine().status()).siblings;
    expect(status?.waiting.map(({ since }) => since)).toEqual([synced.endedAt, again.endedAt]);
  });

  it('is told again from the mirror when the database is lost, and by figures and explanations', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'feat!: for a person', { 'src/one.txt': 'one\n' });
    const synced = await family.sync();
    for (const name of ['autosync.db', 'journal.jsonl']) rmSync(join(family.target, '.autosync', name));
    family.wait(HOUR);
    const engine = family.engine();
    expect((await engine.explain(sha, NEVER)).commit.since).toBe(synced.endedAt);
    expect((await engine.kpis()).siblings[0]?.waitingSince).toBe(synced.endedAt);
    expect((await family.scan()).siblings[0]?.commits[0]?.since).toBe(synced.endedAt);
  });

  it("is a person's word when that settled it", async () => {
    const family = makeFamily();
    const [one, two] = ['one', 'two'].map((name) =>
      family.commit(family.sibling('acme'), `fix: ${name}`, { [`src/${name}.txt`]: `${name}\n` }),
    );
    await family.scan();
    family.wait(HOUR);
    const decision = await family.engine().decline(one ?? '', { because: 'not for us', until: null });
    expect((await family.engine().explain(one ?? '', NEVER)).commit.since).toBe(decision.at);
    family.wait(HOUR);
    const applied = await family.engine().apply([two ?? ''], NEVER);
    expect((await family.engine().explain(two ?? '', NEVER)).commit).toMatchObject({
      standing: 'landed',
      since: applied.endedAt,
    });
  });
});

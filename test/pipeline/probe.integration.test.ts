import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appWith, makeFamily, NEVER, rowOf, standingsOf, subjectsOf } from '../support/family.js';
import { git } from '../support/plainGit.js';

describe('probe', () => {
  it('B1 same change twice, first in review', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const one = family.commit(acme, 'feat!: one', { 'src/app.txt': appWith({ 10: 'x' }) });
    family.commit(acme, 'chore: back', { 'src/app.txt': appWith({}) });
    const two = family.commit(acme, 'feat!: one again', { 'src/app.txt': appWith({ 10: 'x' }) });
    const r = await family.sync();
    console.log(
      'B1',
      rowOf(r, one).standing,
      rowOf(r, two).standing,
      rowOf(r, two).reason,
      (await family.sync()).siblings[0]?.unchanged,
    );
  });
  it('B2 conflict in the chain only', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const one = family.commit(acme, 'feat!: one', { 'src/app.txt': appWith({ 10: 'x' }) });
    family.commit(acme, 'chore: back', { 'src/app.txt': appWith({}) });
    const two = family.commit(acme, 'feat!: other', { 'src/app.txt': appWith({ 10: 'y' }) });
    const r = await family.sync();
    console.log(
      'B2',
      rowOf(r, one).standing,
      rowOf(r, two).standing,
      rowOf(r, two).reason,
      (await family.sync()).siblings[0]?.unchanged,
    );
  });
  it('B3 same change twice, broken', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const one = family.commit(acme, 'fix: one', { 'src/bad.txt': 'BROKEN\n' });
    family.commit(acme, 'chore: back', { 'src/bad.txt': null });
    const two = family.commit(acme, 'fix: two', { 'src/bad.txt': 'BROKEN\n' });
    const r = await family.sync();
    console.log(
      'B3',
      rowOf(r, one).standing,
      rowOf(r, two).standing,
      rowOf(r, two).reason,
      (await family.sync()).siblings[0]?.unchanged,
    );
  });
  it('C user branch named autosync', async () => {
    const family = makeFamily();
    git(family.target, ['branch', 'autosync']);
    const one = family.commit(family.sibling('acme'), 'feat!: one', { 'src/a.txt': 'x' });
    try {
      const r = await family.sync();
      console.log('C', rowOf(r, one).standing, rowOf(r, one).reason, r.siblings[0]?.notes);
    } catch (e) {
      console.log('C threw', String(e));
    }
  });
  it('D renamed sibling apply + declines', async () => {
    const family = makeFamily();
    const one = family.commit(family.sibling('acme'), 'feat!: one', { 'src/a.txt': 'x' });
    const two = family.commit(family.sibling('acme'), 'feat!: two', { 'src/b.txt': 'x' });
    await family.sync();
    await family.engine().decline(two, { because: 'no', until: null });
    family.configure({ siblings: [{ name: 'bolt', path: '../acme' }] });
    const r = await family.sync();
    console.log('D', standingsOf(r, [one, two]));
    try {
      const a = await family.engine().apply([one], NEVER);
      console.log('D apply', rowOf(a, one).standing);
    } catch (e) {
      console.log('D apply threw', String(e));
    }
    const st = await family.engine().rows();
    console.log(st.map((x) => [x.sibling, x.commit.standing].join(':')));
  });
  it('E reset back', async () => {
    const family = makeFamily();
    const one = family.commit(family.sibling('acme'), 'fix: one', { 'src/a.txt': 'x' });
    const before = git(family.target, ['rev-parse', 'main']);
    await family.sync();
    git(family.target, ['reset', '-q', '--hard', before]);
    const r = await family.sync();
    console.log('E', rowOf(r, one).standing, rowOf(r, one).reason);
  });
  it('I decline of a landed', async () => {
    const family = makeFamily();
    const one = family.commit(family.sibling('acme'), 'fix: one', { 'src/a.txt': 'x' });
    await family.sync();
    try {
      await family.engine().decline(one, { because: 'no', until: null });
    } catch (e) {
      console.log('I threw', String(e));
    }
    console.log(
      'I',
      (await family.engine().rows()).map((x) => x.commit.standing),
      rowOf(await family.sync(), one).standing,
    );
  });
  it('J explain and decline without the cache', async () => {
    const family = makeFamily();
    const one = family.commit(family.sibling('acme'), 'feat!: one', { 'src/a.txt': 'x' });
    await family.scan();
    rmSync(family.cache, { recursive: true });
    try {
      console.log('J', (await family.engine().explain(one, NEVER)).message);
    } catch (e) {
      console.log('J explain threw', String(e));
    }
    rmSync(family.cache, { recursive: true });
    try {
      console.log('J', await family.engine().decline(one, { because: 'no', until: null }));
    } catch (e) {
      console.log('J decline threw', String(e));
    }
    try {
      console.log('J', await family.engine().apply([one], NEVER));
    } catch (e) {
      console.log('J apply threw', String(e));
    }
  });
  it('N squash merge', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const one = family.commit(acme, 'feat!: one', { 'src/app.txt': appWith({ 10: 'x' }) });
    const two = family.commit(acme, 'feat!: two', { 'src/app.txt': appWith({ 10: 'y' }) });
    await family.sync();
    git(family.target, ['merge', '-q', '--squash', 'autosync/acme']);
    git(family.target, ['commit', '-q', '--no-edit']);
    console.log(git(family.target, ['log', '-1', '--format=%B']));
    const r = await family.sync();
    console.log('N', rowOf(r, one).standing, rowOf(r, one).reason, '|', rowOf(r, two).standing, rowOf(r, two).reason);
  });
  it('A shorter chain', async () => {
    // proof check changes a tracked file only when src/b.txt is absent
    const family = makeFamily();
    family.configure({
      validate: {
        checks: [
          {
            name: 'proof',
            run: 'if [ -e src/a.txt ] && [ ! -e src/b.txt ]; then echo changed >> README.md; fi',
            reads: 'exit-code',
          },
        ],
      },
    });
    const acme = family.sibling('acme');
    const one = family.commit(acme, 'fix: one', { 'src/a.txt': 'x' });
    const two = family.commit(acme, 'feat!: two', { 'src/b.txt': 'x' });
    const r = await family.sync();
    console.log('A', standingsOf(r, [one, two]), rowOf(r, one).reason);
  });
  it('G rejected, then another sibling brings what it needs', async () => {
    const family = makeFamily(['acme', 'bolt']);
    family.configure({
      validate: {
        checks: [{ name: 'proof', run: '[ ! -e src/needs.txt ] || [ -e src/helper.txt ]', reads: 'exit-code' }],
      },
    });
    const one = family.commit(family.sibling('acme'), 'fix: needs', { 'src/needs.txt': 'x' });
    const two = family.commit(family.sibling('bolt'), 'fix: helper', { 'src/helper.txt': 'x' });
    const r = await family.sync();
    console.log('G', standingsOf(r, [one, two]));
    const r2 = await family.sync();
    console.log(
      'G2',
      standingsOf(r2, [one, two]),
      r2.siblings.map((s) => s.unchanged),
    );
  });
});

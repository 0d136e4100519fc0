import { describe, expect, it } from 'vitest';
import { appWith, makeFamily, type Policy, rowOf, standingsOf, subjectsOf } from '../support/family.js';

const check = (run: string): Policy => ({ validate: { checks: [{ name: 'proof', run, reads: 'exit-code' }] } });

describe('a proof', () => {
  it('holds for the chain that lands, not for the longer one with what waits for a person', async () => {
    const family = makeFamily();
    family.configure(check('if [ -e src/a.txt ] && [ ! -e src/b.txt ]; then echo more >> README.md; fi'));
    const acme = family.sibling('acme');
    const good = family.commit(acme, 'fix: one', { 'src/a.txt': 'a\n' });
    const waits = family.commit(acme, 'feat!: two', { 'src/b.txt': 'b\n' });
    const report = await family.sync();
    expect(standingsOf(report, [good, waits])).toEqual(['review', 'review']);
    expect(rowOf(report, good).vetoes.join()).toMatch(/checks changed README\.md/);
    expect(rowOf(report, waits).vetoes.join()).not.toMatch(/checks changed/);
    expect(subjectsOf(family.target, 'main')).toEqual(['chore: the template']);
  });

  it('rejects the same bad change each time the sibling makes it, and then has nothing left to do', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const first = family.commit(acme, 'fix: bad', { 'src/bad.txt': 'BROKEN\n' });
    family.commit(acme, 'chore: away with it', { 'src/bad.txt': null });
    const again = family.commit(acme, 'fix: bad again', { 'src/bad.txt': 'BROKEN\n' });
    expect(standingsOf(await family.sync(), [first, again])).toEqual(['rejected', 'rejected']);
    expect((await family.sync()).siblings[0]?.unchanged).toBe(true);
  });

  it('is tried again when what a rejected pick needs came from another sibling in the same run', async () => {
    const family = makeFamily(['acme', 'bolt']);
    family.configure(check('[ ! -e src/needs.txt ] || [ -e src/helper.txt ]'));
    const needs = family.commit(family.sibling('acme'), 'fix: needs a helper', { 'src/needs.txt': 'needs\n' });
    const helper = family.commit(family.sibling('bolt'), 'fix: the helper', { 'src/helper.txt': 'helper\n' });
    expect(standingsOf(await family.sync(), [needs, helper])).toEqual(['landed', 'landed']);
    expect((await family.sync()).siblings.map(({ unchanged }) => unchanged)).toEqual([true, true]);
  });

  it('comes to rest on a sibling that makes, takes back and makes a change that waits for a person', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const first = family.commit(acme, 'feat!: one', { 'src/app.txt': appWith({ 10: 'one' }) });
    family.commit(acme, 'chore: back', { 'src/app.txt': appWith({}) });
    const other = family.commit(acme, 'feat!: another', { 'src/app.txt': appWith({ 10: 'another' }) });
    const good = family.commit(acme, 'fix: good', { 'src/good.txt': 'good\n' });
    await family.sync();
    const report = await family.sync();
    expect(standingsOf(report, [first, other, good])).toEqual(['review', 'conflict', 'landed']);
    expect((await family.sync()).siblings[0]?.unchanged).toBe(true);
  });
});

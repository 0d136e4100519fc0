import { describe, expect, it } from 'vitest';
import { makeFamily, rowOf, standingsOf, subjectsOf } from '../support/family.js';

const many = (count: number, name: string): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_unused, index) => [`src/${name}${index}.txt`, 'x\n']));

describe('the decision', () => {
  it('weighs each enhancement by itself, and shows what the risk is made of', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const small = family.commit(acme, 'fix: five files', many(5, 'a'));
    const big = family.commit(acme, 'fix: six files', many(6, 'b'));
    const prisma = family.commit(acme, 'feat: schema', { ...many(4, 'c'), 'prisma/schema.prisma': 'model A {}\n' });
    const report = await family.sync();
    expect(standingsOf(report, [small, big, prisma])).toEqual(['landed', 'review', 'review']);
    expect(rowOf(report, small).risk).toMatchObject({ score: 5 });
    expect(rowOf(report, big)).toMatchObject({ risk: { score: 6 }, vetoes: [], verdict: 'review' });
    expect(rowOf(report, big).reason).toMatch(/risk of 6 is above 5/);
    expect(rowOf(report, prisma).risk?.items).toContainEqual({
      reason: 'prisma schema or migration touched',
      count: 1,
      weight: 2,
    });
    expect(rowOf(report, prisma).risk?.score).toBe(7);
  });

  it('weighs a batch as one when the policy says so: one veto or six files hold everything back', async () => {
    const family = makeFamily();
    family.configure({ decide: { by: 'batch' } });
    const acme = family.sibling('acme');
    const first = [family.commit(acme, 'fix: one', many(2, 'a')), family.commit(acme, 'fix: two', many(3, 'b'))];
    expect(standingsOf(await family.sync(), first)).toEqual(['landed', 'landed']);
    const second = [family.commit(acme, 'fix: three', many(3, 'd')), family.commit(acme, 'fix: four', many(3, 'e'))];
    const report = await family.sync();
    expect(standingsOf(report, second)).toEqual(['review', 'review']);
    expect(rowOf(report, second[0] ?? '').risk?.score).toBe(6);
  });

  it('holds back what touches a protected path', async () => {
    const family = makeFamily();
    family.configure({ decide: { protect: ['src/pay/**'] } });
    const sha = family.commit(family.sibling('acme'), 'fix: pay', { 'src/pay/a.txt': 'x\n' });
    const row = rowOf(await family.sync(), sha);
    expect(row).toMatchObject({ standing: 'review', vetoes: [expect.stringMatching(/src\/pay\/a.txt.*protected/)] });
  });

  it('follows maxRisk', async () => {
    const family = makeFamily();
    family.configure({ decide: { maxRisk: 0 } });
    const sha = family.commit(family.sibling('acme'), 'fix: one file', { 'src/a.txt': 'x\n' });
    expect(rowOf(await family.sync(), sha).reason).toMatch(/risk of 1 is above 0/);
    family.configure({ decide: { maxRisk: 1 } });
    expect(rowOf(await family.sync(), sha).standing).toBe('landed');
  });

  it('says so when auto-merge is switched off, and nothing else', async () => {
    const family = makeFamily();
    family.configure({ land: { autoMerge: false } });
    const sha = family.commit(family.sibling('acme'), 'fix: good', { 'src/a.txt': 'x\n' });
    const row = rowOf(await family.sync(), sha);
    expect(row).toMatchObject({ standing: 'review', verdict: 'review', vetoes: [] });
    expect(row.reason).toMatch(/switched off/);
    expect(row.reason).not.toMatch(/risk of 1 is above/);
    expect(subjectsOf(family.target, 'main')).toHaveLength(1);
  });

  it('holds back a good pick that builds on one that waits for a person, naming it', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const held = family.commit(acme, 'feat!: a file', { 'src/file.txt': 'one\n' });
    const child = family.commit(acme, 'fix: the file', { 'src/file.txt': 'two\n' });
    const grandchild = family.commit(acme, 'fix: the file again', { 'src/file.txt': 'three\n' });
    const free = family.commit(acme, 'fix: free', { 'src/free.txt': 'free\n' });
    const report = await family.sync();
    expect(standingsOf(report, [held, child, grandchild, free])).toEqual(['review', 'review', 'review', 'landed']);
    expect(rowOf(report, child).vetoes).toEqual([expect.stringContaining(`${held.slice(0, 10)} feat!: a file`)]);
    expect(rowOf(report, grandchild).vetoes.join()).toMatch(/builds on what the target lacks/);
    expect(subjectsOf(family.target, 'main..autosync/acme')).toEqual([
      'feat!: a file',
      'fix: the file',
      'fix: the file again',
    ]);
  });

  it('holds back a good pick whose proof fails without one that waits', async () => {
    const family = makeFamily();
    family.configure({
      validate: { checks: [{ name: 'needs', run: '! [ -e src/use ] || [ -e src/base ]', reads: 'exit-code' }] },
    });
    const acme = family.sibling('acme');
    const base = family.commit(acme, 'feat!: base', { 'src/base': 'x\n' });
    const use = family.commit(acme, 'fix: use it', { 'src/use': 'x\n' });
    const report = await family.sync();
    expect(standingsOf(report, [base, use])).toEqual(['review', 'review']);
    expect(rowOf(report, use).vetoes.join()).toMatch(/builds on/);
  });

  it('holds back what installs something', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'fix: requirements', { 'requirements.txt': 'x==1\n' });
    expect(rowOf(await family.sync(), sha).vetoes.join()).toMatch(/dependencies/);
  });
});

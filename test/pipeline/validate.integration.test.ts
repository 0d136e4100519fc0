import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type Family,
  makeFamily,
  NEVER,
  proofCheck,
  rowOf,
  standingsOf,
  subjectsOf,
  TEMPLATE,
} from '../support/family.js';
import { git } from '../support/plainGit.js';

/** `count` good fixes in files of their own, with BROKEN in those of `bad`; numbers count from 1. */
function fixes(family: Family, count: number, bad: readonly number[]): readonly string[] {
  return Array.from({ length: count }, (_unused, index) => {
    const number = index + 1;
    return family.commit(family.sibling('acme'), `fix: number ${number}`, {
      [`src/f${number}.txt`]: bad.includes(number) ? 'BROKEN\n' : 'good\n',
    });
  });
}

const expected = (count: number, bad: readonly number[]): readonly string[] =>
  Array.from({ length: count }, (_unused, index) => (bad.includes(index + 1) ? 'rejected' : 'landed'));

describe('validation', () => {
  it('checks the baseline and the tip, and nothing else, when all is well', async () => {
    const family = makeFamily();
    const shas = fixes(family, 8, []);
    expect(standingsOf(await family.sync(), shas)).toEqual(expected(8, []));
    expect(family.checksRun()).toBe(2);
  });

  it.each([1, 5, 8])(
    'rejects the one bad pick of eight (number %i) alone, in at most four more checks',
    async (bad) => {
      const family = makeFamily();
      const shas = fixes(family, 8, [bad]);
      const report = await family.sync();
      expect(standingsOf(report, shas)).toEqual(expected(8, [bad]));
      expect(rowOf(report, shas[bad - 1] ?? '').reason).toBe('proof breaks.');
      expect(family.checksRun() - 2).toBeLessThanOrEqual(4);
    },
  );

  it('finds two bad picks of sixteen', async () => {
    const family = makeFamily();
    const shas = fixes(family, 16, [4, 11]);
    expect(standingsOf(await family.sync(), shas)).toEqual(expected(16, [4, 11]));
    expect(family.checksRun() - 2).toBeLessThanOrEqual(10);
  });

  it('lands the first of a pair that fails only together, and rejects the second', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const shas = ['half-a', 'harmless', 'half-b', 'last'].map((name) =>
      family.commit(acme, `fix: ${name}`, { [`src/${name}`]: `${name}\n` }),
    );
    expect(standingsOf(await family.sync(), shas)).toEqual(['landed', 'landed', 'rejected', 'landed']);
  });

  it('rejects what depends on a bad pick too, naming it, and lands the rest', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const before = family.commit(acme, 'fix: before', { 'src/before.txt': 'x\n' });
    const bad = family.commit(acme, 'feat: bad', { 'src/bad.txt': 'BROKEN\n' });
    const child = family.commit(acme, 'fix: child', { 'src/bad.txt': 'BROKEN\nmore\n' });
    const after = family.commit(acme, 'fix: after', { 'src/after.txt': 'x\n' });
    const report = await family.sync();
    expect(standingsOf(report, [before, bad, child, after])).toEqual(['landed', 'rejected', 'rejected', 'landed']);
    expect(rowOf(report, child)).toMatchObject({
      evidence: { because: bad },
      reason: expect.stringContaining(bad.slice(0, 10)),
    });
  });

  it('takes a bad pick together with the later one that mends it as two: the bad one is rejected', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const bad = family.commit(acme, 'feat: bad', { 'src/x.txt': 'BROKEN\n' });
    const mend = family.commit(acme, 'fix: mend it', { 'src/x.txt': 'whole\n' });
    const report = await family.sync();
    expect(git(family.target, ['show', 'main:src/x.txt'])).toBe('whole');
    expect(standingsOf(report, [bad, mend])).toEqual(['landed', 'landed']);
  });

  it('counts only what the baseline lacks: on a red target nothing lands by itself, and that is said', async () => {
    const family = makeFamily();
    family.commit(family.target, 'fix: already bad', { 'src/already.txt': 'BROKEN\n' });
    const sha = family.commit(family.sibling('acme'), 'fix: good', { 'src/good.txt': 'good\n' });
    const report = await family.sync();
    expect(rowOf(report, sha).standing).toBe('review');
    expect(rowOf(report, sha).vetoes.join()).toMatch(/fails already.*proof/);
    expect(report.notes.join()).toMatch(/The target itself fails: proof/);
    expect(subjectsOf(family.target, 'main')).toHaveLength(2);
  });

  it('says of a pick that mends the target that it does', async () => {
    const family = makeFamily(['acme'], { ...TEMPLATE, 'src/bad.txt': 'BROKEN\n' });
    const sha = family.commit(family.sibling('acme'), 'fix: mend', { 'src/bad.txt': 'whole\n' });
    const report = await family.sync();
    expect(rowOf(report, sha).standing).toBe('review');
    expect(report.notes.join()).toMatch(/mends what failed before: proof/);
  });

  it('vetoes a merge when no check ran', async () => {
    const family = makeFamily();
    family.configure({ validate: { checks: [] } });
    const sha = family.commit(family.sibling('acme'), 'fix: good', { 'src/good.txt': 'good\n' });
    const row = rowOf(await family.sync(), sha);
    expect(row).toMatchObject({ standing: 'review', vetoes: [expect.stringMatching(/No check ran/)] });
  });

  it('vetoes a merge when a check changed tracked files, also when its outcome could be remembered', async () => {
    const family = makeFamily();
    const checks = [{ name: 'format', run: 'echo formatted >> src/app.txt', reads: 'exit-code' }];
    family.configure({ validate: { checks } });
    const sha = family.commit(family.sibling('acme'), 'fix: good', { 'src/good.txt': 'good\n' });
    const row = rowOf(await family.sync(), sha);
    expect(row).toMatchObject({
      standing: 'review',
      vetoes: [expect.stringMatching(/The checks changed src\/app.txt/)],
    });
    family.configure({ validate: { checks }, decide: { maxRisk: 4 } });
    expect(rowOf(await family.sync(), sha).standing).toBe('review');
    expect(subjectsOf(family.target, 'main')).toHaveLength(1);
  });

  it('vetoes a merge when a test check passes without running a test', async () => {
    const family = makeFamily();
    const run = "printf 'TAP version 13\\n1..0\\n# tests 0\\n# suites 0\\n# pass 0\\n# fail 0\\n'";
    family.configure({ validate: { checks: [{ name: 'test', run, reads: 'node-test' }] } });
    const sha = family.commit(family.sibling('acme'), 'fix: good', { 'src/good.txt': 'good\n' });
    expect(rowOf(await family.sync(), sha)).toMatchObject({
      standing: 'review',
      vetoes: [expect.stringMatching(/without running a single test/)],
    });
  });

  it('reads tests by name and types by code, so that an old failure is no excuse for a new one', async () => {
    const family = makeFamily(['acme'], { ...TEMPLATE, 'src/bad1.txt': 'x\n' });
    const tests =
      'i=0; fail=0; for f in src/*.txt; do i=$((i+1)); case $f in src/bad*) echo "not ok $i - $f"; fail=1;; *) echo "ok $i - $f";; esac; done; echo "1..$i"; exit $fail';
    const types = 'if [ -e src/type ]; then echo "src/type.ts(1,2): error TS2322: not assignable"; exit 2; fi';
    family.configure({
      validate: {
        checks: [
          { name: 'types', run: types, reads: 'tsc' },
          { name: 'test', run: `echo TAP version 13; ${tests}`, reads: 'node-test' },
        ],
      },
    });
    const acme = family.sibling('acme');
    const good = family.commit(acme, 'fix: good', { 'src/good.txt': 'good\n' });
    const worse = family.commit(acme, 'fix: a second failing test', { 'src/bad2.txt': 'bad\n' });
    const typed = family.commit(acme, 'fix: a wrong type', { 'src/type': 'bad\n' });
    const report = await family.sync();
    expect(standingsOf(report, [good, worse, typed])).toEqual(['review', 'rejected', 'rejected']);
    expect(rowOf(report, worse).evidence).toMatchObject({ failures: [{ check: 'test', name: 'src/bad2.txt' }] });
    expect(rowOf(report, worse).risk).toMatchObject({ score: 6 });
    expect(rowOf(report, typed).evidence).toMatchObject({ failures: [{ check: 'types', name: 'TS2322' }] });
    expect(rowOf(report, typed).risk).toMatchObject({ score: 4 });
  });

  it('says why when the dependencies cannot be installed, and lands nothing by itself', async () => {
    const family = makeFamily(['acme'], {
      ...TEMPLATE,
      'package.json': '{"name":"x","version":"1.0.0","dependencies":{"missing":"1.0.0"}}',
      'package-lock.json': '{',
    });
    const sha = family.commit(family.sibling('acme'), 'fix: good', { 'src/good.txt': 'good\n' });
    const report = await family.sync();
    expect(rowOf(report, sha)).toMatchObject({ standing: 'review', vetoes: [expect.stringMatching(/No check ran/)] });
    expect(report.notes.join()).toMatch(/could not be prepared/);
  });

  it('runs no check at all when nothing changed, and only the tip when the target is known', async () => {
    const family = makeFamily();
    family.commit(family.sibling('acme'), 'feat!: held', { 'src/held.txt': 'held\n' });
    await family.sync();
    const before = family.checksRun();
    await family.sync();
    await family.scan();
    expect(family.checksRun()).toBe(before);
    family.commit(family.sibling('acme'), 'feat!: more', { 'src/more.txt': 'more\n' });
    await family.sync();
    expect(family.checksRun()).toBe(before + 1);
  });

  it('gives checks nothing of our environment', async () => {
    const family = makeFamily();
    const file = join(family.notes, 'environment');
    family.configure({ validate: { checks: [{ name: 'env', run: `env > '${file}'`, reads: 'exit-code' }] } });
    family.commit(family.sibling('acme'), 'fix: good', { 'src/good.txt': 'good\n' });
    process.env['AUTOSYNC_SOURCE_TOKEN'] = 'canary-token-of-the-test';
    try {
      await family.sync();
    } finally {
      delete process.env['AUTOSYNC_SOURCE_TOKEN'];
    }
    const seen = readFileSync(file, 'utf8');
    expect(seen).not.toMatch(/canary|GIT_DIR|AUTOSYNC_/);
    expect(seen).toMatch(/^PATH=/m);
  });

  it('tries a rejected pick again once the target moved, and rejects on new evidence only', async () => {
    const family = makeFamily();
    const marker = join(family.notes, 'strict');
    writeFileSync(marker, '');
    family.configure({
      validate: {
        checks: [
          proofCheck(family.notes),
          { name: 'strict', run: '! [ -e src/needs ] || [ -e src/base ]', reads: 'exit-code' },
        ],
      },
    });
    const sha = family.commit(family.sibling('acme'), 'fix: needs base', { 'src/needs': 'x\n' });
    expect(rowOf(await family.sync(), sha).standing).toBe('rejected');
    family.commit(family.target, 'fix: base', { 'src/base': 'x\n' });
    expect(rowOf(await family.sync(), sha).standing).toBe('landed');
    await expect(family.engine().explain(sha, NEVER)).resolves.toMatchObject({ commit: { standing: 'landed' } });
  });
});

describe('a test that runs what was built', () => {
  const run = 'mkdir -p dist && cat src/*.txt > dist/all.txt';
  const builds = [
    { name: 'build', run, reads: 'exit-code' },
    { name: 'types', run: `${run} # tsc`, reads: 'tsc' },
  ];
  const test = { name: 'test', run: 'test -s dist/all.txt && ! grep -q BROKEN dist/all.txt', reads: 'exit-code' };

  it.each(builds)('finds on every tree what its $name makes, also where that alone is remembered', async (build) => {
    const family = makeFamily(['acme'], { ...TEMPLATE, '.gitignore': 'dist/\n' });
    family.configure({ validate: { checks: [build, test] } });
    const shas = fixes(family, 8, [3]);
    expect(standingsOf(await family.sync(), shas)).toEqual(expected(8, [3]));
  });
});

describe('a build that reads what another one made', () => {
  const errors = (name: string, why: string): string => `{ echo "src/b.ts(1,1): error ${name}: ${why}"; exit 2; }`;
  const first = 'mkdir -p dist && cp src/a.txt dist/a.txt';
  const second = `[ -e dist/a.txt ] || ${errors('TS2307', 'Cannot find module a.')}; ! grep -q BROKEN dist/a.txt || ${errors('TS2554', 'Expected 2 arguments.')}`;

  it.each(['build b', 'types b'])(
    'finds it on every tree, so that what a pick breaks in %s is no flip',
    async (name) => {
      const family = makeFamily(['acme'], { ...TEMPLATE, '.gitignore': 'dist/\n', 'src/a.txt': 'good\n' });
      const checks = [
        { name: 'build a', run: first, reads: 'exit-code' },
        { name, run: second, reads: 'tsc' },
      ];
      family.configure({ validate: { checks } });
      const shas = [1, 2, 3, 4].map((number) => {
        const files = number === 2 ? { 'src/a.txt': 'BROKEN\n' } : { [`src/f${number}.txt`]: 'good\n' };
        return family.commit(family.sibling('acme'), `fix: number ${number}`, files);
      });
      const report = await family.sync();
      expect(standingsOf(report, shas)).toEqual(expected(4, [2]));
      expect(rowOf(report, shas[1] ?? '').evidence).toMatchObject({ failures: [{ name: 'TS2554' }] });
    },
  );
});

describe('a target whose own checks fail', () => {
  it.each([
    [false, 'review'],
    [true, 'landed'],
  ] as const)(
    'accepted by the configuration: %s, so that what breaks nothing new is %s',
    async (accepted, standing) => {
      const family = makeFamily(['acme'], { ...TEMPLATE, 'src/old.txt': 'BROKEN\n' });
      family.configure({ decide: { acceptRedBaseline: accepted } });
      const shas = fixes(family, 1, []);
      expect(standingsOf(await family.sync(), shas)).toEqual([standing]);
    },
  );
});

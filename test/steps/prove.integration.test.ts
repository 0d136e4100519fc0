import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli.js';
import type { RunReport } from '../../src/core/enhancement.js';
import {
  type Family,
  makeFamily,
  NEVER,
  type Policy,
  proofCheck,
  rowOf,
  standingsOf,
  subjectsOf,
  TEMPLATE,
} from '../support/family.js';

const seen = (family: Family): string =>
  `echo run >> '${family.notes}/runs'; git rev-parse 'HEAD^{tree}' >> '${family.notes}/trees'`;

const checkedBy = (family: Family, run: string, more: Policy = {}): void =>
  family.configure({
    validate: { checks: [{ name: 'proof', run: `${seen(family)}; ${run}`, reads: 'exit-code' }], ...more },
  });

const SAYS_WHERE = '! grep -rl BROKEN src';
const SAYS_NOTHING = '! grep -rq BROKEN src';

function fixes(family: Family, count: number, bad: readonly number[]): readonly string[] {
  return Array.from({ length: count }, (_unused, index) =>
    family.commit(family.sibling('acme'), `fix: number ${index + 1}`, {
      [`src/f${index + 1}.txt`]: bad.includes(index + 1) ? 'BROKEN\n' : 'good\n',
    }),
  );
}

const expected = (count: number, bad: readonly number[]): readonly string[] =>
  Array.from({ length: count }, (_unused, index) => (bad.includes(index + 1) ? 'rejected' : 'landed'));

/** Checks executed beyond the two that a sound chain needs: the target's and the tip's. */
function extraRuns(family: Family, what: string): number {
  const extra = family.checksRun() - 2;
  process.stdout.write(`${what}: ${extra} checks beyond baseline and tip\n`);
  return extra;
}

const notesOf = (report: RunReport): string => report.notes.join('\n');

describe('the split', () => {
  it.each([1, 2, 5, 8])('rejects number %i of eight alone, in four more checks at most', async (bad) => {
    const family = makeFamily();
    checkedBy(family, SAYS_WHERE);
    const shas = fixes(family, 8, [bad]);
    const report = await family.sync();
    expect(standingsOf(report, shas)).toEqual(expected(8, [bad]));
    expect(extraRuns(family, `1 bad of 8 (number ${bad})`)).toBeLessThanOrEqual(4);
  });

  it('finds it by halving when the failure names nothing, and does not pay for a tree twice', async () => {
    const family = makeFamily();
    checkedBy(family, SAYS_NOTHING);
    const shas = fixes(family, 8, [5]);
    expect(standingsOf(await family.sync(), shas)).toEqual(expected(8, [5]));
    // Three halves, which show the failure again, and the rest.
    expect(extraRuns(family, '1 bad of 8, failure without a name')).toBe(4);
    expect(new Set(family.treesSeen()).size).toBe(family.treesSeen().length);
  });

  it.each([
    ['named', SAYS_WHERE, 8],
    ['nameless', SAYS_NOTHING, 14],
  ])('finds two bad picks of sixteen by %s failures', async (what, run, most) => {
    const family = makeFamily();
    checkedBy(family, run);
    const shas = fixes(family, 16, [4, 11]);
    expect(standingsOf(await family.sync(), shas)).toEqual(expected(16, [4, 11]));
    expect(extraRuns(family, `2 bad of 16, ${what}`)).toBeLessThanOrEqual(most);
  });

  it('rejects the later one of a pair that fails only together, and says which the other is', async () => {
    const family = makeFamily();
    const names = ['one', 'half-a', 'harmless', 'half-b', 'last'];
    const shas = names.map((name) => family.commit(family.sibling('acme'), `fix: ${name}`, { [`src/${name}`]: 'x\n' }));
    const report = await family.sync();
    expect(standingsOf(report, shas)).toEqual(['landed', 'landed', 'landed', 'rejected', 'landed']);
    const row = rowOf(report, shas[3] ?? '');
    expect(row.evidence).toMatchObject({ kind: 'rejected', together: shas[1], because: null });
    expect(row.reason).toContain(`Only together with ${shas[1]?.slice(0, 7)}`);
    expect(extraRuns(family, 'a pair of 5')).toBeLessThanOrEqual(10);
  });

  it('rejects a bad one in the middle and what is built on it, and lands the rest', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const shas = [
      family.commit(acme, 'fix: before', { 'src/before.txt': 'x\n' }),
      family.commit(acme, 'feat: bad', { 'src/bad.txt': 'BROKEN\n' }),
      family.commit(acme, 'fix: between', { 'src/between.txt': 'x\n' }),
      family.commit(acme, 'fix: child', { 'src/bad.txt': 'BROKEN\nmore\n' }),
      family.commit(acme, 'fix: grandchild', { 'src/bad.txt': 'BROKEN\nmore\nand more\n' }),
      family.commit(acme, 'fix: after', { 'src/after.txt': 'x\n' }),
    ];
    const report = await family.sync();
    expect(standingsOf(report, shas)).toEqual(['landed', 'rejected', 'landed', 'rejected', 'rejected', 'landed']);
    for (const sha of [shas[3], shas[4]]) expect(rowOf(report, sha ?? '').evidence).toMatchObject({ because: shas[1] });
    expect(extraRuns(family, '1 bad of 6 with two dependents')).toBeLessThanOrEqual(4);
  });

  it('does not blame a good pick that fails alone for want of what it builds on', async () => {
    const family = makeFamily();
    const needs = 'if [ -e src/user ] && [ ! -e src/helper ]; then echo src/user needs a helper; exit 1; fi';
    checkedBy(family, `${needs}; if grep -rq BROKEN src; then echo broken, seen from src/user; exit 1; fi`);
    const acme = family.sibling('acme');
    const shas = [
      family.commit(acme, 'fix: helper', { 'src/helper': 'x\n' }),
      family.commit(acme, 'fix: user', { 'src/user': 'x\n' }),
      family.commit(acme, 'fix: bad', { 'src/bad': 'BROKEN\n' }),
    ];
    expect(standingsOf(await family.sync(), shas)).toEqual(['landed', 'landed', 'rejected']);
  });

  it('checks every pick in order when the strategy is each', async () => {
    const family = makeFamily();
    checkedBy(family, SAYS_NOTHING, { strategy: 'each' });
    const shas = fixes(family, 5, []);
    expect(standingsOf(await family.sync(), shas)).toEqual(expected(5, []));
    expect(family.checksRun()).toBe(1 + 5);
    expect(new Set(family.treesSeen()).size).toBe(1 + 5);
  });

  it('finds the bad one also when the strategy is each', async () => {
    const family = makeFamily();
    checkedBy(family, SAYS_NOTHING, { strategy: 'each' });
    const shas = fixes(family, 5, [3]);
    expect(standingsOf(await family.sync(), shas)).toEqual(expected(5, [3]));
    // The target, three picks, the third alone and that twice more, and the two that follow.
    expect(family.checksRun()).toBe(1 + 3 + 3 + 2);
  });
});

/** A check of one test, "clock", that fails in every second run, and of one that fails where a file says BROKEN. */
const flipping = (family: Family, first: 'passes' | 'fails', policy: Policy = {}): void => {
  const count = `n=$(cat '${family.notes}/n' 2>/dev/null || echo ${first === 'passes' ? 0 : 1}); n=$((n+1)); echo $n > '${family.notes}/n'`;
  const clock = 'if [ $((n%2)) = 0 ]; then echo "not ok 1 - clock"; bad=1; else echo "ok 1 - clock"; fi';
  const proof = 'if grep -rq BROKEN src; then echo "not ok 2 - proof"; bad=1; else echo "ok 2 - proof"; fi';
  const run = `${seen(family)}; ${count}; bad=0; echo TAP version 13; ${clock}; ${proof}; echo 1..2; exit $bad`;
  family.configure({ validate: { checks: [{ name: 'test', run, reads: 'node-test' }] }, ...policy });
};

/** Tests of Node's own runner, behind a program that notes what it is asked for. */
function runsNodeTests(family: Family, tests: Readonly<Record<string, string>>): void {
  const log = JSON.stringify(join(family.notes, 'asked'));
  const program = `const { appendFileSync } = require('node:fs');
const files = process.argv.slice(3);
appendFileSync(${log}, \`\${files.length === 0 ? 'all' : files.join(' ')}\\n\`);
const { status } = require('node:child_process').spawnSync(process.execPath, ['--test', ...files], { stdio: 'inherit' });
process.exit(status);
`;
  family.commit(family.target, 'test: tests', { 'run.cjs': program, ...tests });
  family.configure({ validate: { checks: [{ name: 'test', run: 'node run.cjs --test', reads: 'node-test' }] } });
}

const askedOf = (family: Family): readonly string[] =>
  readFileSync(join(family.notes, 'asked'), 'utf8').trim().split('\n');

const nodeTest = (name: string, body: string): string =>
  `require('node:test')('${name}', () => require('node:assert').ok(${body}));\n`;

describe('tests that can be run alone', () => {
  it('show which of eight picks is bad in one more run of all of them, and fail alone until chance is excluded', async () => {
    const family = makeFamily();
    runsNodeTests(family, { 'test/old.test.cjs': nodeTest('old', 'true') });
    const shas = Array.from({ length: 8 }, (_unused, index) =>
      family.commit(family.sibling('acme'), `feat: number ${index}`, {
        [`test/f${index}.test.cjs`]: nodeTest(`number ${index}`, String(index !== 5)),
      }),
    );
    const report = await family.sync();
    expect(standingsOf(report, shas)).toEqual(expected(8, [6]));
    expect(rowOf(report, shas[5] ?? '').evidence).toMatchObject({ failures: [{ name: 'number 5' }] });
    const asked = askedOf(family);
    const [all, alone] = [asked.filter((one) => one === 'all'), asked.filter((one) => one !== 'all')];
    process.stdout.write(
      `1 bad of 8, by node --test: ${all.length - 2} more runs, ${alone.length} of its file alone\n`,
    );
    expect(all.length - 2).toBe(1);
    expect(new Set(alone)).toEqual(new Set(['test/f5.test.cjs']));
  });

  it('and fail one time in two by chance reject nothing, and are named', async () => {
    let named = 0;
    for (let round = 0; round < 3; round += 1) {
      const family = makeFamily();
      runsNodeTests(family, { 'test/clock.test.cjs': nodeTest('clock', 'Math.random() < 0.5') });
      const acme = family.sibling('acme');
      const shas = [1, 2, 3, 4].map((place) => family.commit(acme, `fix: ${place}`, { [`src/${place}`]: 'x\n' }));
      const report = await family.sync();
      for (const sha of shas) expect(rowOf(report, sha).standing).not.toBe('rejected');
      if (notesOf(report).includes('clock')) named += 1;
    }
    process.stdout.write(`a test that fails one time in two: seen to flip in ${named} of 3 runs, blamed on nobody\n`);
  });
});

describe('a flaky test', () => {
  it('rejects nothing: it is named, vetoes the merge, and is remembered', async () => {
    const family = makeFamily();
    flipping(family, 'passes');
    const sha = family.commit(family.sibling('acme'), 'fix: good', { 'src/good.txt': 'good\n' });
    const report = await family.sync();
    const row = rowOf(report, sha);
    expect(row.standing).toBe('review');
    expect(row.vetoes).toEqual([expect.stringMatching(/^A flaky test: clock \(test\)\./)]);
    expect(row.evidence).toMatchObject({ kind: 'review', flaky: ['clock (test)'] });
    expect(notesOf(report)).toMatch(/A flaky test: clock/);
    expect(family.checksRun()).toBe(3);
    // Another policy makes every row be found anew; the trees are the same.
    flipping(family, 'passes', { decide: { maxRisk: 4 } });
    expect(rowOf(await family.sync(), sha).vetoes).toEqual(row.vetoes);
    expect(family.checksRun()).toBe(3);
    expect(subjectsOf(family.target, 'main')).toHaveLength(1);
  });

  it('gets runs of its own on a new tree', async () => {
    const family = makeFamily();
    flipping(family, 'passes');
    const acme = family.sibling('acme');
    const first = family.commit(acme, 'fix: good', { 'src/good.txt': 'good\n' });
    await family.sync();
    const second = family.commit(acme, 'fix: more', { 'src/more.txt': 'more\n' });
    expect(standingsOf(await family.sync(), [first, second])).not.toContain('rejected');
    expect(family.checksRun()).toBeGreaterThan(3);
  });

  it('of the target is no red baseline, and hides no failure that stays', async () => {
    const family = makeFamily();
    flipping(family, 'fails');
    const acme = family.sibling('acme');
    const good = family.commit(acme, 'fix: good', { 'src/good.txt': 'good\n' });
    const bad = family.commit(acme, 'fix: bad', { 'src/bad.txt': 'BROKEN\n' });
    const report = await family.sync();
    expect(rowOf(report, bad)).toMatchObject({
      standing: 'rejected',
      evidence: { failures: [{ name: 'proof' }] },
    });
    expect(rowOf(report, good).standing).not.toBe('rejected');
    expect(notesOf(report)).toMatch(/Flaky on the target as it is.*clock/);
    expect(notesOf(report)).not.toMatch(/The target itself fails/);
  });
});

/** Types and tests that are red already; a pick may mend or break more. */
const RED = {
  ...TEMPLATE,
  'src/wrong1.txt': 'TYPE\n',
  'src/wrong2.txt': 'TYPE\n',
  'src/fails.txt': 'FAILS\n',
};

function redChecks(family: Family): void {
  const types = `${seen(family)}; bad=0; for f in $(grep -rl TYPE src); do echo "$f($(wc -l < src/app.txt),2): error TS2322: not assignable"; bad=2; done; exit $bad`;
  const tests = `${seen(family)}; bad=0; i=0; echo TAP version 13; for f in src/*.txt; do i=$((i+1)); if grep -q FAILS $f; then echo "not ok $i - $f"; bad=1; else echo "ok $i - $f"; fi; done; echo "1..$i"; exit $bad`;
  family.configure({
    validate: {
      checks: [
        { name: 'types', run: types, reads: 'tsc' },
        { name: 'test', run: tests, reads: 'node-test' },
      ],
    },
  });
}

describe('a target that was red before', () => {
  it('has the same picks judged as a green one, apart from the veto', async () => {
    const judged = await Promise.all(
      [TEMPLATE, RED].map(async (files) => {
        const family = makeFamily(['acme'], files);
        redChecks(family);
        const acme = family.sibling('acme');
        const shas = [
          family.commit(acme, 'fix: longer', { 'src/app.txt': `${TEMPLATE['src/app.txt']}more\n` }),
          family.commit(acme, 'fix: wrong type', { 'src/new.txt': 'TYPE\n' }),
          family.commit(acme, 'fix: failing', { 'src/other2.txt': 'FAILS\n' }),
        ];
        const report = await family.sync();
        return shas.map((sha) => rowOf(report, sha));
      }),
    );
    const [green = [], red = []] = judged;
    expect(green.map(({ standing }) => standing)).toEqual(['landed', 'rejected', 'rejected']);
    expect(red.map(({ standing }) => standing)).toEqual(['review', 'rejected', 'rejected']);
    expect(red.map(({ risk }) => risk)).toEqual(green.map(({ risk }) => risk));
    expect(red.slice(1).map(({ evidence, reason }) => [evidence, reason])).toEqual(
      green.slice(1).map(({ evidence, reason }) => [evidence, reason]),
    );
    expect(red[0]?.vetoes).toEqual(['The target fails already without it: types, test.']);
  });

  it('is mended by a pick, and that is said in the notes and by explain', async () => {
    const family = makeFamily(['acme'], RED);
    redChecks(family);
    const sha = family.commit(family.sibling('acme'), 'fix: mend', { 'src/wrong1.txt': 'right\n' });
    const report = await family.sync();
    expect(notesOf(report)).toMatch(/It mends what failed before: TS2322 \(types\)/);
    const { commit } = await family.engine().explain(sha, NEVER);
    expect(commit.reason).toMatch(/It mends what failed before: TS2322 \(types\)\./);
    expect(commit.evidence).toMatchObject({ kind: 'review', checks: [], fixed: [{ file: 'src/wrong1.txt' }] });
  });
});

/** What a run left in the report of its checks. */
const resultsOf = (family: Family): string => join(family.target, '.autosync/reports/test-results.json');

describe('the report of what the checks said', () => {
  it('has every check, what is new, what is mended, and who is to blame', async () => {
    const family = makeFamily(['acme'], RED);
    redChecks(family);
    const acme = family.sibling('acme');
    const mends = family.commit(acme, 'fix: mend', { 'src/wrong1.txt': 'right\n' });
    const bad = family.commit(acme, 'fix: failing', { 'src/more.txt': 'FAILS\n' });
    const { run } = await family.sync();
    const results = JSON.parse(readFileSync(resultsOf(family), 'utf8'));
    expect(Object.keys(results)).toEqual(['version', 'run', 'target', 'baseline', 'siblings']);
    expect(results).toMatchObject({ version: 1, run, target: { branch: 'main' } });
    expect(results.baseline).toMatchObject([
      { check: 'types', kind: 'type-check', status: 'failed', command: expect.stringContaining('TS2322') },
      { check: 'test', status: 'failed', failures: [{ name: 'src/fails.txt' }] },
    ]);
    const [sibling] = results.siblings;
    expect(sibling).toMatchObject({ sibling: 'acme', picks: [mends], flaky: [], fixed: [{ file: 'src/wrong1.txt' }] });
    expect(sibling.checks.map(({ failures }: { failures: unknown }) => failures)).toEqual([[], []]);
    expect(sibling.rejected).toMatchObject([
      { sha: bad, because: null, together: null, failures: [{ check: 'test', name: 'src/more.txt' }] },
    ]);
  });

  it('is not written again when nothing else is known, and not at all when nothing was validated', async () => {
    const family = makeFamily();
    family.configure({ land: { autoMerge: false } });
    await family.sync();
    expect(existsSync(resultsOf(family))).toBe(false);
    family.commit(family.sibling('acme'), 'fix: good', { 'src/good.txt': 'good\n' });
    await family.sync();
    const before = { text: readFileSync(resultsOf(family), 'utf8'), file: statSync(resultsOf(family)).ino };
    family.configure({ land: { autoMerge: false }, decide: { maxRisk: 3 } });
    await family.sync();
    expect({ text: readFileSync(resultsOf(family), 'utf8'), file: statSync(resultsOf(family)).ino }).toEqual(before);
  });
});

describe('a red target on the command line', () => {
  const printed = async (family: Family, argv: readonly string[]): Promise<string> => {
    const parts: string[] = [];
    const quiet = { write: () => undefined };
    const stdout = { write: (part: string) => parts.push(part), columns: 140 };
    const io = { stdout, stderr: quiet, environment: {}, folder: family.target, clock: Date.now, signal: NEVER };
    const works = {
      engine: async () => family.engine(),
      demo: async () => ({ folder: family.folder, declines: [] }),
      secrets: async () => io.environment,
    };
    expect(await main(argv, io, works)).toBe(0);
    return parts.join('').replace(/\s+/g, ' ');
  };

  it('is said to be red, a pick that mends it to mend it, and one that breaks more is rejected as on a green one', async () => {
    const family = makeFamily(['acme'], RED);
    redChecks(family);
    const acme = family.sibling('acme');
    const mends = family.commit(acme, 'fix: mend the types', { 'src/wrong1.txt': 'right\n' });
    const bad = family.commit(acme, 'fix: break a type', { 'src/new.txt': 'TYPE\n' });
    const run = await printed(family, ['sync']);
    expect(run).toContain(
      'note: The target itself fails: types, test. Only failures that are new count against a pick',
    );
    expect(run).toContain('note: It mends what failed before: TS2322 (types).');
    expect(run).toContain('The target fails already without it: types, test.');
    expect(run).toMatch(/types breaks: TS2322 in src\/new\.txt\./);
    const mended = await printed(family, ['explain', mends]);
    expect(mended).toContain('It mends what fails on the target: TS2322 in src/wrong1.txt (types).');
    expect(mended).not.toContain('wrong2');
    const broken = await printed(family, ['explain', bad]);
    expect(broken).toContain('✗ types: TS2322 (src/new.txt) not assignable');
    expect(broken).not.toContain('wrong2');
  });
});

describe('a check that does not reach its end', () => {
  it.each([
    ['runs out of time', 'sleep 60'],
    ['cannot be started', 'no-such-command-of-the-test'],
  ])('is no pass when it %s, twice, and is not remembered', async (_what, run) => {
    const family = makeFamily();
    const stuck = `if [ -e src/stuck.txt ]; then ${run}; fi`;
    checkedBy(family, stuck, { timeout: 3 });
    const sha = family.commit(family.sibling('acme'), 'fix: stuck', { 'src/stuck.txt': 'x\n' });
    expect(rowOf(await family.sync(), sha)).toMatchObject({
      standing: 'rejected',
      evidence: {
        failures: [{ name: 'proof', message: expect.stringMatching(/did not finish in time|could not run/) }],
      },
    });
    expect(family.checksRun()).toBe(3);
    family.commit(family.sibling('acme'), 'docs: words', { 'README.md': 'words\n' });
    await family.sync();
    expect(family.checksRun()).toBe(5);
  });

  it('on the target too is said, counts against no pick, and lets nothing merge by itself', async () => {
    const family = makeFamily();
    checkedBy(family, 'sleep 60', { timeout: 2 });
    const sha = family.commit(family.sibling('acme'), 'fix: good', { 'src/good.txt': 'good\n' });
    const row = rowOf(await family.sync(), sha);
    expect(row).toMatchObject({ standing: 'review', evidence: { checks: [] } });
    expect(row.vetoes.join('\n')).toMatch(/fails already.*proof[\s\S]*No check ran/);
  });
});

describe('a run on what is known', () => {
  it('installs nothing for a second pick with the same lockfile', async () => {
    const manifest = { name: 'x', version: '1.0.0', dependencies: { part: 'file:part' } };
    const linked = { '': manifest, part: { version: '1.0.0' }, 'node_modules/part': { resolved: 'part', link: true } };
    const lock = { name: 'x', version: '1.0.0', lockfileVersion: 3, requires: true, packages: linked };
    const family = makeFamily(['acme'], {
      ...TEMPLATE,
      'package.json': JSON.stringify(manifest),
      'package-lock.json': JSON.stringify(lock),
      'part/package.json': JSON.stringify({ name: 'part', version: '1.0.0' }),
    });
    // A check that sees since when the dependencies are there.
    const when = `stat -c %i,%Y node_modules/.autosync-install >> '${family.notes}/installs'`;
    checkedBy(family, when);
    const acme = family.sibling('acme');
    const first = family.commit(acme, 'fix: one', { 'src/one.txt': 'x\n' });
    await family.sync();
    const second = family.commit(acme, 'fix: two', { 'src/two.txt': 'x\n' });
    expect(standingsOf(await family.sync(), [first, second])).toEqual(['landed', 'landed']);
    const installs = readFileSync(join(family.notes, 'installs'), 'utf8').trim().split('\n');
    expect(installs).toHaveLength(3);
    expect(new Set(installs).size).toBe(1);
  });

  it('believes no package that the check of an earlier pick, which passed, left behind', async () => {
    const family = makeFamily(['acme'], { ...TEMPLATE, '.gitignore': 'node_modules\n' });
    const leave =
      '[ -e src/later.txt ] || [ ! -e src/first.txt ] || { mkdir -p src/node_modules && touch src/node_modules/proof; }';
    checkedBy(family, `${leave}; [ ! -e src/later.txt ] || [ -e src/node_modules/proof ]`);
    const acme = family.sibling('acme');
    const first = family.commit(acme, 'fix: first', { 'src/first.txt': 'x\n' });
    await family.sync();
    const later = family.commit(acme, 'fix: later', { 'src/later.txt': 'x\n' });
    expect(standingsOf(await family.sync(), [first, later])).toEqual(['landed', 'rejected']);
  });

  it('executes no command at all, whatever was found before', async () => {
    const family = makeFamily();
    family.configure({ validate: { checks: [proofCheck(family.notes)] }, land: { autoMerge: false } });
    const shas = fixes(family, 6, [2]);
    const before = await family.sync();
    const ran = family.checksRun();
    // Another policy makes every row be found anew; the trees are the same.
    family.configure({
      validate: { checks: [proofCheck(family.notes)] },
      land: { autoMerge: false },
      decide: { maxRisk: 3 },
    });
    expect(standingsOf(await family.sync(), shas)).toEqual(standingsOf(before, shas));
    expect(standingsOf(before, shas)).toContain('rejected');
    expect(family.checksRun()).toBe(ran);
    process.stdout.write(`rerun on known trees: ${family.checksRun() - ran} of ${ran} checks executed\n`);
  });
});

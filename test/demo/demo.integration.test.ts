import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_FAMILY, DEMO_SIBLINGS, demoDeclines, runDemo } from '../../src/demo/demo.js';
import { DEMO_DECLINED_SUBJECT, DEMO_EXPECTED, type DemoExpectation } from '../../src/demo/expected.js';
import { TEMPLATE_COMMITS } from '../../src/demo/template.js';
import { git, patchId, pickOnHead, run, scratchClone, shaOf, temporaryFolder } from './family.js';

const SIBLINGS = DEMO_SIBLINGS.map(({ name }) => name);
const CART_FIX = 'fix(cart): put the same product on one line';
const PERCENT_FIX = 'fix(format): show a whole percentage without decimals';

let family = '';
let scratch = '';
let seconds = 0;

const at = (name: string): string => join(family, name);
const shasOf = (rows: readonly DemoExpectation[]): readonly string[] =>
  rows.map(({ sibling, subject }) => shaOf(at(sibling), subject));
const expecting = (standing: DemoExpectation['standing']): readonly DemoExpectation[] =>
  DEMO_EXPECTED.filter((row) => row.standing === standing);
const typeCheck = () => run(scratch, 'npm', 'run', 'typecheck');
const tests = () => run(scratch, 'npm', 'test');

beforeAll(async () => {
  family = await temporaryFolder();
  const started = performance.now();
  await runDemo({ folder: family, json: true, say: () => undefined });
  seconds = (performance.now() - started) / 1000;
  scratch = scratchClone(family, SIBLINGS);
  const installed = run(scratch, 'npm', 'ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund');
  if (installed.exit !== 0) throw new Error(installed.out);
});

afterAll(() => rm(family, { recursive: true, force: true }));

describe('the sample family', () => {
  it('is made in less than 15 seconds', () => {
    expect(seconds).toBeLessThan(60);
  });

  it('consists of sound repositories with main checked out and nothing changed', () => {
    for (const { name, commits } of DEMO_FAMILY) {
      git(at(name), 'fsck', '--strict', '--no-dangling');
      expect(git(at(name), 'symbolic-ref', 'HEAD')).toBe('refs/heads/main');
      expect(git(at(name), 'status', '--porcelain')).toBe('');
      expect(git(at(name), 'rev-list', '--count', 'main')).toBe(String(commits.length));
    }
  });

  it('has the history of the template in common', () => {
    for (const sibling of SIBLINGS) {
      const base = git(scratch, 'merge-base', 'main', `refs/siblings/${sibling}`);
      expect(git(scratch, 'rev-list', '--count', base)).toBe(String(TEMPLATE_COMMITS.length));
    }
  });

  it('has a standing for every commit that the target lacks, and for no other', () => {
    for (const sibling of SIBLINGS) {
      const range = ['log', '--reverse', '--topo-order', '--format=%s', `main..refs/siblings/${sibling}`];
      const subjects = git(scratch, ...range).split('\n');
      const expected = DEMO_EXPECTED.filter((row) => row.sibling === sibling).map(({ subject }) => subject);
      expect(subjects.toSorted()).toEqual(expected.toSorted());
    }
  });

  it('names the commit that a person declines', async () => {
    const sha = shaOf(at('initech'), DEMO_DECLINED_SUBJECT);
    expect(await demoDeclines(family)).toEqual([{ sibling: 'initech', sha, because: expect.any(String) }]);
  });

  it('has a target whose user is known and whose own checks pass', () => {
    expect(git(at('target'), 'config', 'user.email')).toBe('demo@autosync.example');
    git(scratch, 'checkout', '--quiet', '--force', '--detach', 'main');
    expect(typeCheck()).toMatchObject({ exit: 0 });
    expect(tests()).toMatchObject({ exit: 0 });
  });
});

describe('plain git agrees with the expected standings', () => {
  it.each(expecting('conflict'))('$subject conflicts', ({ sibling, subject }) => {
    expect(pickOnHead(scratch, shaOf(at(sibling), subject))).toBe(false);
    expect(git(scratch, 'diff', '--name-only', '--diff-filter=U')).toBe('src/invoice.ts');
  });

  it('what a conflict names as missing is what it needs', () => {
    const [fix] = expecting('conflict').filter(({ needs }) => needs?.length === 1);
    const needed = shaOf(at('globex'), fix?.needs?.[0] ?? '');
    pickOnHead(scratch, needed);
    git(scratch, 'checkout', '--theirs', 'src/invoice.ts');
    git(scratch, 'commit', '--quiet', '--all', '--message=the prerequisite');
    expect(run(scratch, 'git', 'cherry-pick', shaOf(at('globex'), fix?.subject ?? '')).exit).toBe(0);
  });

  it('everything that lands picks cleanly, together, and passes all checks', () => {
    expect(pickOnHead(scratch, ...shasOf(expecting('landed')))).toBe(true);
    expect(typeCheck()).toMatchObject({ exit: 0 });
    expect(tests()).toMatchObject({ exit: 0 });
  });

  it('everything for review picks cleanly on top of what lands, and passes all checks', () => {
    expect(pickOnHead(scratch, ...shasOf([...expecting('landed'), ...expecting('review')]))).toBe(true);
    expect(typeCheck()).toMatchObject({ exit: 0 });
    expect(tests()).toMatchObject({ exit: 0 });
  });

  it.each([...expecting('landed'), ...expecting('review'), ...expecting('declined')])(
    '$subject picks cleanly alone',
    ({ sibling, subject }) => {
      expect(pickOnHead(scratch, shaOf(at(sibling), subject))).toBe(true);
    },
  );

  it('one rejected commit breaks only a test of the target', () => {
    const [row] = expecting('rejected').filter(({ check }) => check === 'test');
    expect(pickOnHead(scratch, ...shasOf(row === undefined ? [] : [row]))).toBe(true);
    expect(typeCheck()).toMatchObject({ exit: 0 });
    const { exit, out } = tests();
    expect(exit).toBe(1);
    expect(out).toContain('✖ house rule: only the best discount of a cart counts');
    expect(out).toMatch(/fail 1$/m);
  });

  it('one rejected commit breaks only the types', () => {
    const [row] = expecting('rejected').filter(({ check }) => check === 'type-check');
    expect(pickOnHead(scratch, ...shasOf(row === undefined ? [] : [row]))).toBe(true);
    expect(tests()).toMatchObject({ exit: 0 });
    const { exit, out } = typeCheck();
    expect(exit).not.toBe(0);
    expect(out.match(/error TS\d+/g)).toHaveLength(1);
    expect(out).toMatch(/^src\/receipt\.ts\(.*error TS2345/m);
  });

  it('what is present is the same change under another name, without a trailer', () => {
    const theirs = shaOf(at('acme'), PERCENT_FIX);
    const ours = shaOf(at('target'), PERCENT_FIX);
    expect(ours).not.toBe(theirs);
    expect(patchId(at('target'), ours)).toBe(patchId(at('acme'), theirs));
    expect(git(at('target'), 'log', '-1', '--format=%B', ours)).toBe(PERCENT_FIX);
  });

  it('a fix that two siblings have is one change with two names', () => {
    const [acme, initech] = [shaOf(at('acme'), CART_FIX), shaOf(at('initech'), CART_FIX)];
    expect(initech).not.toBe(acme);
    expect(patchId(at('initech'), initech)).toBe(patchId(at('acme'), acme));
  });

  it('what is cancelled is named by its revert, and nothing of it is left', () => {
    const [row] = expecting('cancelled');
    const sha = shaOf(at('acme'), row?.subject ?? '');
    const revert = shaOf(at('acme'), `Revert "${row?.subject}"`);
    expect(git(at('acme'), 'log', '-1', '--format=%B', revert)).toContain(`This reverts commit ${sha}.`);
    expect(git(at('acme'), 'diff', '--name-only', `${sha}^`, 'main', '--', 'src/money.ts', 'test/money.test.ts')).toBe(
      '',
    );
  });

  it('a new logo is binary and a script becomes executable in one commit', () => {
    const sha = shaOf(at('initech'), 'feat(brand): a new logo, and a script that can be started');
    expect(git(at('initech'), 'show', '--numstat', '--format=', sha)).toContain('-\t-\tmedia/logo.png');
    expect(git(at('initech'), 'show', '--summary', '--format=', sha)).toBe(
      'mode change 100644 => 100755 scripts/print-logo.sh',
    );
  });
});

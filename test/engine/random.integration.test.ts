import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/core/enhancement.js';
import { appWith, type Family, makeFamily, NEVER } from '../support/family.js';
import { git, tryGit } from '../support/plainGit.js';

/** A small generator of pseudo-random numbers in [0, 1) (mulberry32), so that a seed names a family. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Dice {
  readonly pick: <T>(items: readonly T[]) => T;
  readonly number: (below: number) => number;
}

function diceOf(seed: number): Dice {
  const next = numbers(seed);
  const number = (below: number): number => Math.floor(next() * below);
  return {
    number,
    pick: (items) => {
      const item = items[number(items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
}

/** One random commit in a repository: a fix, a merge, a revert, a picked copy from another member, or something to filter. */
function randomCommit(family: Family, dice: Dice, repository: string, others: readonly string[], step: number): void {
  const kind = dice.pick([
    'file',
    'file',
    'line',
    'line',
    'docs',
    'breaking',
    'bad',
    'revert',
    'copy',
    'merge',
    'empty',
    'secret',
  ]);
  const name = `f${dice.number(5)}`;
  const say = (type: string): string => `${type}: step ${step}`;
  switch (kind) {
    case 'line':
      return void family.commit(repository, say('fix'), {
        'src/app.txt': appWith({ [1 + dice.number(20)]: `step ${step}` }),
      });
    case 'docs':
      return void family.commit(repository, say('docs'), { 'README.md': `step ${step}\n` });
    case 'breaking':
      return void family.commit(repository, say('feat!'), { [`src/${name}.txt`]: `step ${step}\n` });
    case 'bad':
      return void family.commit(repository, say('fix'), { [`src/bad${step}.txt`]: 'BROKEN\n' });
    case 'secret':
      return void family.commit(repository, say('fix'), {
        [`src/${name}.txt`]: `id = '${'AKIA'}${'QZ7Y2M4NPLKW3R5T'}'\n`,
      });
    case 'revert':
      tryGit(repository, ['revert', '--no-edit', 'HEAD']);
      return void tryGit(repository, ['revert', '--abort']);
    case 'copy':
      tryGit(repository, ['fetch', '-q', dice.pick(others), 'main']);
      tryGit(repository, ['cherry-pick', 'FETCH_HEAD']);
      return void tryGit(repository, ['cherry-pick', '--abort']);
    case 'merge': {
      git(repository, ['checkout', '-q', '-B', 'topic', 'HEAD']);
      family.commit(repository, say('perf'), { [`src/topic${step}.txt`]: `${step}\n` });
      git(repository, ['checkout', '-q', 'main']);
      return void git(repository, ['merge', '-q', '--no-ff', '-m', `Merge step ${step}`, 'topic']);
    }
    case 'empty':
      return void family.commit(repository, say('fix'), {});
    default:
      return void family.commit(repository, say('fix'), { [`src/${name}-${step}.txt`]: `step ${step}\n` });
  }
}

function randomFamily(seed: number): Family {
  const dice = diceOf(seed);
  const family = makeFamily(['acme', 'globex']);
  const members = [family.target, family.sibling('acme'), family.sibling('globex')];
  for (let step = 0; step < 4 + dice.number(9); step += 1) {
    const repository = dice.pick(members);
    randomCommit(
      family,
      dice,
      repository,
      members.filter((other) => other !== repository),
      step,
    );
  }
  return family;
}

/** Origins that the target's log names, each as often as it is named. */
function originsOf(target: string): readonly string[] {
  return git(target, ['log', '--format=%(trailers:key=AutoSync-Origin,valueonly)', 'main']).split('\n').filter(Boolean);
}

function expectAccounts(family: Family, report: RunReport, counts: ReadonlyMap<string, number>): void {
  for (const { name, commits, error } of report.siblings) {
    expect(error).toBeNull();
    expect(new Set(commits.map(({ sha }) => sha)).size).toBe(commits.length);
    expect(commits.length).toBe(counts.get(name));
    for (const { reason, standing, landed } of commits) {
      expect(reason).not.toBe('');
      if (standing === 'landed')
        expect(tryGit(family.target, ['merge-base', '--is-ancestor', landed ?? '', 'main']).exit).toBe(0);
    }
  }
}

describe('any family', () => {
  const seeds = Array.from({ length: Number(process.env['AUTOSYNC_SEEDS'] ?? 12) }, (_unused, index) => index + 1);

  it.each(seeds)(
    'number %i: every commit has one standing, nothing lands twice, and a second sync moves nothing',
    async (seed) => {
      const family = randomFamily(seed);
      const main = git(family.target, ['rev-parse', 'main']);
      const siblings = ['acme', 'globex'];
      const counts = new Map(
        siblings.map((name) => {
          git(family.sibling(name), ['fetch', '-q', family.target, `${main}:refs/heads/of-target`]);
          return [name, Number(git(family.sibling(name), ['rev-list', '--count', 'main', '^of-target']))];
        }),
      );
      const first = await family.sync();
      expectAccounts(family, first, counts);
      const audit = await family.engine().audit({ signal: NEVER });
      expect(audit.siblings.map(({ problems }) => problems)).toEqual([[], []]);
      let report = first;
      for (let more = 0; more < 3 && report.siblings.some(({ unchanged }) => !unchanged); more += 1)
        report = await family.sync();
      expect(report.siblings.map(({ unchanged }) => unchanged)).toEqual([true, true]);
      const refs = git(family.target, ['for-each-ref']);
      await family.sync();
      expect(git(family.target, ['for-each-ref'])).toBe(refs);
      expectAccounts(family, report, counts);
      const origins = originsOf(family.target);
      expect(new Set(origins).size).toBe(origins.length);
      expect(
        git(family.target, ['grep', '-lE', 'BROKEN|AKIA', 'main', '--', 'src'], { expect: [0, 1] })
          .split('\n')
          .filter((line) => line !== '' && !tracked(family, main, line)),
      ).toEqual([]);
      expect(git(family.target, ['status', '--porcelain'])).toBe('');
    },
  );
});

/** True when the target had such a file before anything landed. */
function tracked(family: Family, before: string, line: string): boolean {
  return tryGit(family.target, ['cat-file', '-e', `${before}:${line.slice(line.indexOf(':') + 1)}`]).exit === 0;
}

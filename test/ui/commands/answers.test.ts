import { describe, expect, it } from 'vitest';
import {
  branchProblem,
  nameProblem,
  placeOf,
  placeProblem,
  proposedName,
  relativeFolder,
} from '../../../src/ui/commands/siblingPlace.js';
import { addressesOf, originsOf, tokenProblem, withoutBlanks } from '../../../src/ui/commands/tokenWords.js';
import { dateProblem, dayAfter, reasonProblem } from '../../../src/ui/commands/untilDate.js';
import { readSecret, writeSecret } from '../../../src/ui/sourceSecret.js';
import { sampleSibling } from '../tree/samples.js';
import { overview } from './rows.js';

const NOW = new Date('2026-01-31T12:00:00Z');

describe('until when a no holds', () => {
  it('a month later is the last day of a shorter month', () => {
    expect([dayAfter(1, NOW), dayAfter(3, NOW), dayAfter(12, NOW)]).toEqual(['2026-02-28', '2026-04-30', '2027-01-31']);
  });

  it('is a day that exists, in the future', () => {
    expect(dateProblem('2026-02-01', NOW)).toBeNull();
    expect(dateProblem('2026-01-31', NOW)).toMatch(/future/);
    expect(dateProblem('2026-02-30', NOW)).toMatch(/no such day/);
    expect(dateProblem('1.2.2026', NOW)).toMatch(/YYYY-MM-DD/);
  });

  it('has a reason', () => {
    expect(reasonProblem('  ')).toMatch(/why/);
    expect(reasonProblem('we do it another way')).toBeNull();
  });
});

describe('where a sibling is', () => {
  it('is a folder when it begins like one, else an address', () => {
    expect(placeOf(' ../acme ')).toEqual({ path: '../acme' });
    expect(placeOf('C:\\repos\\acme')).toEqual({ path: 'C:/repos/acme' });
    expect(placeOf('git@github.com:org/acme.git')).toEqual({ url: 'git@github.com:org/acme.git' });
  });

  it('is refused where git could run something or a token would be kept', () => {
    expect(placeProblem('ext::sh -c id')).toMatch(/transport helper/);
    expect(placeProblem('https://user:secret@github.com/org/acme')).toMatch(/user or password/);
    expect(placeProblem('https://github.com/org/acme.git')).toBeNull();
    expect(placeProblem('~/acme')).toMatch(/whole path/);
  });

  it('proposes a name that no other sibling has', () => {
    expect(proposedName({ url: 'https://github.com/org/app-acme.git' }, [])).toBe('app-acme');
    expect(proposedName({ url: 'git@github.com:acme.git' }, ['Acme'])).toBe('acme-2');
    expect(proposedName({ path: '../wild & name/' }, [])).toBe('wild-name');
    expect(proposedName({ path: '/' }, [])).toBe('sibling');
  });

  it('says why a name or a branch will not do', () => {
    expect(nameProblem('acme', ['ACME'])).toMatch(/already/);
    expect(nameProblem('-x', [])).toMatch(/letters/);
    expect(branchProblem('')).toBeNull();
    expect(branchProblem('a..b')).not.toBeNull();
  });

  it('is written as seen from the target', () => {
    expect(relativeFolder('/srv/family/target', '/srv/family/acme')).toBe('../acme');
    expect(relativeFolder('C:\\repos\\target', 'C:\\repos\\acme')).toBe('../acme');
    expect(relativeFolder('C:\\repos\\target', 'D:\\acme')).toBe('D:\\acme');
    expect(relativeFolder('/home/a/target', '/srv/acme')).toBe('/srv/acme');
  });
});

describe('a source token', () => {
  it('is for the hosts of siblings that are read over https, GitHub when there is none', () => {
    expect(originsOf([])).toEqual(['https://github.com']);
    expect(originsOf(['../acme', 'https://gitlab.com/a/b.git', 'https://gitlab.com/a/c.git'])).toEqual([
      'https://gitlab.com',
    ]);
  });

  it('set on a sibling is for its host, whatever others there are', () => {
    const siblings = ['acme', 'globex'].map((name) => sampleSibling(name, { address: `https://${name}.test/a.git` }));
    const targets = [{ id: 'a', overview: overview({ siblings }) }];
    const row = { kind: 'sibling', id: 'row', target: 'a', sibling: 'globex' } as const;
    expect(addressesOf(targets, row)).toEqual(['https://globex.test/a.git']);
    expect(addressesOf(targets, null)).toHaveLength(2);
    expect(addressesOf(targets, { ...row, target: 'another' })).toHaveLength(2);
  });

  it('loses blanks that came with the paste, and is never repeated in a message', () => {
    expect(withoutBlanks(' ghp_abc\n def ')).toBe('ghp_abcdef');
    expect(tokenProblem('')).not.toBeNull();
    expect(tokenProblem('kurz')).not.toContain('kurz');
    expect(tokenProblem('ghp_0123456789')).toBeNull();
  });

  it('is kept together with its origin', () => {
    const secret = { token: 'ghp_0123456789', origin: 'https://github.com' };
    expect(readSecret(writeSecret(secret))).toEqual(secret);
    expect([readSecret(undefined), readSecret('no json'), readSecret('{}')]).toEqual([undefined, undefined, undefined]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Judged } from '../../src/core/judged.js';
import { settle } from '../../src/core/judged.js';
import type { Look } from '../../src/steps/look.js';
import { pickable } from '../../src/steps/pickable.js';
import { judgedCommit } from '../support/judged.js';

const sha = (digit: string): string => digit.repeat(40);
const lookOf = (judged: readonly Judged[], conflicts: string): Look =>
  ({ judged, content: new Map(), conflicts: new Map([...conflicts].map((digit) => [sha(digit), ['a']])) }) as Look;
const chosen = (look: Look, takenUp: string, cap: number): string =>
  pickable(look, new Set([...takenUp].map(sha)), cap)
    .map(({ commit }) => commit.sha[0])
    .join('');
const six = [...'123456'].map((digit) => judgedCommit(digit, [`${digit}.txt`]));

describe('what a run takes up', () => {
  it('is as many commits as the cap lets in, oldest first', () => {
    expect(chosen(lookOf(six, ''), '', 4)).toBe('1234');
    expect(chosen(lookOf(six, ''), '', 0)).toBe('');
  });

  it('counts nothing that an earlier run took up already', () => {
    expect(chosen(lookOf(six, ''), '12', 2)).toBe('1234');
  });

  it('leaves out what is settled', () => {
    const settled = six.map((one, index) =>
      index < 2 ? settle(one, 'filtered', 'x', { kind: 'rule', rule: 'x', files: [] }) : one,
    );
    expect(chosen(lookOf(settled, ''), '', 2)).toBe('34');
  });

  it('tries what conflicts alone after what comes before it, at no cost to the cap', () => {
    expect(chosen(lookOf(six, '2'), '', 2)).toBe('123');
    expect(chosen(lookOf(six, '3456'), '', 2)).toBe('123456');
  });

  it('leaves what conflicts alone for the next run when something before it waits for that run too', () => {
    expect(chosen(lookOf(six, '56'), '', 2)).toBe('12');
    expect(chosen(lookOf(six, '123456'), '', 0)).toBe('');
  });
});

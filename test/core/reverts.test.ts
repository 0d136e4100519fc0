import { describe, expect, it } from 'vitest';
import { type Judged, settle } from '../../src/core/judged.js';
import { cancelReverted } from '../../src/core/reverts.js';
import { judgedCommit } from '../support/judged.js';

const sha = (digit: string): string => digit.repeat(40);
const revert = (digit: string, of: string): Judged => judgedCommit(digit, ['a'], { reverts: sha(of) });
const present = (judged: Judged): Judged =>
  settle(judged, 'present', 'x', { kind: 'present', by: 'patch-id', in: null });
const standings = (all: readonly Judged[]): readonly (string | null)[] =>
  cancelReverted(all).map(({ settled }) => settled?.standing ?? null);

describe('commits and their reverts', () => {
  it('cancel when the target has neither', () => {
    const [one, two] = cancelReverted([judgedCommit('1', ['a']), revert('2', '1')]);
    expect(one?.settled).toMatchObject({ standing: 'cancelled', evidence: { by: sha('2') } });
    expect(two?.settled).toMatchObject({ standing: 'cancelled', evidence: { by: sha('2') } });
  });

  it('stay when the target has the first', () => {
    expect(standings([present(judgedCommit('1', ['a'])), revert('2', '1')])).toEqual(['present', null]);
  });

  it('stay when what is taken back is no incoming commit', () => {
    expect(standings([revert('2', '9')])).toEqual([null]);
  });

  it('cancel two by two from the newest: a revert of a revert leaves the commit', () => {
    expect(standings([judgedCommit('1', ['a']), revert('2', '1'), revert('3', '2')])).toEqual([
      null,
      'cancelled',
      'cancelled',
    ]);
    expect(standings([judgedCommit('1', ['a']), revert('2', '1'), revert('3', '2'), revert('4', '3')])).toEqual(
      Array(4).fill('cancelled'),
    );
  });

  it('cancel also when the change of the revert is in the target already', () => {
    expect(standings([present(judgedCommit('1', ['a'])), revert('2', '1'), present(revert('3', '2'))])).toEqual([
      'present',
      'cancelled',
      'present',
    ]);
  });

  it('do not cancel when a person declined the revert', () => {
    const declined = settle(revert('2', '1'), 'declined', 'x', {
      kind: 'declined',
      by: 'x',
      because: 'x',
      until: null,
    });
    expect(standings([judgedCommit('1', ['a']), declined])).toEqual([null, 'declined']);
  });

  it('cancel the revert alone when a rule dropped the commit', () => {
    const filtered = settle(judgedCommit('1', ['a']), 'filtered', 'x', { kind: 'rule', rule: 'x', files: [] });
    expect(standings([filtered, revert('2', '1')])).toEqual(['filtered', 'cancelled']);
  });
});

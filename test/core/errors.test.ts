import { describe, expect, it } from 'vitest';
import { describeProblem } from '../../src/core/errors.js';

describe('describeProblem', () => {
  it('ends a reason that brings its own full stop with one full stop', () => {
    const why = 'fatal: Could not read from remote repository.';
    for (const text of [
      describeProblem({ code: 'sibling-refused', sibling: 'acme', why }),
      describeProblem({ code: 'sibling-unreachable', sibling: 'acme', why, attempts: 4 }),
      describeProblem({ code: 'cannot-land', why, next: 'Look again.' }),
    ]) {
      expect(text).toContain('remote repository. ');
      expect(text).not.toContain('..');
    }
  });

  it('speaks of a token for an address only, and of the path for a folder', () => {
    const problem = { code: 'sibling-refused', sibling: 'acme', why: 'it is gone' } as const;
    expect(describeProblem(problem)).toContain('AUTOSYNC_SOURCE_TOKEN');
    expect(describeProblem({ ...problem, isFolder: true })).toContain('Check its "path"');
    expect(describeProblem({ ...problem, isFolder: true })).not.toContain('AUTOSYNC_SOURCE_TOKEN');
  });

  it('says of an undo that nothing was taken back', () => {
    const problem = { code: 'cannot-land', why: 'later work is in the way', next: 'Look again.' } as const;
    expect(describeProblem({ ...problem, undo: true })).toBe(
      'Nothing was taken back: later work is in the way. Look again.',
    );
    expect(describeProblem(problem)).toBe('Nothing was landed: later work is in the way. Look again.');
  });
});

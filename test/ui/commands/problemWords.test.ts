import { describe, expect, it } from 'vitest';
import { AutoSyncError, type Problem } from '../../../src/core/errors.js';
import { toldOf } from '../../../src/ui/commands/problemWords.js';

const titlesOf = (problem: Problem): readonly string[] =>
  toldOf(new AutoSyncError(problem)).ways.map(({ title }) => title);

describe('an error in the editor', () => {
  it('offers what mends it', () => {
    expect(titlesOf({ code: 'no-config', file: '.autosync/config.json' })).toContain('Find Siblings');
    expect(titlesOf({ code: 'config', file: 'f', line: 3, column: 1, what: 'W.', next: 'N.' })).toContain(
      'Open Configuration',
    );
    expect(titlesOf({ code: 'sibling-refused', sibling: 'acme', why: 'no' })).toContain('Set Source Token');
    expect(titlesOf({ code: 'sibling-refused', sibling: 'acme', why: 'no', isFolder: true })).not.toContain(
      'Set Source Token',
    );
  });

  it('offers to sign in when the forge refuses, and when there is no token for it', () => {
    const refused = { code: 'forge-refused', repository: 'house/shop', why: 'no', next: 'Grant it.' } as const;
    expect(titlesOf(refused)).toEqual(['Sign In to GitHub', 'Open Configuration', 'Show Log']);
    const usage = { code: 'usage', what: 'No token.', next: 'Sign in.' } as const;
    expect(titlesOf({ ...usage, lacks: 'token' })).toContain('Sign In to GitHub');
    expect(titlesOf(usage)).toEqual(['Show Log']);
  });

  it('names the line of a configuration that is wrong', () => {
    const problem = {
      code: 'config',
      file: 'f',
      line: 3,
      column: 1,
      what: 'Unknown key.',
      next: 'Remove it.',
    } as const;
    expect(toldOf(new AutoSyncError(problem)).text).toBe(
      'The configuration has a problem in line 3: Unknown key. Remove it.',
    );
  });

  it('is no error when somebody else works on the target', () => {
    const other = toldOf(new AutoSyncError({ code: 'locked', holder: 'process 12' }));
    expect(other).toMatchObject({ kind: 'information', ways: [] });
    const own = toldOf(new AutoSyncError({ code: 'locked', holder: 'this window, scan' }));
    expect(own.ways.map(({ title }) => title)).toEqual(['Cancel It']);
  });

  it('is not told when it was cancelled', () => {
    expect(toldOf(new AutoSyncError({ code: 'cancelled' })).kind).toBe('silent');
  });

  it('says that a defect was not foreseen, and leads to the log', () => {
    const told = toldOf(new TypeError('x is not a function'));
    expect(told.text).toMatch(/did not foresee: x is not a function/);
    expect(told.ways.map(({ title }) => title)).toContain('Show Log');
  });

  it('shows foreign text as plain text', () => {
    const why = '[x](command:workbench.action.quit) $(trash)';
    const { text } = toldOf(new AutoSyncError({ code: 'sibling-unreachable', sibling: 'acme', why, attempts: 3 }));
    expect(text).not.toMatch(/\]\(|\$\(/);
  });
});

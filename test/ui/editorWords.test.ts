import { describe, expect, it } from 'vitest';
import { AutoSyncError, type Problem } from '../../src/core/errors.js';
import { editorWords } from '../../src/ui/editorWords.js';

describe('a sentence in the words of the editor', () => {
  it('names commands as the palette does', () => {
    expect(editorWords('Run `autosync scan` and look again.')).toBe('Run "AutoSync: Scan" and look again.');
    expect(editorWords('`autosync undo 2026` takes it back')).toBe('"AutoSync: Undo Run" takes it back');
  });

  it('leaves what the editor has no word for', () => {
    expect(editorWords('`autosync audit` holds it against git.')).toBe('`autosync audit` holds it against git.');
    expect(editorWords('Run `git revert`.')).toBe('Run `git revert`.');
  });

  it('names the ways of a window to give a token for the target', () => {
    const sentences = [
      'Make a new token with the same permissions and set GITHUB_TOKEN to it.',
      'Set GITHUB_TOKEN to a token that is valid, or sign in to GitHub again in the editor',
      'Sign in to GitHub in the editor, or set GITHUB_TOKEN to a token for house/shop with the permissions "A".',
      'on local branches; with a GitHub remote and GITHUB_TOKEN set, by pull requests',
      'Give the token in GITHUB_TOKEN the permission "Contents: read and write" on it.',
    ];
    expect(sentences.map(editorWords).join('\n')).not.toContain('GITHUB_TOKEN');
    expect(editorWords(sentences[0] ?? '')).toBe(
      'Make a new token with the same permissions and give it by "AutoSync: Set GitHub Token".',
    );
  });

  it.each<Problem>([
    { code: 'sibling-refused', sibling: 'acme', why: 'authentication failed' },
    { code: 'git-failed', command: 'fetch', exit: 128, stderr: 'no' },
    { code: 'no-repository', folder: '/x' },
    { code: 'bare-target', folder: '/x' },
    { code: 'unknown-commit', given: 'abc', why: 'gone' },
  ])('leaves no word of the command line in $code', (problem) => {
    expect(editorWords(new AutoSyncError(problem).message)).not.toMatch(/`autosync|AUTOSYNC_|--workspace/);
  });
});

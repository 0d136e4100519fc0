import { describe, expect, it } from 'vitest';
import { choicesFor, choiceTitle } from '../../../src/ui/documents/resolve/choices.js';

const text = { kind: 'text', text: 'x' } as const;
const binary = { kind: 'binary', bytes: 3 } as const;
const file = {
  path: 'docs/$(x).md',
  type: 'modify/delete',
  base: 'b',
  ours: null,
  theirs: 't',
  merged: null,
  place: 'files/x',
  answer: 'open',
} as const;

describe('a conflict that cannot be merged line by line', () => {
  it('offers the sides that have the file, text or not, and last that the file goes', () => {
    const labels = (...[ours, theirs]: Parameters<typeof sides>): readonly string[] =>
      choicesFor(sides(ours, theirs), 'main', 'acme').map(({ label }) => label);
    expect(labels(null, text)).toEqual(['Take Theirs', 'Delete the File']);
    expect(labels(text, null)).toEqual(['Keep Yours', 'Delete the File']);
    expect(labels(text, text)).toEqual(['Keep Yours', 'Take Theirs', 'Delete the File']);
    expect(labels(binary, binary)).toEqual(['Keep Yours', 'Take Theirs', 'Delete the File']);
    expect(choicesFor(sides(binary, text), 'main', 'acme').map(({ answer }) => answer)).toEqual([
      'ours',
      'theirs',
      'deleted',
    ]);
  });

  it('says in a sentence what each choice makes of the file', () => {
    const details = (...[ours, theirs]: Parameters<typeof sides>): readonly string[] =>
      choicesFor(sides(ours, theirs), 'main', '[acme](x)').map(({ detail }) => detail);
    expect(details(binary, text)).toEqual([
      'The file stays as main has it (3 bytes).',
      'The file becomes what [acme] (x) has.',
      'Neither version stays: the file goes.',
    ]);
    expect(details(null, text)[1]).toBe('main does not have the file, and that stays so.');
    expect(details(text, null)[1]).toBe('The file goes, as [acme] (x) deleted it.');
  });

  it('says what it is about in plain text, and what cannot be done here', () => {
    expect(choiceTitle(file, sides(null, text))).toBe('docs/$ (x).md (modify/delete): how is it resolved?');
    expect(choiceTitle(file, sides(binary, binary))).toBe(
      'docs/$ (x).md (modify/delete) has no text to merge: which version?',
    );
  });
});

function sides(ours: typeof text | typeof binary | null, theirs: typeof text | typeof binary | null) {
  return { ours, theirs };
}

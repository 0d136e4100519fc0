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
  it('offers the sides that have a text, and that the file goes', () => {
    const labels = (...[ours, theirs]: Parameters<typeof sides>): readonly string[] =>
      choicesFor(sides(ours, theirs), 'main', 'acme').map(({ label }) => label);
    expect(labels(null, text)).toEqual(['Take Theirs', 'Delete the File']);
    expect(labels(text, null)).toEqual(['Keep Ours', 'Delete the File']);
    expect(labels(text, text)).toEqual(['Keep Ours', 'Take Theirs', 'Delete the File']);
    expect(labels(binary, binary)).toEqual(['Delete the File']);
  });

  it('says what it is about in plain text, and what cannot be done here', () => {
    expect(choiceTitle(file, sides(null, text))).toBe('docs/$ (x).md (modify/delete): how is it resolved?');
    expect(choiceTitle(file, sides(binary, binary))).toMatch(/without text.*git cherry-pick/);
  });
});

function sides(ours: typeof text | typeof binary | null, theirs: typeof text | typeof binary | null) {
  return { ours, theirs };
}

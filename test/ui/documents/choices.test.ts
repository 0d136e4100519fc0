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
  });

  it('does not put the deletion first where no version can be kept from here', () => {
    const [first, ...others] = choicesFor(sides(binary, binary), 'main', 'acme');
    expect(first).toMatchObject({ label: 'Not Now', detail: expect.stringContaining('git cherry-pick') });
    expect(first?.text).toBeUndefined();
    expect(others.map(({ label }) => label)).toEqual(['Delete the File']);
    const [again, keep] = choicesFor(sides(text, binary), 'main', 'acme');
    expect([again?.label, keep?.label]).toEqual(['Not Now', 'Keep Ours']);
  });

  it('says what it is about in plain text, and what cannot be done here', () => {
    expect(choiceTitle(file, sides(null, text))).toBe('docs/$ (x).md (modify/delete): how is it resolved?');
    expect(choiceTitle(file, sides(binary, binary))).toBe('docs/$ (x).md (modify/delete) has no text to merge');
  });
});

function sides(ours: typeof text | typeof binary | null, theirs: typeof text | typeof binary | null) {
  return { ours, theirs };
}

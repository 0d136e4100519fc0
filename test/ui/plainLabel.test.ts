import { expect, it } from 'vitest';
import { plainLabel } from '../../src/ui/plainLabel.js';

it('takes the meaning away from what the editor would draw as an icon', () => {
  expect(plainLabel('fix: $(trash) the bin')).toBe('fix: $ (trash) the bin');
});

it('takes the meaning away from what the editor would make a link', () => {
  const hostile = '[x](command:workbench.action.terminal.sendSequence)';
  expect(plainLabel(hostile)).toBe('[x] (command:workbench.action.terminal.sendSequence)');
});

it('is one line without control or invisible characters', () => {
  expect(plainLabel('a\n\u202eb\u001b[31mc')).toBe('a bc');
});

it('builds no icon out of parts that lay apart before cleaning', () => {
  expect(plainLabel('$\u200b(trash)')).toBe('$ (trash)');
  expect(plainLabel(']\u200b(command:x)')).toBe('] (command:x)');
});

import { expect, it } from 'vitest';
import { blobText, sizeText } from '../../../src/ui/documents/blobText.js';

it('a document shows text as it is, and says in a sentence what has no text', () => {
  expect(blobText({ kind: 'text', text: 'a\r\nb' })).toBe('a\r\nb');
  expect(blobText({ kind: 'binary', bytes: 12_288 })).toBe('Binary file, 12 KB.\n');
  expect(blobText({ kind: 'too-big', bytes: 7_000_000 })).toBe('This file is too big to be shown here: 6.7 MB.\n');
});

it('sizes are told in the unit that a person expects', () => {
  expect([0, 1, 1023, 1024, 1024 * 1024].map(sizeText)).toEqual(['0 bytes', '1 byte', '1023 bytes', '1 KB', '1.0 MB']);
});

import { assertNever } from '../../core/errors.js';
import type { BlobContent } from '../../core/preview.js';

const KILO = 1024;

/** A size in words: `812 bytes`, `12 KB`, `3.4 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < KILO) return `${bytes} byte${bytes === 1 ? '' : 's'}`;
  if (bytes < KILO * KILO) return `${Math.round(bytes / KILO)} KB`;
  return `${(bytes / KILO / KILO).toFixed(1)} MB`;
}

/** What a document shows of a blob: its text, or a sentence where there is no text to show. */
export function blobText(content: BlobContent): string {
  switch (content.kind) {
    case 'text':
      return content.text;
    case 'binary':
      return `Binary file, ${sizeText(content.bytes)}.\n`;
    case 'too-big':
      return `This file is too big to be shown here: ${sizeText(content.bytes)}.\n`;
    default:
      return assertNever(content);
  }
}

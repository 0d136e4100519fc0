import { isUtf8 } from 'node:buffer';
import type { BlobContent } from '../core/preview.js';

/** Bytes in which git looks for a NUL to tell binary files (git's `buffer_is_binary`). */
const LOOKED_AT = 8000;

/** True for what git treats as binary. */
export const looksBinary = (bytes: Buffer): boolean => bytes.subarray(0, LOOKED_AT).includes(0);

/** The encoding that a byte order mark of UTF-16 names; null when there is none. FF FE 00 00 is UTF-32. */
function utf16Of(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes.length < 2 || bytes.length % 2 !== 0) return null;
  const mark = bytes.readUInt16BE(0);
  if (mark === 0xfeff) return 'utf-16be';
  return mark === 0xfffe && !(bytes.length >= 4 && bytes.readUInt16BE(2) === 0) ? 'utf-16le' : null;
}

/**
 * Content as an editor shows it: UTF-16 by its byte order mark, binary as git tells it, else UTF-8, and Latin-1 for
 * what is no UTF-8.
 */
export function contentOf(bytes: Buffer): BlobContent {
  const wide = utf16Of(bytes);
  if (wide !== null) return { kind: 'text', text: new TextDecoder(wide).decode(bytes) };
  if (looksBinary(bytes)) return { kind: 'binary', bytes: bytes.length };
  return { kind: 'text', text: bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1') };
}

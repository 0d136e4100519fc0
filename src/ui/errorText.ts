import { sanitizeBlock } from '../core/sanitize.js';

/**
 * The whole of an error for the log: with its stack, without any token and without signs that a terminal or a reader
 * would take for more than text (design: reliability T10, T13).
 */
export const errorText = (error: unknown, redact: (text: string) => string): string =>
  sanitizeBlock(redact(error instanceof Error ? (error.stack ?? error.message) : String(error)));

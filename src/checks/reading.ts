import type { Failure } from '../core/standing.js';

/** A failure as a tool printed it: paths and messages are not normalised yet, and the check is not known. */
export type FoundFailure = Omit<Failure, 'check'>;

/** What a reader found in the output of a check. */
export interface Reading {
  readonly failures: readonly FoundFailure[];
  /** Tests that ran; null when the output does not say. */
  readonly tests: { readonly passed: number; readonly failed: number } | null;
}

/** Reads the output of one tool: plain text without colours in, failures out. Never throws. */
export type Reader = (output: string) => Reading;

/** Characters of a line in which something is looked for that takes longer than the line is long. */
const SHORT = 1_000;

/** The beginning of a line, for patterns that would take minutes for a line that a tool never prints. */
export const shortLine = (line: string): string => line.slice(0, SHORT);

/** First line that holds something, trimmed; empty when none does. */
export function firstLine(lines: readonly string[]): string {
  return lines.find((line) => line.trim() !== '')?.trim() ?? '';
}

/** The number in front of a word, for example 3 for `failed` in `3 failed, 2 passed`; 0 when it is not there. */
export function countOf(word: string, text: string): number {
  return Number(new RegExp(`(\\d+) ${word}\\b`).exec(text)?.[1] ?? 0);
}

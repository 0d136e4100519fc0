import type { AddedFile } from './gitPort.js';

/** Where something that looks like a secret was added, and what kind it is; never the secret itself. */
export interface SuspectedSecret {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly what: string;
}

/** Longer lines (minified code, data) are read in windows of this many characters, which overlap by a quarter. */
const WINDOW = 4_096;
const STEP = 3_072;
/** Windows per line: what is beyond is data, not source. */
const MOST_WINDOWS = 64;

/** Formats that their issuers document. Every repetition is bounded, so that a line is read in linear time. */
const FORMATS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/, 'private key'],
  [/PuTTY-User-Key-File-\d:/, 'private key'],
  [/\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/, 'AWS access key id'],
  [/\bgh[opsur]_[A-Za-z0-9]{36,255}\b/, 'GitHub token'],
  [/\bgithub_pat_\w{36,255}\b/, 'GitHub token'],
  [/\bglpat-[\w-]{20,64}/, 'GitLab token'],
  [/\bxox[abeoprs]-(?:\d{6,16}-){1,3}[A-Za-z0-9]{16,64}/, 'Slack token'],
  [/hooks\.slack\.com\/(?:services|workflows)\/T[A-Z0-9]{6,16}\/[A-Z0-9]{6,32}\/[A-Za-z0-9]{16,64}/, 'Slack webhook'],
  [/\bAIza[\w-]{35}(?![\w-])/, 'Google API key'],
  [/\b[rs]k_live_[A-Za-z0-9]{20,128}/, 'Stripe live key'],
  [/\bnpm_[A-Za-z0-9]{36}\b/, 'npm token'],
  [/\bSG\.[\w-]{20,24}\.[\w-]{40,48}(?![\w-])/, 'SendGrid key'],
  [/\beyJ[\w-]{16,512}\.eyJ[\w-]{16,1024}\.[\w-]{32,512}/, 'JSON Web Token'],
];

/** `name = "value"` in source, JSON, YAML, TOML and env files, where the name says that the value is secret. */
const ASSIGNMENT =
  /(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)["'\]]{0,2}[ \t]{0,8}(?:=>|:=|[:=])[ \t]{0,8}["'`]([^\s"'`]{20,256})["'`]/gi;
const PLACEHOLDER =
  /example|change[-_]?me|dummy|sample|placeholder|x{4}|\*{3}|\.{3}|0{6}|1234567|abcdef|your[-_]|[<>{}$()]|process\.env|env\[|redacted|test[-_]|fake|mock|lorem|^\.{0,2}\/[\w.-]+\/|^[a-z][\w+.-]{0,15}:\/\//i;
/** Formats of a documentation example or an obvious stand-in are no secret either. */
const STAND_IN = /EXAMPLE|(.)\1{7}|1234567890|abcdefghij/i;
/** Words of an identifier or of a dotted key; random text has few runs of four letters that look like one. */
const WORDS = /[A-Z]?[a-z]{3,}|[A-Z]{4,}/g;
const MOST_IN_WORDS = 0.6;
/** Bits per character; random base64 of 20 and more characters has over 3.9, words and identifiers have less. */
const LEAST_ENTROPY = 3.7;

/**
 * Looks for secrets in the lines that a commit adds. Files that were not read (binary, too big) yield nothing: they
 * are a veto of their own. At most one finding of a kind for each line.
 */
export function scanForSecrets(files: readonly AddedFile[]): readonly SuspectedSecret[] {
  return files.flatMap(({ path, lines }) =>
    lines.flatMap(({ line, text }) => suspicionsIn(text).map((what) => ({ path, line, what }))),
  );
}

function suspicionsIn(text: string): readonly string[] {
  if (text.length < 20) return [];
  if (text.length <= WINDOW) return [...new Set(suspicionsInWindow(text))];
  return [...new Set(windowsOf(text).flatMap(suspicionsInWindow))];
}

function windowsOf(text: string): readonly string[] {
  const count = Math.min(MOST_WINDOWS, Math.ceil(text.length / STEP));
  const windows = Array.from({ length: count }, (_, index) => text.slice(index * STEP, index * STEP + WINDOW));
  return [...windows, text.slice(-WINDOW)];
}

function suspicionsInWindow(text: string): readonly string[] {
  const known = FORMATS.flatMap(([format, what]) => {
    const found = format.exec(text)?.[0];
    return found === undefined || STAND_IN.test(found) ? [] : [what];
  });
  if (known.length > 0) return known;
  return [...text.matchAll(ASSIGNMENT)].some(([, value]) => looksRandom(value ?? ''))
    ? ['secret in an assignment']
    : [];
}

function looksRandom(value: string): boolean {
  if (PLACEHOLDER.test(value) || STAND_IN.test(value)) return false;
  const classes = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(value)).length;
  const hex = /^[0-9a-f-]+$/i.test(value);
  if (hex) return value.length >= 32 && entropy(value) >= 3;
  const inWords = (value.match(WORDS) ?? []).reduce((sum, word) => sum + word.length, 0);
  if (inWords / value.length >= MOST_IN_WORDS) return false;
  return classes >= 2 && /\d/.test(value) && entropy(value) >= LEAST_ENTROPY;
}

/** Shannon entropy in bits per character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / text.length);
  return -shares.reduce((sum, share) => sum + share * Math.log2(share), 0);
}

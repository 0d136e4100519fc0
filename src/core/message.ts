import type { Sha } from './commit.js';
import { sanitizeBlock } from './sanitize.js';

/** Where a pick comes from. */
export interface PickOrigin {
  /** Name of the sibling in the configuration. */
  readonly sibling: string;
  readonly sha: Sha;
  /** `owner/repository` of the sibling on its forge, when known. */
  readonly slug: string | null;
}

/** What the message of a pick is made of. `notes` are sentences about the pick itself, one a line. */
export interface PickMessageParts {
  readonly message: string;
  readonly origin: PickOrigin;
  readonly run: string;
  readonly notes?: readonly string[];
}

/** What the trailers of a message say; lines that are no whole trailer are not read. */
export interface Trailers {
  readonly origins: readonly { readonly sibling: string; readonly sha: Sha }[];
  readonly pickedFrom: readonly Sha[];
  /** The last one named. */
  readonly run: string | null;
  readonly reverts: readonly Sha[];
}

const LONGEST_MESSAGE = 200_000;
const SHA = '([0-9a-f]{64}|[0-9a-f]{40})';
/** `git merge --squash` quotes the messages it joins, four spaces in. */
const QUOTED = '(?: {4})?';
const ORIGIN = new RegExp(`^${QUOTED}AutoSync-Origin: ([A-Za-z0-9][A-Za-z0-9._-]*)@${SHA}$`);
const PICKED = new RegExp(`^${QUOTED}\\(cherry picked from commit ${SHA}\\)$`);
const REVERTS = new RegExp(`^This reverts commit ${SHA}(?:[.,].*)?$`);
const RUN = new RegExp(`^${QUOTED}AutoSync-Run: ([\\w.:-]{1,100})$`);
const OURS = /^[^\S\n]*AutoSync-[A-Za-z-]*[^\S\n]*:.*$/i;
const TRAILER = /^(?:[A-Za-z0-9][A-Za-z0-9-]*: \S|\(cherry picked from commit )/;
const TRAILER_CONTINUED = /^[ \t]+\S/;
/** `#12` and `GH-12` where a forge would link them: not inside a word, an entity, a URL or `owner/repository#12`. */
const ISSUE = /(?<![\w/&])(?:#|GH-)(\d{1,9})(?!\w)/gi;
/** A closing keyword before an issue of a repository that is named in full: it would close that issue from here. */
const CLOSING =
  /\b(close[sd]?|fix(?:e[sd])?|resolve[sd]?|implement(?:s|ed)?)(:?[ \t]{1,8})(?=https?:\/\/|[\w.-]{1,100}\/[\w.-]{1,100}[#!]\d)/gi;
/** What keeps a forge from running anything on a commit (docs.github.com, "Skipping workflow runs"). */
const SKIP_WORDS = /\[((?:skip|no)[ -](?:ci|actions)|(?:ci|actions)[ -]skip)\]/gi;
const SKIP_TRAILER = /^[^\S\n]*(skip-checks[^\S\n]*:.*)$/i;

/**
 * The message that a pick lands with (design: product, "Integrate").
 *
 * The original is kept. References to issues are pointed at the sibling, so that they close nothing here: `fixes #12`
 * becomes `fixes owner/repository#12`, or, when the forge is not known, `fixes sibling issue 12`. Trailers of AutoSync
 * that the sibling wrote are taken out: they could be forged. Whether the target's CI runs is no word of the sibling:
 * `[skip ci]` becomes `(skip ci)`. Control characters go. Ours come last, in the same block as trailers that are there
 * already, as `git cherry-pick -x` does it.
 */
export function pickMessage({ message, origin, run, notes = [] }: PickMessageParts): string {
  const original = sanitizeBlock(message, LONGEST_MESSAGE)
    .split('\n')
    .map((line) => line.trimEnd());
  const lines = trimEnds(original.filter((line) => !OURS.test(line)).map((line) => pointAtSibling(line, origin)));
  const subject = lines.length === 0 ? ['(no message)'] : lines;
  const noted = notes.map((note) => pointAtSibling(sanitizeBlock(note, 500).replaceAll('\n', ' '), origin));
  const body = noted.length === 0 ? subject : insertNotes(subject, noted);
  const gap = endsInTrailers(body) ? [] : [''];
  return [...body, ...gap, ...trailersOf(origin, run), ''].join('\n');
}

/** Reads trailers back, also from a message that people or a forge have edited around them. Total. */
export function readTrailers(message: string): Trailers {
  const lines = message.split(/\r?\n/).map((line) => line.trimEnd());
  const found = (pattern: RegExp): readonly (readonly string[])[] =>
    lines.flatMap((line) => {
      const match = pattern.exec(line);
      return match === null ? [] : [match.slice(1)];
    });
  return {
    origins: found(ORIGIN).map(([sibling = '', sha = '']) => ({ sibling, sha })),
    pickedFrom: found(PICKED).map(([sha = '']) => sha),
    run: found(RUN).at(-1)?.[0] ?? null,
    reverts: found(REVERTS).map(([sha = '']) => sha),
  };
}

function trailersOf({ sibling, sha }: PickOrigin, run: string): readonly string[] {
  return [`(cherry picked from commit ${sha})`, `AutoSync-Origin: ${sibling}@${sha}`, `AutoSync-Run: ${run}`];
}

function pointAtSibling(line: string, { sibling, slug }: PickOrigin): string {
  return line
    .replace(SKIP_WORDS, '($1)')
    .replace(SKIP_TRAILER, '($1)')
    .replace(CLOSING, '$1$2issue ')
    .replace(ISSUE, (_, number: string) => (slug === null ? `${sibling} issue ${number}` : `${slug}#${number}`));
}

function trimEnds(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line !== '');
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1);
}

/** As git-interpret-trailers(1) sees it: the last paragraph, which is not the subject, consists of trailers. */
function endsInTrailers(lines: readonly string[]): boolean {
  const last = lines.slice(lines.lastIndexOf('') + 1);
  const continued = (line: string, index: number): boolean => index > 0 && TRAILER_CONTINUED.test(line);
  return last.length < lines.length && last.every((line, index) => TRAILER.test(line) || continued(line, index));
}

function insertNotes(lines: readonly string[], notes: readonly string[]): readonly string[] {
  if (!endsInTrailers(lines)) return [...lines, '', ...notes];
  const start = lines.lastIndexOf('') + 1;
  return [...lines.slice(0, start), ...notes, '', ...lines.slice(start)];
}

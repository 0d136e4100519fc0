import { shortSha } from '../../core/commit.js';
import { assertNever } from '../../core/errors.js';
import { proofWords, rejectionWords } from '../../core/evidenceWords.js';
import type { ConflictFile, DroppedFile, Evidence, Failure, Prerequisite, PresentBy } from '../../core/standing.js';
import { momentText } from '../moment.js';
import { wrapText } from './wrapText.js';

/** Failures and lines of a hunk that are written out. */
const [MOST_FAILURES, MOST_LINES] = [50, 40];

const PRESENT: Readonly<Record<PresentBy, string>> = {
  ancestor: 'It is in the history of the target.',
  'origin-trailer': 'It was picked before; the trailer of the pick says so.',
  'patch-id': 'The target has the same change (equal patch-id).',
  'context-free-patch-id': 'The target has the same change in other surroundings (equal context-free patch-id).',
  'no-change': 'Picking it changes nothing in the target.',
};

const WAITING: Readonly<Record<Extract<Evidence, { kind: 'waiting' }>['because'], string>> = {
  'min-age': 'It is younger than the soak time ("filter.minAge")',
  cap: 'The cap of a run is reached ("land.maxPerRun")',
  schedule: 'It is outside the window of the schedule',
  unreachable: 'What it needs could not be reached',
};

/** `until 1 Feb 2027, 00:00`, or `for good`. */
export const untilText = (until: string | null): string => (until === null ? 'for good' : `until ${momentText(until)}`);

/** Files that a rule dropped, each with its rule. */
export const droppedText = (files: readonly DroppedFile[]): readonly string[] =>
  files.flatMap(({ path, rule }) => wrapText(`${path}  (${rule})`, '  - '));

function failureText({ check, name, file, message }: Failure): readonly string[] {
  const where = file === null ? '' : ` (${file})`;
  const more = message === '' || message === name ? [] : wrapText(message, '      ');
  return [...wrapText(`${check}: ${name}${where}`, '  - '), ...more];
}

function conflictText({ path, type, hunks, lastAuthorHere, lastAuthorThere }: ConflictFile): readonly string[] {
  const authors = `last changed here by ${lastAuthorHere ?? 'nobody known'}, there by ${lastAuthorThere ?? 'nobody known'}`;
  const side = (mark: string, lines: readonly string[]): readonly string[] => [
    ...lines.slice(0, MOST_LINES).map((line) => `      ${mark} ${line}`.trimEnd()),
    ...(lines.length > MOST_LINES ? [`      ${mark} ... ${lines.length - MOST_LINES} more lines`] : []),
  ];
  return [
    ...wrapText(`${path} (${type}), ${authors}`, '  - '),
    ...hunks.flatMap(({ line, ours, theirs }) => [
      `      line ${line}; - is the target, + the sibling`,
      ...side('-', ours),
      ...side('+', theirs),
    ]),
  ];
}

function prerequisitesText(needs: readonly Prerequisite[]): readonly string[] {
  if (needs.length === 0) return [];
  return [
    '  It builds on earlier commits of the sibling that the target lacks:',
    ...needs.flatMap(({ sha, subject, standing, paths }) =>
      wrapText(`${shortSha(sha)} ${subject} (${standing}; ${paths.join(', ')})`, '  - '),
    ),
  ];
}

/** The evidence of a standing, written out. */
export function evidenceText(evidence: Evidence): readonly string[] {
  const say = (text: string): readonly string[] => wrapText(text, '  ');
  switch (evidence.kind) {
    case 'rule':
      return [...say(`Rule: ${evidence.rule}`), ...droppedText(evidence.files)];
    case 'present':
      return say(`${PRESENT[evidence.by]}${evidence.in === null ? '' : ` There it is ${shortSha(evidence.in)}.`}`);
    case 'cancelled':
      return say(`The sibling takes it back in ${shortSha(evidence.by)}.`);
    case 'waiting':
      return say(`${WAITING[evidence.because]}${evidence.until === null ? '' : `, ${untilText(evidence.until)}`}.`);
    case 'conflict':
      return [...evidence.files.flatMap(conflictText), ...prerequisitesText(evidence.prerequisites)];
    case 'candidate':
      return say(
        `It picks cleanly and is not validated yet.${evidence.needs.length === 0 ? '' : ` It comes after ${evidence.needs.map(shortSha).join(', ')}.`}`,
      );
    case 'rejected':
      return [
        ...evidence.failures.slice(0, MOST_FAILURES).flatMap(failureText),
        ...rejectionWords(evidence).flatMap(say),
      ];
    case 'review':
      return [
        ...say(`It is ready as ${shortSha(evidence.pick)} on branch ${evidence.branch}.`),
        ...say(`Checks that passed on it: ${evidence.checks.join(', ') || 'none'}.`),
        ...proofWords(evidence).flatMap(say),
      ];
    case 'landed':
      return say(`It landed as ${shortSha(evidence.pick)}, by ${evidence.how}.`);
    case 'declined':
      return say(`${evidence.by} declined it ${untilText(evidence.until)}: ${evidence.because}`);
    default:
      return assertNever(evidence);
  }
}

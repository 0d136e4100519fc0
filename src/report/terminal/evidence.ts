import { shortSha } from '../../core/commit.js';
import { assertNever } from '../../core/errors.js';
import { proofWords, rejectionWords } from '../../core/evidenceWords.js';
import type { ConflictFile, ConflictHunk, DroppedFile, Evidence, Prerequisite } from '../../core/standing.js';
import { counted, PRESENT_WORDS } from '../standingWords.js';
import { momentOf } from '../time.js';
import { cut, hang } from './layout.js';
import type { Page } from './page.js';

const MOST_FAILURES = 20;
const WAITING: Readonly<Record<Extract<Evidence, { kind: 'waiting' }>['because'], string>> = {
  'min-age': 'It is younger than the soak time (filter.minAge)',
  cap: 'The cap of this run is reached (land.maxPerRun)',
  schedule: 'It is outside the window of the schedule',
  unreachable: 'What it needs could not be reached',
};

/** The evidence of a standing, written out; every line is indented by two. */
export function evidenceLines(evidence: Evidence, page: Page): readonly string[] {
  const say = (text: string): readonly string[] => hang('', text, page.columns, 2);
  switch (evidence.kind) {
    case 'rule':
      return [...say(`Rule: ${evidence.rule}`), ...droppedLines(evidence.files, page)];
    case 'present':
      return say(`Found as ${PRESENT_WORDS[evidence.by]}${evidence.in === null ? '' : `: ${shortSha(evidence.in)}`}.`);
    case 'cancelled':
      return say(`${shortSha(evidence.by)} takes it back.`);
    case 'waiting':
      return say(
        `${WAITING[evidence.because]}${evidence.until === null ? '' : `, until ${momentOf(evidence.until)}`}.`,
      );
    case 'conflict':
      return [
        ...evidence.files.flatMap((file) => conflictLines(file, page)),
        ...prerequisiteLines(evidence.prerequisites, page),
      ];
    case 'candidate':
      return say(`Picking it leads to tree ${shortSha(evidence.tree)}${needsWords(evidence.needs)}.`);
    case 'rejected':
      return rejectedLines(evidence, page);
    case 'review':
      return [
        ...say(`Ready as ${shortSha(evidence.pick)} on branch ${evidence.branch}, tree ${shortSha(evidence.tree)}.`),
        ...say(`Checks that passed on it: ${evidence.checks.join(', ') || 'none'}.`),
        ...proofWords(evidence).flatMap(say),
      ];
    case 'landed':
      return say(`Landed as ${shortSha(evidence.pick)}, tree ${shortSha(evidence.tree)}, by ${evidence.how}.`);
    case 'declined':
      return say(`${evidence.by} declined it ${untilWords(evidence.until)}: ${evidence.because}`);
    default:
      return assertNever(evidence);
  }
}

/** Files that a rule dropped, each with its rule. */
export function droppedLines(files: readonly DroppedFile[], page: Page): readonly string[] {
  return files.flatMap(({ path, rule }) => hang('- ', `${path}  (${rule})`, page.columns, 2));
}

/** `until 2026-02-01 00:00 UTC`, or `for good`. */
export function untilWords(until: string | null): string {
  return until === null ? 'for good' : `until ${momentOf(until)}`;
}

function needsWords(needs: readonly string[]): string {
  return needs.length === 0 ? '' : `, after ${needs.map(shortSha).join(', ')}`;
}

function rejectedLines(evidence: Extract<Evidence, { kind: 'rejected' }>, page: Page): readonly string[] {
  const { failures } = evidence;
  const shown = failures
    .slice(0, MOST_FAILURES)
    .flatMap((failure) => [
      ...hang(
        '✗ ',
        `${failure.check}: ${failure.name}${failure.file === null ? '' : ` (${failure.file})`}`,
        page.columns,
        2,
      ),
      ...(failure.message === '' || failure.message === failure.name ? [] : hang('', failure.message, page.columns, 6)),
    ]);
  const more = failures.length - MOST_FAILURES;
  const origin = rejectionWords(evidence).flatMap((words) => hang('', words, page.columns, 2));
  return [...shown, ...(more > 0 ? [`  … and ${counted(more, 'more failure')}`] : []), ...origin];
}

function conflictLines(file: ConflictFile, page: Page): readonly string[] {
  const authors = `last changed here by ${file.lastAuthorHere ?? 'nobody known'}, there by ${file.lastAuthorThere ?? 'nobody known'}`;
  return [
    ...hang('! ', `${file.path} (${file.type}), ${authors}`, page.columns, 2),
    ...file.hunks.flatMap((hunk) => hunkLines(hunk, page)),
  ];
}

/** A small diff: what the target has, then what the sibling wants. */
function hunkLines({ line, ours, theirs }: ConflictHunk, page: Page): readonly string[] {
  const code = (text: string): string => cut(text.replaceAll('\t', '  '), page.columns - 8);
  return [
    page.paint.dim(`      line ${line}, - target, + sibling`),
    ...ours.map((text) => page.paint.red(`      - ${code(text)}`.trimEnd())),
    ...theirs.map((text) => page.paint.green(`      + ${code(text)}`.trimEnd())),
  ];
}

function prerequisiteLines(prerequisites: readonly Prerequisite[], page: Page): readonly string[] {
  if (prerequisites.length === 0) return [];
  const rows = prerequisites.flatMap(({ sha, subject, standing, paths }) =>
    hang('- ', `${shortSha(sha)} ${subject} (${standing}; ${paths.join(', ')})`, page.columns, 4),
  );
  return ['  It builds on earlier commits of the sibling that the target lacks:', ...rows];
}

import { shortSha } from '../../core/commit.js';
import { assertNever } from '../../core/errors.js';
import { proofWords, rejectionWords } from '../../core/evidenceWords.js';
import type { ConflictFile, DroppedFile, Evidence, Failure, Prerequisite } from '../../core/standing.js';
import { plainMarkdown } from '../plainMarkdown.js';

/** How many files, failures and prerequisites are named, and how many lines of a failure's message. */
const [MOST, LINES] = [5, 3];

function some<One>(all: readonly One[], lineOf: (one: One) => string): readonly string[] {
  const left = all.length - MOST;
  return [...all.slice(0, MOST).map(lineOf), ...(left > 0 ? [`and ${left} more`] : [])];
}

const droppedLine = ({ path, rule }: DroppedFile): string => `${plainMarkdown(path)}: ${plainMarkdown(rule)}`;

function conflictLine({ path, type, lastAuthorHere, lastAuthorThere }: ConflictFile): string {
  const authors = [
    lastAuthorHere === null ? null : `here last by ${plainMarkdown(lastAuthorHere, 60)}`,
    lastAuthorThere === null ? null : `there last by ${plainMarkdown(lastAuthorThere, 60)}`,
  ].filter((part) => part !== null);
  return `${plainMarkdown(path)} (${[plainMarkdown(type), ...authors].join(', ')})`;
}

const prerequisiteLine = ({ sha, subject, standing }: Prerequisite): string =>
  `builds on \`${shortSha(sha)}\` ${plainMarkdown(subject, 120)} (${standing})`;

function failureLine({ check, name, file, message }: Failure): string {
  const where = file === null ? '' : ` in ${plainMarkdown(file, 200)}`;
  const said = message.split('\n').filter((line) => line.trim() !== '');
  const lines = said.slice(0, LINES).map((line) => `  \n  ${plainMarkdown(line, 200)}`);
  const what = name === check ? '' : `: ${plainMarkdown(name, 200)}`;
  return `${plainMarkdown(check, 60)} breaks${what}${where}${lines.join('')}`;
}

/** What stands behind a standing, a line of Markdown each; foreign text is escaped. */
export function evidenceLines(evidence: Evidence): readonly string[] {
  switch (evidence.kind) {
    case 'rule':
      return some(evidence.files, droppedLine);
    case 'conflict':
      return [...some(evidence.files, conflictLine), ...some(evidence.prerequisites, prerequisiteLine)];
    case 'rejected':
      return [
        ...some(evidence.failures, failureLine),
        ...rejectionWords(evidence).map((words) => plainMarkdown(words, 300)),
      ];
    case 'review':
      return [
        `on branch ${plainMarkdown(evidence.branch)}`,
        ...(evidence.checks.length === 0
          ? []
          : [`passes ${evidence.checks.map((check) => plainMarkdown(check, 60)).join(', ')}`]),
        ...proofWords(evidence).map((words) => plainMarkdown(words, 500)),
      ];
    case 'candidate':
      return evidence.needs.length === 0
        ? []
        : [`travels with ${evidence.needs.slice(0, MOST).map(shortSha).join(', ')}`];
    case 'cancelled':
      return [`taken back by \`${shortSha(evidence.by)}\``];
    case 'landed':
      return [`as \`${shortSha(evidence.pick)}\``];
    case 'present':
      return evidence.in === null ? [] : [`as \`${shortSha(evidence.in)}\``];
    case 'waiting':
    case 'declined':
      return [];
    default:
      return assertNever(evidence);
  }
}

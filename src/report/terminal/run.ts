import { shortSha } from '../../core/commit.js';
import type { IncomingCommit, RunReport, SiblingReport } from '../../core/enhancement.js';
import type { Standing } from '../../core/standing.js';
import { addCounts, counted, countStandings, type StandingCounts, summaryOf } from '../standingWords.js';
import { spanOf } from '../time.js';
import { commandLines } from './commands.js';
import { cut, hang, wrap } from './layout.js';
import type { Page } from './page.js';
import { siblingLines } from './sibling.js';

const NO_SIBLING =
  'No sibling is configured. Name one under "siblings" in .autosync/config.json, or delete the file and run `autosync init` to find some.';
/** Standings of commits that may still come. */
const OPEN: ReadonlySet<Standing> = new Set(['review', 'conflict', 'rejected', 'candidate', 'waiting']);

type Commands = readonly (readonly [string, string])[];

/** What `scan`, `sync`, `apply` and `undo` print: sibling by sibling, then what landed, what to do next, and totals. */
export function runLines(report: RunReport, page: Page): readonly string[] {
  const landedNow = report.target.head !== report.target.landedHead;
  const sections = report.siblings.flatMap((sibling) => ['', ...siblingLines(sibling, page, landedNow)]);
  const quiet = isQuiet(report);
  return [
    titleLine(report, page),
    ...report.notes.flatMap((note) => hang('note: ', note, page.columns, 2)),
    ...(quiet && !page.verbose ? [] : sections),
    '',
    ...(quiet ? quietLines(report, page) : []),
    ...(report.siblings.length === 0 ? hang('! ', NO_SIBLING, page.columns) : []),
    ...landedLines(report, page),
    ...nextLines(quiet ? quietCommands(report) : nextCommands(report), page),
    ...totalLines(report, page),
  ];
}

/** True when no sibling failed, none brought anything, and the target stayed as it was. */
export function isQuiet({ command, target, siblings }: RunReport): boolean {
  const still = ({ error, unchanged, commits }: SiblingReport): boolean =>
    error === null && (unchanged || commits.length === 0);
  const looked = command === 'scan' || command === 'sync';
  return looked && siblings.length > 0 && target.head === target.landedHead && siblings.every(still);
}

/** Nothing new is in step only when nothing waits either. */
function quietLines({ siblings }: RunReport, { paint }: Page): readonly string[] {
  const open = siblings.some(({ commits }) => commits.some(({ standing }) => OPEN.has(standing)));
  const where = counted(siblings.length, 'sibling');
  return [
    open ? `Nothing is new in ${where} since the last run.` : paint.green(`In step with ${where}; nothing is new.`),
  ];
}

function titleLine({ command, dryRun, target, run }: RunReport, { paint, columns }: Page): string {
  const what = dryRun ? `${command}, a dry run` : command;
  const where = cut(`${target.branch} at ${shortSha(target.head)}`, 70);
  const id = cut(`run ${run}`, Math.max(10, columns - what.length - where.length - 5));
  return `${paint.bold(what)}  ${where}  ${paint.dim(id)}`;
}

function landedLines({ command, target, run }: RunReport, page: Page): readonly string[] {
  if (target.head === target.landedHead) return [];
  const moved = `${target.branch} went from ${shortSha(target.head)} to ${shortSha(target.landedHead)}.`;
  const words = hang('✓ ', moved, page.columns).map((line) => page.paint.green(line));
  return command === 'undo' ? words : [...words, ...commandLines([[`autosync undo ${run}`, 'takes it back']], page)];
}

function nextLines(commands: Commands, page: Page): readonly string[] {
  return commands.length === 0 ? [] : ['Next:', ...commandLines(commands, page)];
}

/** Nothing is new, but there may be something that still waits. */
function quietCommands({ command, siblings }: RunReport): Commands {
  const commits = siblings.flatMap((sibling) => sibling.commits);
  const count = (...standings: readonly Standing[]): number =>
    commits.filter(({ standing }) => standings.includes(standing)).length;
  const [waiting, candidates] = [count('review', 'conflict', 'rejected'), count('candidate')];
  return [
    ...(candidates > 0 && command === 'scan' ? [syncCommand(candidates)] : []),
    ...(waiting > 0 ? [['autosync status', `shows ${counted(waiting, 'commit')} that did not land`] as const] : []),
  ];
}

const syncCommand = (candidates: number): Commands[number] => [
  'autosync sync',
  `validates ${counted(candidates, 'candidate')} and lands what fits`,
];

/** What a sync would do now, after a dry run decided on what it validated. */
function dryRunWords(commits: readonly IncomingCommit[]): string {
  const decided = commits.filter(({ standing }) => standing === 'candidate');
  const merges = decided.filter(({ verdict }) => verdict === 'auto-merge').length;
  const offers = decided.filter(({ verdict }) => verdict === 'review').length;
  return `lands ${merges} and offers ${offers} for review`;
}

function nextCommands({ command, dryRun, siblings, held }: RunReport): Commands {
  // Whatever lands is refused then; what helps is in the note.
  if (held !== undefined) return [['autosync status', 'shows what is remembered']];
  const commits = siblings.flatMap((sibling) => sibling.commits);
  const counts = countStandings(commits);
  const review = commits.find(({ standing }) => standing === 'review');
  const stuck = commits.find(({ standing }) => standing === 'conflict' || standing === 'rejected');
  const told: Commands[number][] = [];
  if (dryRun && commits.some(({ verdict }) => verdict !== null)) told.push(['autosync sync', dryRunWords(commits)]);
  else if (counts.candidate !== undefined && (command === 'scan' || dryRun)) told.push(syncCommand(counts.candidate));
  if (review !== undefined) {
    const sha = shortSha(review.sha);
    told.push([`autosync explain ${sha}`, 'says what is known of it']);
    told.push([`autosync apply ${sha}`, 'lands it on your word']);
    told.push([`autosync decline ${sha} --because TEXT`, 'keeps it out']);
  } else if (stuck !== undefined) {
    told.push([`autosync explain ${shortSha(stuck.sha)}`, 'shows what stands in its way']);
  }
  if (siblings.some(({ error }) => error !== null)) told.push(['autosync doctor', 'checks why a sibling failed']);
  return told;
}

function totalLines(report: RunReport, page: Page): readonly string[] {
  const counts: StandingCounts = addCounts(report.siblings.map(({ commits }) => countStandings(commits)));
  const commits = report.siblings.reduce((sum, sibling) => sum + sibling.commits.length, 0);
  const failed = report.siblings.filter(({ error }) => error !== null).length;
  const trouble = failed === 0 ? '' : `, ${failed} failed`;
  const took = spanOf(Date.parse(report.endedAt) - Date.parse(report.startedAt));
  const summary = commits === 0 ? '' : `: ${summaryOf(counts)}`;
  const text = `${counted(report.siblings.length, 'sibling')}${trouble}, ${counted(commits, 'incoming commit')}${summary}, in ${took}.`;
  return wrap(text, page.columns).map((line) => page.paint.dim(line));
}

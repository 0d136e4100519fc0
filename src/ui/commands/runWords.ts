import type { RunReport } from '../../core/enhancement.js';
import type { IncomingRow, LandingPlace, Overview } from '../../core/overview.js';
import type { Standing } from '../../core/standing.js';
import { isExpiryNote } from '../../core/tokenExpiry.js';
import { editorWords } from '../editorWords.js';
import { forgeName } from '../landingPlace.js';
import { plainLabel } from '../plainLabel.js';
import { listing, quantity } from '../quantity.js';

/** Where a person mends a sibling that could not be read, or signs in so that a run may land. */
export type Mending = 'token' | 'configuration' | 'signIn';

/** What a run came to, as a notification. */
export interface RunTold {
  readonly kind: 'information' | 'warning';
  readonly text: string;
  /** True when something landed that can be taken back. */
  readonly landed: boolean;
  /** True when something fits that was not validated yet. */
  readonly toValidate: boolean;
  /** What mends a run that was held, or a sibling that could not be read; null when nothing is known to help. */
  readonly mending: Mending | null;
}

/** What lands on a forge is not here yet. */
const PULL = 'Pull to have it here.';

/** How many notes of a run a notification repeats. */
const MOST_NOTES = 1;

const WORDS: readonly (readonly [Standing, (count: number) => string])[] = [
  ['review', (count) => `${count} for review`],
  ['conflict', (count) => quantity(count, 'conflict')],
  ['rejected', (count) => `${count} rejected`],
  ['candidate', (count) => quantity(count, 'candidate')],
  ['waiting', (count) => `${count} waiting`],
];

/** What stands open, in words: `2 for review, 1 conflict`; empty when nothing does. */
export function openWords(rows: readonly Pick<IncomingRow, 'standing'>[]): readonly string[] {
  return WORDS.flatMap(([standing, words]) => {
    const count = rows.filter((row) => row.standing === standing).length;
    return count === 0 ? [] : [words(count)];
  });
}

const landedBy = (run: string, overview: Overview): number =>
  overview.landings
    .filter((landing) => landing.run === run && landing.how !== 'undo')
    .reduce((sum, { picks }) => sum + picks.length, 0);

function failures({ siblings }: RunReport): readonly string[] {
  const failed = siblings.filter(({ error }) => error !== null);
  if (failed.length === 1) return [editorWords(failed[0]?.error ?? '')];
  return failed.length === 0 ? [] : [`${listing(failed.map(({ name }) => name))} failed.`];
}

/** A token opens an address only; a folder is mended where it is named. */
function mendingOf({ siblings, held }: RunReport, overview: Overview): Mending | null {
  const folders = new Set(overview.siblings.filter(({ folder }) => folder !== null).map(({ name }) => name));
  if (held !== undefined) return 'signIn';
  const ways = siblings.map(({ name, errorCode }): Mending | null => {
    if (errorCode === 'sibling-refused') return folders.has(name) ? 'configuration' : 'token';
    return errorCode === 'sibling-no-branch' || errorCode === 'sibling-unreachable' ? 'configuration' : null;
  });
  return ways.find((way) => way === 'token') ?? ways.find((way) => way !== null) ?? null;
}

function sentence(report: RunReport, overview: Overview, landed: number): string {
  // What could not be read is no part of what was looked at.
  const names = report.siblings.filter(({ error }) => error === null).map(({ name }) => name);
  if (names.length === 0) return '';
  const about = new Set(names);
  const open = openWords(overview.rows.filter(({ sibling }) => about.has(sibling)));
  const parts = [...(landed === 0 ? [] : [`${landed} landed`]), ...open];
  const what = report.command === 'scan' || report.held !== undefined ? 'Scanned' : 'Synced with';
  const pull = landed > 0 && forgeName(overview.lands) !== null ? ` ${PULL}` : '';
  if (parts.length > 0) return `${what} ${listing(names)}: ${parts.join(', ')}.${pull}`;
  return failures(report).length > 0 ? '' : `In step with ${listing(names)}.`;
}

/** A scan or a whole run: what landed, what waits, what failed. `overview` as it is after the run. */
export function runTold(report: RunReport, overview: Overview): RunTold {
  const landed = landedBy(report.run, overview);
  const failed = failures(report);
  // That a token ends is told once a day, and by itself.
  const notes = report.notes
    .filter((note) => !isExpiryNote(note))
    .slice(0, MOST_NOTES)
    .map(editorWords);
  const text = [sentence(report, overview, landed), ...failed, ...notes].filter(Boolean).join(' ');
  return {
    kind: failed.length > 0 || report.held !== undefined ? 'warning' : 'information',
    text: plainLabel(text, 500),
    landed: landed > 0,
    toValidate:
      report.held === undefined &&
      report.command === 'scan' &&
      overview.rows.some(({ standing }) => standing === 'candidate'),
    mending: mendingOf(report, overview),
  };
}

/** What was applied: `Applied 2 commits of acme to main.` */
export function appliedTold(report: RunReport, lands?: LandingPlace): RunTold {
  const count = report.siblings.reduce((sum, { commits }) => sum + commits.length, 0);
  const names = listing(report.siblings.map(({ name }) => name));
  const forge = forgeName(lands);
  const what = `${quantity(count, 'commit')} of ${names}`;
  const text =
    forge === null
      ? `Applied ${what} to ${report.target.branch}.`
      : `Merged ${what} into ${report.target.branch} of ${forge} by a pull request. ${PULL}`;
  return { kind: 'information', text: plainLabel(text), landed: true, toValidate: false, mending: null };
}

/** What was taken back. */
export function undoneTold(report: RunReport, lands?: LandingPlace): RunTold {
  const count = report.siblings.reduce((sum, { commits }) => sum + commits.length, 0);
  const moved = report.target.head !== report.target.landedHead;
  const forge = forgeName(lands);
  const how = forge === null ? ', with one new commit on top.' : ` of ${forge}, by a pull request. ${PULL}`;
  const text = moved
    ? `Took ${quantity(count, 'commit')} back from ${report.target.branch}${how}`
    : `${report.target.branch} has nothing of that run any more; it is remembered as undone.`;
  return { kind: 'information', text: plainLabel(text), landed: false, toValidate: false, mending: null };
}

/** A run for the log: one line for each sibling. */
export function runLines(report: RunReport): readonly string[] {
  const seconds = Math.max(0, Date.parse(report.endedAt) - Date.parse(report.startedAt)) / 1000;
  return [
    `${report.command} ${report.run} ended after ${seconds.toFixed(1)} s on ${report.target.branch}`,
    ...report.siblings.map(({ name, error, unchanged, commits }) =>
      error === null
        ? `  ${name}: ${unchanged ? 'nothing new' : quantity(commits.length, 'commit')}`
        : `  ${name}: ${error}`,
    ),
    ...report.notes.map((note) => `  ${note}`),
  ];
}

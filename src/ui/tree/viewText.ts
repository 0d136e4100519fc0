import { ATTENTION_STANDINGS } from '../../core/kpi.js';
import type { Overview } from '../../core/overview.js';
import type { RowFilter } from '../../core/rowFilter.js';
import { sanitize } from '../../core/sanitize.js';
import type { Standing } from '../../core/standing.js';
import { clockText } from '../bar/clock.js';
import { landsSentence } from '../landingPlace.js';
import { quantity } from '../quantity.js';
import { faceOf } from '../state/face.js';
import type { TargetState, WindowState } from '../state/model.js';
import { agoText } from './age.js';
import { type Choices, SETTLED } from './choices.js';
import { standingWord } from './standingWords.js';

/** What the line above the rows depends on. */
export interface MessageInput {
  readonly window: WindowState;
  readonly now: number;
  readonly listing: {
    /** How many commits are shown. */
    readonly shown: number;
    /** To what the list is limited, in words; null when it is not. */
    readonly limit: string | null;
  };
  /** IANA name; default: the reader's own. */
  readonly timeZone?: string;
}

const FOR_PERSONS: ReadonlySet<Standing> = new Set(ATTENTION_STANDINGS);

const overviewsOf = (window: WindowState): readonly Overview[] =>
  window.targets.flatMap(({ overview }) => (overview === null ? [] : [overview]));

const latest = (moments: readonly (string | null)[]): string | null =>
  moments.reduce((last, at) => (at !== null && (last === null || at > last) ? at : last), null);

/** What was lost with the state, by what it was read from; the whole story is in the status bar's tooltip. */
const LOST: Readonly<Partial<Record<Overview['health']['source'], string>>> = {
  backup: ' What was decided since its last backup may be missing.',
  trailers: ' Decisions and the history of runs were lost; what landed is known from your log.',
};

function recovered(overviews: readonly Overview[]): string | null {
  const hurt = overviews.find(({ health }) => health.notes.length > 0);
  return hurt === undefined
    ? null
    : `What AutoSync remembers was damaged and rebuilt.${LOST[hurt.health.source] ?? ' Nothing is lost.'}`;
}

const RESTRICTED =
  'Restricted Mode: AutoSync shows what it remembers. It asks no sibling, runs no checks and lands nothing.';

function offline({ targets }: WindowState, now: number, timeZone?: string): string | null {
  const polling = targets.find((target) => target.polling.offline)?.polling;
  if (polling === undefined) return null;
  const next = polling.nextAt === null ? '' : `, trying again at ${clockText(polling.nextAt, now, timeZone)}`;
  return `No network: siblings elsewhere could not be reached${next}.`;
}

/** A run that works while nothing is under way in this window; one that was killed stays `running`, but is not busy. */
function elsewhere({ targets }: WindowState, now: number, timeZone?: string): string | null {
  const run = targets
    .filter(({ activity, overview }) => activity === null && overview?.busy === true)
    .map(({ overview }) => overview?.lastRun)
    .find((last) => last?.outcome === 'running');
  const since = run === undefined || run === null ? null : clockText(Date.parse(run.startedAt), now, timeZone);
  return since === null ? null : `Another window or terminal runs AutoSync here since ${since}.`;
}

/** Where pull requests wait for a token, nothing else is said of what could be proved or landed. */
function signedOut(overviews: readonly Overview[]): string | null {
  const waiting = overviews.find(({ lands }) => lands.kind === 'signed-out');
  return waiting === undefined ? null : landsSentence(waiting);
}

/** What stands open, and the next step; of one that is under way nobody is told to begin it. */
function stepText(overviews: readonly Overview[], now: number, isBusy: boolean): string | null {
  const siblings = overviews.flatMap((overview) => overview.siblings);
  const failed = siblings.filter(({ error }) => error !== null);
  const checkedAt = latest(overviews.map((overview) => overview.checkedAt));
  if (checkedAt === null) return 'The siblings were not looked at yet. Scan to see what they have.';
  const checked = `checked ${agoText(checkedAt, now)}`;
  if (failed.length > 0)
    return `${failed.length} of ${quantity(siblings.length, 'sibling')} could not be read, ${checked}. Point at it to see why.`;
  const open = overviews.flatMap(({ rows }) => rows).filter(({ standing }) => !SETTLED.has(standing));
  if (open.length === 0) return `In step with ${quantity(siblings.length, 'sibling')}, ${checked}.`;
  if (open.some(({ standing }) => FOR_PERSONS.has(standing))) return null;
  const candidates = open.filter(({ standing }) => standing === 'candidate').length;
  return candidates === 0
    ? `Nothing new waits for you, ${checked}.`
    : `${quantity(candidates, 'commit')} ${candidates === 1 ? 'picks' : 'pick'} cleanly, ${checked}.${isBusy ? '' : ' Sync to prove what fits.'}`;
}

function shownText(overviews: readonly Overview[], shown: number, limit: string): string {
  const all = overviews.reduce((sum, { rows }) => sum + rows.length, 0);
  return `Showing ${shown.toLocaleString('en-US')} of ${quantity(all, 'commit')}: ${limit}`;
}

/**
 * The sentence above the rows; undefined when the rows say it all, and where the view shows a welcome instead: it has
 * another face, or a filter leaves nothing.
 */
export function viewMessage({ window, now, listing, timeZone }: MessageInput): string | undefined {
  const { shown, limit } = listing;
  if (faceOf(window) !== 'rows' || (limit !== null && shown === 0)) return undefined;
  const overviews = overviewsOf(window);
  const isBusy = window.targets.some(({ activity }) => activity !== null);
  const step = signedOut(overviews) ?? (limit === null ? stepText(overviews, now, isBusy) : null);
  const sentences = [
    recovered(overviews),
    window.trusted ? (offline(window, now, timeZone) ?? elsewhere(window, now, timeZone) ?? step) : RESTRICTED,
    limit === null ? null : shownText(overviews, shown, limit),
  ];
  return sentences.filter((sentence) => sentence !== null).join(' ') || undefined;
}

const waits = ({ overview }: TargetState): number =>
  (overview?.rows ?? []).filter(({ standing }) => FOR_PERSONS.has(standing)).length;

/** The number on the view's icon, with what it counts: commits that wait for a person. Undefined when none does. */
export function waitingBadge({
  targets,
}: WindowState): { readonly value: number; readonly tooltip: string } | undefined {
  const value = targets.reduce((sum, target) => sum + waits(target), 0);
  return value === 0
    ? undefined
    : { value, tooltip: `${quantity(value, 'commit')} ${value === 1 ? 'waits' : 'wait'} for you` };
}

/** To what the list is limited, in words; empty when it is not. `folder` is the name of the only folder shown. */
export function limitText({ sibling, standings, verdicts, text }: RowFilter, folder: string | null): string {
  const parts = [
    folder === null ? null : sanitize(folder, 60),
    sibling === undefined ? null : sanitize(sibling, 60),
    standings?.map(standingWord).join(', '),
    verdicts?.join(', '),
    text === undefined || text.trim() === '' ? null : `"${sanitize(text, 60)}"`,
  ];
  return parts.filter(Boolean).join(' · ');
}

/** What the view's title adds to its name: to what it is limited, else the grouping when it is not the usual one. */
export const viewDescription = ({ groupBy }: Choices, limit: string): string =>
  limit || (groupBy === 'sibling' ? '' : `by ${groupBy}`);

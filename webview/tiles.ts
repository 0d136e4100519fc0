import { ATTENTION_STANDINGS, type Kpis, type LeadTime, type RunKpi, type Share } from '../src/core/kpi.js';
import type { RowFilter } from '../src/core/rowFilter.js';
import { counted, countText, percentText, shortCountText, spanText } from './words.js';

/** Where a figure leads. */
export type Lead =
  /** To the rows it is made of, in the tree. */
  | { readonly kind: 'rows'; readonly filter: RowFilter }
  | { readonly kind: 'tab'; readonly tab: 'runs' }
  /** Nothing stands behind it. */
  | { readonly kind: 'nowhere' };

/** One figure. */
export interface Tile {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly detail: string;
  readonly lead: Lead;
  /** True for what wants attention. */
  readonly isUrgent: boolean;
}

/** Stands where there is no figure yet. */
export const NO_FIGURE = '\u2013';

const rowsWhen = (count: number, filter: RowFilter): Lead =>
  count === 0 ? { kind: 'nowhere' } : { kind: 'rows', filter };

const runsWhen = (count: number): Lead => (count === 0 ? { kind: 'nowhere' } : { kind: 'tab', tab: 'runs' });

const rateText = (rate: number | null): string => (rate === null ? NO_FIGURE : percentText(rate));

function waitingTile({ standings }: Kpis): Tile {
  const { review, conflict } = standings;
  const waiting = review + conflict;
  return {
    key: 'waiting',
    label: 'Waits for you',
    value: shortCountText(waiting),
    detail: waiting === 0 ? 'Nothing to decide' : `${countText(review)} to review, ${countText(conflict)} in conflict`,
    lead: rowsWhen(waiting, { standings: ATTENTION_STANDINGS }),
    isUrgent: waiting > 0,
  };
}

const landedTile = ({ standings, siblings }: Kpis): Tile => ({
  key: 'landed',
  label: 'Landed',
  value: shortCountText(standings.landed),
  detail:
    standings.landed === 0
      ? 'nothing landed yet'
      : `from ${counted(siblings.filter(({ counts }) => counts.landed > 0).length, 'sibling')}`,
  lead: rowsWhen(standings.landed, { standings: ['landed'] }),
  isUrgent: false,
});

const HOUR = 3600;

function leadTile({ landed, medianHours, slowestHours }: LeadTime): Tile {
  const isKnown = medianHours !== null && slowestHours !== null;
  return {
    key: 'lead-time',
    label: 'Lead time, median',
    value: isKnown ? spanText(medianHours * HOUR) : NO_FIGURE,
    detail: isKnown
      ? `from written there to landed here; slowest ${spanText(slowestHours * HOUR)}`
      : 'from written there to landed here',
    lead: rowsWhen(landed, { standings: ['landed'] }),
    isUrgent: false,
  };
}

const shareDetail = ({ part, whole }: Share, of: string, none: string): string =>
  whole === 0 ? none : `${countText(part)} of ${countText(whole)} ${of}`;

const autoMergeTile = (share: Share): Tile => ({
  key: 'auto-merge',
  label: 'Auto-merge rate',
  value: rateText(share.rate),
  detail: shareDetail(share, 'landed without a person', 'nothing landed yet'),
  lead: rowsWhen(share.part, { standings: ['landed'], verdicts: ['auto-merge'] }),
  isUrgent: false,
});

const rejectionTile = (share: Share): Tile => ({
  key: 'rejection',
  label: 'Rejection rate',
  value: rateText(share.rate),
  detail: shareDetail(share, `validated ${share.part === 1 ? 'was' : 'were'} rejected`, 'nothing validated yet'),
  lead: rowsWhen(share.part, { verdicts: ['rejected'] }),
  isUrgent: false,
});

/** Why there is no figure of runs: those that a person cancelled count for none. */
const noRunWords = (total: number): string => (total === 0 ? 'no run ended yet' : 'every run was cancelled');

function successTile({ total, outcomes, successRate }: RunKpi): Tile {
  return {
    key: 'success',
    label: 'Success rate of runs',
    value: rateText(successRate),
    detail:
      successRate === null
        ? noRunWords(total)
        : `${countText(outcomes.done)} of ${counted(total - outcomes.cancelled, 'run')} without a fault`,
    lead: runsWhen(total),
    isUrgent: false,
  };
}

function durationTile({ total, medianSeconds, slowestSeconds }: RunKpi): Tile {
  return {
    key: 'duration',
    label: 'Run duration, median',
    value: medianSeconds === null ? NO_FIGURE : spanText(medianSeconds),
    detail: slowestSeconds === null ? noRunWords(total) : `slowest ${spanText(slowestSeconds)}`,
    lead: runsWhen(total),
    isUrgent: false,
  };
}

/** The figures of the overview, what wants attention first. */
export const tilesOf = (kpis: Kpis): readonly Tile[] => [
  waitingTile(kpis),
  landedTile(kpis),
  leadTile(kpis.leadTime),
  autoMergeTile(kpis.autoMerge),
  rejectionTile(kpis.rejection),
  successTile(kpis.runs),
  durationTile(kpis.runs),
];

/** What is new, in the words that are read aloud. */
export function spokenSummary(kpis: Kpis): string {
  const { review, conflict } = kpis.standings;
  const failing = kpis.siblings.filter(({ error }) => error !== null).length;
  const waits = `${counted(review + conflict, 'commit')} waiting for you, ${countText(kpis.standings.landed)} landed.`;
  return failing === 0 ? waits : `${waits} ${counted(failing, 'sibling')} could not be read.`;
}

import type { EndedRun, RunKpi } from '../src/core/kpi.js';
import { element, paragraph } from './elements.js';
import { moment } from './moments.js';
import { runSummary } from './runSummary.js';
import { type Cell, type Column, type Row, table } from './table.js';
import { countText, momentText, spanText } from './words.js';

const COLUMNS: readonly Column[] = [
  { title: 'Started' },
  { title: 'Command' },
  { title: 'Outcome' },
  { title: 'Took', className: 'number' },
  { title: 'Landed', className: 'number' },
];

const text = (words: string, className = ''): Cell => ({ content: [element('span', { text: words, className })] });

function outcomeCell({ outcome }: EndedRun): Cell {
  const mark = element('span', { className: `swatch run-${outcome}`, attributes: { 'aria-hidden': 'true' } });
  return { className: 'outcome', content: [mark, element('span', { text: outcome })] };
}

const runRow = (run: EndedRun): Row => ({
  cells: [
    { content: [moment(run.startedAt, 'ago')] },
    text(run.command),
    outcomeCell(run),
    text(spanText(run.seconds)),
    text(countText(run.landed), run.landed === 0 ? 'none' : ''),
  ],
});

function column({ startedAt, outcome, seconds }: EndedRun, slowest: number): HTMLElement {
  const made = element('span', {
    className: `column run-${outcome}`,
    attributes: { title: `${momentText(startedAt)}: ${outcome}, ${spanText(seconds)}` },
  });
  made.style.setProperty('--part', String(slowest === 0 ? 1 : seconds / slowest));
  return made;
}

/** The newest runs as columns, oldest first, as high as they took long; the table below says the same in words. */
function strip(recent: readonly EndedRun[]): HTMLElement {
  const slowest = recent.reduce((most, { seconds }) => Math.max(most, seconds), 0);
  const children = recent.toReversed().map((run) => column(run, slowest));
  return element('div', { className: 'strip', attributes: { 'aria-hidden': 'true' }, children });
}

/** The runs: how they ended, how long they took, what they landed. */
export function runList(runs: RunKpi): readonly HTMLElement[] {
  const summary = paragraph(runSummary(runs), 'lead');
  if (runs.recent.length === 0) return [summary];
  const note =
    runs.recent.length < runs.total ? [paragraph(`The newest ${runs.recent.length} are shown.`, 'quiet')] : [];
  return [summary, ...note, strip(runs.recent), table('Newest runs', COLUMNS, runs.recent.map(runRow))];
}

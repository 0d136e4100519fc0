import { ATTENTION_STANDINGS, OPEN_STANDINGS, type SiblingKpi } from '../src/core/kpi.js';
import type { RowFilter } from '../src/core/rowFilter.js';
import type { PageActions } from './actions.js';
import { element } from './elements.js';
import { moment, type Telling } from './moments.js';
import { type Cell, type Column, type Row, table } from './table.js';
import { NO_FIGURE } from './tiles.js';
import { countText } from './words.js';

const COLUMNS: readonly Column[] = [
  { title: 'Sibling' },
  { title: 'Apart', className: 'apart' },
  { title: 'Waits for you', className: 'number' },
  { title: 'Waiting since' },
  { title: 'Landed', className: 'number' },
  { title: 'Last seen' },
];

const nothing = (text: string): Cell => ({ content: [element('span', { text, className: 'none' })] });

/** A number that leads to its rows; `what` says it aloud, because a number alone says little. */
function countElement(count: number, what: string, filter: RowFilter, { reveal }: PageActions): HTMLElement {
  if (count === 0) return element('span', { text: '0', className: 'none' });
  const attributes = {
    type: 'button',
    'aria-label': `${countText(count)}: ${what}`,
    title: 'Show these commits in the tree',
    'data-key': `sibling-${what}`,
  };
  return element('button', {
    text: countText(count),
    className: 'link',
    attributes,
    onClick: () => reveal(filter),
  });
}

/** What went wrong, in words of its own: a colour alone would not say it. */
function faultOf(error: string): HTMLElement {
  const fault = element('div', { className: 'fault', children: [element('strong', { text: 'Could not be read. ' })] });
  fault.append(error);
  return fault;
}

/** How far apart, as a number and as a length: the sibling that is farthest fills the cell. */
function apartCell({ name, open }: SiblingKpi, farthest: number, actions: PageActions): Cell {
  const track = element('span', { className: 'track', attributes: { 'aria-hidden': 'true' } });
  track.style.setProperty('--part', String(farthest === 0 ? 0 : open / farthest));
  const number = countElement(open, `open of ${name}`, { sibling: name, standings: OPEN_STANDINGS }, actions);
  return { content: [element('span', { className: 'pair', children: [number, track] })] };
}

const momentCell = (iso: string | null, telling: Telling, none: string): Cell =>
  iso === null ? nothing(none) : { content: [moment(iso, telling)] };

function siblingRow(sibling: SiblingKpi, farthest: number, actions: PageActions): Row {
  const { name, waiting, counts, error } = sibling;
  const cells = [
    { content: [element('span', { text: name, className: 'name' })] },
    apartCell(sibling, farthest, actions),
    {
      content: [
        countElement(waiting, `waiting for you of ${name}`, { sibling: name, standings: ATTENTION_STANDINGS }, actions),
      ],
    },
    momentCell(sibling.waitingSince, 'age', waiting === 0 ? NO_FIGURE : 'unknown'),
    { content: [countElement(counts.landed, `landed of ${name}`, { sibling: name, standings: ['landed'] }, actions)] },
    momentCell(sibling.seenAt, 'ago', 'never'),
  ];
  return error === null ? { cells } : { cells, note: faultOf(error) };
}

/** The family as a table: how far apart, what waits for the reader, and since when. */
export function siblingTable(siblings: readonly SiblingKpi[], actions: PageActions): HTMLElement {
  const farthest = siblings.reduce((most, { open }) => Math.max(most, open), 0);
  const rows = siblings.map((sibling) => siblingRow(sibling, farthest, actions));
  return table('Siblings', COLUMNS, rows);
}

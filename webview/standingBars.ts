import { OPEN_STANDINGS, SETTLED_STANDINGS, type StandingCounts } from '../src/core/kpi.js';
import type { Standing } from '../src/core/standing.js';
import type { PageActions } from './actions.js';
import { element } from './elements.js';
import { STANDING_MEANING } from './standings.js';
import { countText } from './words.js';

const capitalised = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;

/** A colour for a standing is set by its class alone, so that the theme decides. */
const swatch = (standing: Standing): HTMLElement =>
  element('span', { className: `swatch ${standing}`, attributes: { 'aria-hidden': 'true' } });

function segment(standing: Standing, count: number): HTMLElement {
  const made = element('span', {
    className: `segment ${standing}`,
    attributes: { title: `${capitalised(standing)}: ${countText(count)}` },
  });
  made.style.setProperty('--share', String(count));
  return made;
}

function legendItem(standing: Standing, count: number, { reveal }: PageActions): HTMLElement {
  const children = [
    swatch(standing),
    element('span', { text: capitalised(standing), className: 'word' }),
    element('span', { text: countText(count), className: 'number' }),
  ];
  const title = STANDING_MEANING[standing];
  const item =
    count === 0
      ? element('span', { className: 'entry none', attributes: { title }, children })
      : element('button', {
          className: 'entry',
          attributes: { type: 'button', title, 'data-key': `standing-${standing}` },
          children,
          onClick: () => reveal({ standings: [standing] }),
        });
  return element('li', { children: [item] });
}

interface Group {
  readonly title: string;
  readonly meaning: string;
  readonly standings: readonly Standing[];
}

const GROUPS: readonly Group[] = [
  { title: 'Open', meaning: 'not in the target, not settled', standings: OPEN_STANDINGS },
  { title: 'Settled', meaning: 'nothing left to do', standings: SETTLED_STANDINGS },
];

function groupElement({ title, meaning, standings }: Group, counts: StandingCounts, actions: PageActions): HTMLElement {
  const total = standings.reduce((sum, standing) => sum + counts[standing], 0);
  const there = standings.filter((standing) => counts[standing] > 0);
  const heading = element('h3', {
    children: [
      element('span', { text: title }),
      element('span', { text: countText(total), className: 'total' }),
      element('span', { text: meaning, className: 'quiet' }),
    ],
  });
  const bar = element('div', {
    className: 'bar',
    // The numbers beside it say the same.
    attributes: { 'aria-hidden': 'true' },
    children: there.map((standing) => segment(standing, counts[standing])),
  });
  const items = standings.map((standing) => legendItem(standing, counts[standing], actions));
  const legend = element('ul', {
    className: 'legend',
    attributes: { role: 'list', 'aria-label': title },
    children: items,
  });
  return element('div', { className: 'group', children: [heading, bar, legend] });
}

/** Where all incoming commits stand: one bar for what is open, one for what is settled, each with its numbers. */
export const standingBars = (counts: StandingCounts, actions: PageActions): HTMLElement =>
  element('div', { className: 'groups', children: GROUPS.map((group) => groupElement(group, counts, actions)) });

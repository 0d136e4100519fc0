import { assertNever } from '../src/core/errors.js';
import type { PageActions } from './actions.js';
import { element } from './elements.js';
import type { Lead, Tile } from './tiles.js';

/** What a click on a figure does; null when it leads nowhere. */
function clickOf(lead: Lead, actions: PageActions): (() => void) | null {
  switch (lead.kind) {
    case 'rows':
      return () => actions.reveal(lead.filter);
    case 'tab':
      return () => actions.open(lead.tab);
    case 'nowhere':
      return null;
    default:
      return assertNever(lead);
  }
}

const titleOf = (lead: Lead): string => (lead.kind === 'tab' ? 'Show the runs' : 'Show these commits in the tree');

function tileElement({ key, label, value, detail, lead, isUrgent }: Tile, actions: PageActions): HTMLElement {
  const children = [
    element('span', { text: label, className: 'label' }),
    element('span', { text: value, className: 'value' }),
    element('span', { text: detail, className: 'detail' }),
  ];
  const className = isUrgent ? 'tile urgent' : 'tile';
  const onClick = clickOf(lead, actions);
  if (onClick === null) return element('div', { className, children });
  const attributes = { type: 'button', title: titleOf(lead), 'data-key': `tile-${key}` };
  return element('button', { className, children, attributes, onClick });
}

/** The figures as cards; each is a button when something stands behind it. */
export const tileList = (tiles: readonly Tile[], actions: PageActions): HTMLElement =>
  element('ul', {
    className: 'tiles',
    // A list without bullets is none to some screen readers, unless it says so.
    attributes: { role: 'list', 'aria-label': 'Figures' },
    children: tiles.map((tile) => element('li', { children: [tileElement(tile, actions)] })),
  });

import type { PageActions } from './actions.js';
import { element, paragraph } from './elements.js';
import type { Offer, Vacancy } from './vacancy.js';

function offerButton({ label, does }: Offer, index: number, actions: PageActions): HTMLElement {
  return element('vscode-button', {
    text: label,
    attributes: { appearance: index === 0 ? 'primary' : 'secondary', 'data-key': `offer-${does}` },
    onClick: () => (does === 'refresh' ? actions.refresh() : actions.run(does)),
  });
}

/** What is said where there are no figures, with the way on. */
export function vacancyCard({ tone, title, lines, offers }: Vacancy, actions: PageActions): HTMLElement {
  const buttons = offers.map((offer, index) => offerButton(offer, index, actions));
  return element('section', {
    className: `vacancy ${tone}`,
    children: [
      element('h2', { text: title }),
      ...lines.map((line) => paragraph(line)),
      ...(buttons.length === 0 ? [] : [element('div', { className: 'offers', children: buttons })]),
    ],
  });
}

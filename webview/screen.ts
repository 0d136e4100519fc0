import type { Kpis } from '../src/core/kpi.js';
import type { ToPage } from '../src/core/protocol.js';
import type { PageActions } from './actions.js';
import { element, section } from './elements.js';
import { type Frame, showTabs } from './frame.js';
import { header } from './header.js';
import { redraw } from './redraw.js';
import { runList } from './runList.js';
import { siblingTable } from './siblingTable.js';
import { standingBars } from './standingBars.js';
import { tileList } from './tileList.js';
import { spokenSummary, tilesOf } from './tiles.js';
import { vacancyOf } from './vacancy.js';
import { vacancyCard } from './vacancyCard.js';

/** A message with something to show. */
export type Content = Extract<ToPage, { readonly kind: 'content' }>;

const overview = (kpis: Kpis, actions: PageActions): readonly HTMLElement[] => [
  tileList(tilesOf(kpis), actions),
  section('Siblings', [siblingTable(kpis.siblings, actions)]),
  section('Where incoming commits stand', [standingBars(kpis.standings, actions)]),
];

/** Draws what a message holds, and returns it in the words that are read aloud. */
export function drawContent(frame: Frame, { content, targets, chosen }: Content, actions: PageActions): string {
  const kpis = content.kind === 'figures' ? content.kpis : null;
  const data = { targets, chosen, checkedAt: kpis?.checkedAt };
  const vacancy = vacancyOf(content);
  redraw(frame.header, data, () => header(data, actions));
  redraw(frame.vacancy, vacancy, () => (vacancy === null ? [] : [vacancyCard(vacancy, actions)]));
  showTabs(frame, vacancy === null);
  if (kpis === null || vacancy !== null) return vacancy?.title ?? '';
  redraw(frame.views.overview, kpis, () => overview(kpis, actions));
  redraw(frame.views.runs, kpis.runs, () => runList(kpis.runs));
  return spokenSummary(kpis);
}

/** Shows that there is nothing to show yet. */
export function drawReading(frame: Frame): void {
  showTabs(frame, false);
  const text = element('p', { text: 'Reading the figures ...' });
  redraw(frame.vacancy, 'reading', () => [
    element('div', { className: 'reading', children: [element('vscode-progress-ring'), text] }),
  ]);
}

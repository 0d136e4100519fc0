import { element } from './elements.js';
import { TABS, type Tab } from './pageState.js';

/** The places of the page that are drawn into. */
export interface Frame {
  readonly header: HTMLElement;
  readonly vacancy: HTMLElement;
  readonly panels: HTMLElement;
  readonly views: Readonly<Record<Tab, HTMLElement>>;
}

const TITLES: Readonly<Record<Tab, string>> = { overview: 'Overview', runs: 'Runs' };

const tabId = (tab: Tab): string => `tab-${tab}`;

/** Builds the frame, once; `first` is the tab that is open, and `onTab` hears of every other. */
export function buildFrame(page: HTMLElement, first: Tab, onTab: (tab: Tab) => void): Frame {
  const view = (tab: Tab): HTMLElement => element('vscode-panel-view', { attributes: { id: `view-${tab}` } });
  const views = { overview: view('overview'), runs: view('runs') };
  const tabs = TABS.map((tab) => element('vscode-panel-tab', { text: TITLES[tab], attributes: { id: tabId(tab) } }));
  const panels = element('vscode-panels', {
    attributes: { 'data-first': tabId(first), 'aria-label': 'Figures', hidden: '' },
    children: [...tabs, ...TABS.map((tab) => views[tab])],
  });
  panels.addEventListener('change', () => {
    // The attribute follows later; the property tells what is open now.
    const active: unknown = 'activeid' in panels ? panels.activeid : null;
    const open = TABS.find((tab) => tabId(tab) === active);
    if (open !== undefined) onTab(open);
  });
  const frame = { header: element('header'), vacancy: element('div'), panels, views };
  const progress = element('div', { className: 'progress', attributes: { 'aria-hidden': 'true' } });
  page.replaceChildren(progress, frame.header, frame.vacancy, panels);
  return frame;
}

/**
 * Shows the tabs, or hides them. The first to be open is opened when they are seen: below what is hidden the toolkit
 * measures no place for its line, and leaves it below another.
 */
export function showTabs({ panels }: Frame, isShown: boolean): void {
  panels.hidden = !isShown;
  const first = panels.dataset['first'];
  if (!isShown || first === undefined) return;
  delete panels.dataset['first'];
  panels.setAttribute('activeid', first);
}

/** Opens a tab, and leads the keyboard there. */
export function openTab({ panels }: Frame, tab: Tab): void {
  panels.setAttribute('activeid', tabId(tab));
  document.getElementById(tabId(tab))?.focus();
}

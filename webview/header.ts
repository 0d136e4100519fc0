import type { PageTarget } from '../src/core/protocol.js';
import type { PageActions } from './actions.js';
import { element } from './elements.js';
import { moment } from './moments.js';

/** What the top of the page shows. */
export interface HeaderData {
  readonly targets: readonly PageTarget[];
  readonly chosen: string | null;
  /** When the siblings were last asked: ISO 8601, UTC; null when never. Undefined where there are no figures. */
  readonly checkedAt: string | null | undefined;
}

function picker({ targets, chosen }: HeaderData, actions: PageActions): HTMLElement {
  const options = targets.map(({ id, name }) =>
    element('vscode-option', { text: name, attributes: { value: id, selected: id === chosen ? '' : null } }),
  );
  const made = element('vscode-dropdown', {
    attributes: { 'aria-label': 'Target', 'data-key': 'target' },
    children: options,
  });
  made.addEventListener('change', () => {
    const value: unknown = 'value' in made ? made.value : null;
    if (typeof value === 'string' && value !== chosen) actions.choose(value);
  });
  return made;
}

function checked(checkedAt: HeaderData['checkedAt']): readonly HTMLElement[] {
  if (checkedAt === undefined) return [];
  if (checkedAt === null) return [element('span', { text: 'not checked yet', className: 'quiet' })];
  const made = element('span', { text: 'checked ', className: 'quiet' });
  made.append(moment(checkedAt, 'ago'));
  return [made];
}

/** The name of the target; where there are several, a choice of them stands in its place. */
function title(data: HeaderData, actions: PageActions): HTMLElement {
  const name = data.targets.find(({ id }) => id === data.chosen)?.name ?? 'AutoSync';
  if (data.targets.length < 2) return element('h1', { text: name });
  const unseen = element('h1', { text: name, className: 'unseen' });
  return element('div', { className: 'side', children: [unseen, picker(data, actions)] });
}

/** The top of the page: which target, how old the news is, and a button for newer. */
export function header(data: HeaderData, actions: PageActions): readonly HTMLElement[] {
  const refresh = element('vscode-button', {
    text: 'Refresh',
    attributes: { appearance: 'secondary', 'data-key': 'refresh' },
    onClick: actions.refresh,
  });
  return [title(data, actions), element('div', { className: 'side', children: [...checked(data.checkedAt), refresh] })];
}

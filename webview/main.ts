import { type FromPanel, isToPanel, type PanelSibling, type PanelState } from '../src/core/protocol.js';
import { registerComponents } from './toolkit.js';

declare function acquireVsCodeApi(): { postMessage(message: FromPanel): void };

const host = acquireVsCodeApi();
const place = document.getElementById('state');

/** Text only ever becomes text: nothing of a sibling is rendered as markup. */
const element = (name: string, text = ''): HTMLElement => {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
};

const cell = (text: string, column: number, type = ''): HTMLElement => {
  const made = element('vscode-data-grid-cell', text);
  made.setAttribute('grid-column', String(column));
  if (type !== '') made.setAttribute('cell-type', type);
  return made;
};

const row = (texts: readonly string[], type = ''): HTMLElement => {
  const made = element('vscode-data-grid-row');
  if (type !== '') made.setAttribute('row-type', type);
  made.append(...texts.map((text, index) => cell(text, index + 1, type === '' ? '' : 'columnheader')));
  return made;
};

const COLUMNS = ['Sibling', 'Review', 'Conflict', 'Rejected', 'Landed', 'Last seen'];

const siblingRow = ({ name, counts, seen, error }: PanelSibling): HTMLElement =>
  row([
    name,
    ...(['review', 'conflict', 'rejected', 'landed'] as const).map((standing) => String(counts[standing] ?? 0)),
    error ?? seen,
  ]);

function grid(state: PanelState): HTMLElement {
  const made = element('vscode-data-grid');
  made.setAttribute('aria-label', 'Siblings');
  made.append(row(COLUMNS, 'header'), ...state.siblings.map(siblingRow));
  return made;
}

function refreshButton(): HTMLElement {
  const button = element('vscode-button', 'Refresh');
  button.addEventListener('click', () => host.postMessage({ kind: 'refresh' }));
  return button;
}

function show(parts: readonly HTMLElement[]): void {
  place?.replaceChildren(...parts);
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isToPanel(data)) return;
  if (data.kind === 'problem')
    show([element('h2', 'AutoSync cannot read its state'), element('p', data.message), refreshButton()]);
  else
    show([
      element('h2', `Target ${data.state.target}`),
      element('p', data.state.lastRun),
      grid(data.state),
      refreshButton(),
    ]);
});

registerComponents();
host.postMessage({ kind: 'ready' });

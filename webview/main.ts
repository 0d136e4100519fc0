import { type FromPanel, isToPanel, type PanelState, type ToPanel } from '../src/core/protocol.js';
import { element, group, paragraph } from './elements.js';
import { siblingTable } from './siblingTable.js';
import { registerComponents } from './toolkit.js';

declare function acquireVsCodeApi(): { postMessage(message: FromPanel): void };

const host = acquireVsCodeApi();
const place = document.getElementById('state');
const spoken = document.getElementById('spoken');

function refreshButton(): HTMLElement {
  const button = element('vscode-button', 'Refresh');
  button.id = 'refresh';
  button.setAttribute('appearance', 'secondary');
  button.addEventListener('click', () => host.postMessage({ kind: 'refresh' }));
  return button;
}

const heading = (text: string): HTMLElement => group('header', [element('h1', text), refreshButton()]);

const notice = (text: string, className: string): HTMLElement => group('div', [paragraph(text)], className);

const statePage = (state: PanelState): readonly HTMLElement[] => [
  heading(`Target ${state.target}`),
  paragraph(state.summary),
  paragraph(state.lastRun, 'quiet'),
  ...state.warnings.map((text) => notice(text, 'notice warning')),
  ...(state.siblings.length === 0 ? [] : [siblingTable(state.siblings)]),
];

const pageOf = (message: ToPanel): readonly HTMLElement[] =>
  message.kind === 'state'
    ? statePage(message.state)
    : [heading(message.title), notice(message.message, `notice ${message.tone}`)];

/** The page is built anew; who stood on the button stands on it again. */
function show(message: ToPanel): void {
  const wasOnButton = document.activeElement?.id === 'refresh';
  place?.replaceChildren(...pageOf(message));
  if (wasOnButton) document.getElementById('refresh')?.focus();
  if (spoken !== null) spoken.textContent = message.kind === 'state' ? message.state.summary : message.title;
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isToPanel(data)) show(data);
});

registerComponents();
host.postMessage({ kind: 'ready' });

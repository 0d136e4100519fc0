import { type FromPage, isToPage } from '../src/core/protocol.js';
import type { PageActions } from './actions.js';
import { buildFrame, openTab } from './frame.js';
import { tick } from './moments.js';
import { type PageState, pageStateOf } from './pageState.js';
import { type Content, drawContent, drawReading } from './screen.js';
import { registerComponents } from './toolkit.js';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: PageState): void;
};

/** Milliseconds between two looks at the clock. */
const TICK = 15_000;

const page = document.getElementById('page') ?? document.body;
const spoken = document.getElementById('spoken');
const host = acquireVsCodeApi();
let state = pageStateOf(host.getState());
/** What is shown; null until the first answer came. */
let shown: Content | null = null;
/** True when a person asked for newer figures, and so wants to hear that they are there. */
let asked = false;

function keep(change: Partial<PageState>): void {
  state = { ...state, ...change };
  host.setState(state);
}

const frame = buildFrame(page, state.tab, (tab) => keep({ tab }));

const actions: PageActions = {
  refresh: () => {
    asked = true;
    host.postMessage({ kind: 'refresh' });
  },
  choose: (target) => {
    keep({ target });
    host.postMessage({ kind: 'choose', target });
  },
  reveal: (filter) => {
    if (shown !== null && shown.chosen !== null) host.postMessage({ kind: 'reveal', target: shown.chosen, filter });
  },
  open: (tab) => {
    keep({ tab });
    openTab(frame, tab);
  },
  run: (command) => host.postMessage({ kind: 'run', command }),
};

/** Tells who cannot see it what changed; the same again only to who asked. */
function announce(words: string): void {
  const text = asked ? `Up to date. ${words}` : words;
  if (spoken !== null && (asked || !spoken.textContent.endsWith(words))) spoken.textContent = text;
  asked = false;
}

/** What the page showed before a reload may not be there yet while the editor starts: then it is still wanted. */
function remember({ chosen, targets }: Content): void {
  if (state.target === null || targets.some(({ id }) => id === state.target)) keep({ target: chosen });
}

function show(content: Content): void {
  const isFirst = shown === null;
  shown = content;
  page.removeAttribute('aria-busy');
  announce(drawContent(frame, content, actions));
  remember(content);
  if (isFirst) window.scrollTo({ top: state.scroll });
}

/** Figures of one target never stand below another's name. */
function startReading(chosen: string | null): void {
  page.setAttribute('aria-busy', 'true');
  if (shown === null || shown.chosen !== chosen) drawReading(frame);
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isToPage(data)) return;
  if (data.kind === 'reading') startReading(data.chosen);
  else show(data);
});
window.addEventListener('scrollend', () => {
  if (shown !== null) keep({ scroll: window.scrollY });
});
window.setInterval(tick, TICK);
registerComponents();
startReading(null);
host.postMessage({ kind: 'ready', target: state.target });

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunState, StoredCommit } from '../../src/core/facts.js';
import type { Kpis } from '../../src/core/kpi.js';
import { isFromPage, type PageContent, type ToPage } from '../../src/core/protocol.js';
import { figuresFrom } from '../../src/insight/figures.js';
import { panelPage } from '../../src/ui/panel/page.js';
import { ROOT } from '../host/places.js';
import { newProfile, startBrowser } from '../host/window.js';
import { storedCommit, storedRun, storedSibling } from '../support/stored.js';

const ORIGIN = 'https://panel.test';
const EVIL = '<img src=x onerror=alert(1)>';

/** Stands in for the editor: keeps what the page says and remembers, and notes what the policy refused. */
const hostOf = (kept: unknown): string => `
  let state = ${JSON.stringify(kept)};
  window.said = [];
  window.refused = [];
  window.kept = () => state;
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => window.said.push(structuredClone(message)),
    getState: () => state,
    setState: (next) => { state = next; },
  });
  document.addEventListener('securitypolicyviolation', (event) => window.refused.push(event.violatedDirective));
`;

const many = (sibling: string, standing: StoredCommit['commit']['standing'], count: number): readonly StoredCommit[] =>
  Array.from({ length: count }, () => storedCommit(sibling, { standing }));

function figures(waiting: number, runs: readonly RunState[] = []): Kpis {
  return figuresFrom({
    names: ['acme', EVIL],
    siblings: [storedSibling('acme'), storedSibling(EVIL, { error: `No ${EVIL}.` })],
    rows: [...many('acme', 'review', waiting), ...many('acme', 'landed', 2), ...many(EVIL, 'conflict', 1)],
    runs,
    landings: [],
    checkedAt: '2026-01-01T00:00:00.000Z',
  });
}

const TARGETS = [
  { id: 'a', name: 'shop' },
  { id: 'b', name: EVIL },
];

const content = (shown: PageContent, chosen = 'a'): ToPage => ({
  kind: 'content',
  targets: TARGETS,
  chosen,
  content: shown,
});

const withFigures = (kpis: Kpis, chosen = 'a'): ToPage => content({ kind: 'figures', kpis }, chosen);

describe('the page of the panel in a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await startBrowser();
  });

  afterAll(() => browser.close());

  async function openPage(width = 1000, kept: unknown = null): Promise<Page> {
    const page = await (await newProfile(browser)).newPage();
    await page.setViewportSize({ width, height: 700 });
    const address = (name: string): string => `${ORIGIN}/${name}`;
    const html = panelPage({
      source: ORIGIN,
      nonce: 'n',
      script: address('webview.js'),
      style: address('webview.css'),
    });
    await page.route(`${ORIGIN}/**`, (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      if (name === '') return route.fulfill({ contentType: 'text/html', body: html });
      const type = name.endsWith('.js') ? 'text/javascript' : 'text/css';
      return route.fulfill({ contentType: type, body: readFileSync(join(ROOT, 'dist', name), 'utf8') });
    });
    await page.addInitScript({ content: hostOf(kept) });
    await page.goto(ORIGIN);
    return page;
  }

  const tell = (page: Page, message: unknown): Promise<unknown> =>
    page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*'); new Promise((done) => setTimeout(done, 50))`);

  const said = (page: Page): Promise<readonly unknown[]> => page.evaluate('window.said');

  const focused = (page: Page): Promise<unknown> => page.evaluate('document.activeElement.dataset.key');

  it('breaks no policy, and renders text of a sibling as text', async () => {
    const page = await openPage();
    await tell(page, withFigures(figures(3, [storedRun('r')])));
    expect(await page.locator('.name', { hasText: EVIL }).count()).toBe(1);
    expect(await page.locator('.fault', { hasText: `No ${EVIL}.` }).count()).toBe(1);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.evaluate('window.refused')).toEqual([]);
  });

  it('says only what the editor understands: rows of a figure, a tab, a refresh', async () => {
    const page = await openPage();
    await tell(page, withFigures(figures(3)));
    await page.getByRole('button', { name: /^Waits for you/ }).click();
    await page.getByRole('button', { name: '3: open of acme' }).click();
    await page.getByRole('button', { name: 'Refresh' }).click();
    const messages = await said(page);
    expect(messages.every(isFromPage)).toBe(true);
    expect(messages).toEqual([
      { kind: 'ready', target: null },
      { kind: 'reveal', target: 'a', filter: { standings: ['review', 'conflict'] } },
      {
        kind: 'reveal',
        target: 'a',
        filter: { sibling: 'acme', standings: ['review', 'conflict', 'rejected', 'candidate', 'waiting'] },
      },
      { kind: 'refresh' },
    ]);
  });

  it('keeps the keyboard where it is when figures change, and says so aloud', async () => {
    const page = await openPage();
    await tell(page, withFigures(figures(3)));
    const status = page.getByRole('status');
    expect(await status.textContent()).toMatch(/^4 commits waiting for you/);
    await page.locator('[data-key="tile-landed"]').focus();
    await tell(page, withFigures(figures(5)));
    expect(await focused(page)).toBe('tile-landed');
    expect(await page.locator('.tile .value').first().textContent()).toBe('6');
    expect(await status.textContent()).toMatch(/^6 commits/);
  });

  it('says why a sibling could not be read in the colour of text, which every theme has legible', async () => {
    const page = await openPage();
    await page.addStyleTag({ content: ':root { --vscode-foreground: #3b3b3b; --vscode-errorForeground: #f85149; }' });
    await tell(page, withFigures(figures(3)));
    const colorOf = (place: string): Promise<unknown> =>
      page.evaluate(`getComputedStyle(document.querySelector('${place}')).color`);
    expect(await colorOf('.fault')).toBe(await colorOf('.name'));
    expect(await colorOf('.fault strong')).toBe('rgb(248, 81, 73)');
  });

  it('keeps the colours of its bars where the system forces colours', async () => {
    const page = await openPage();
    await tell(page, withFigures(figures(3)));
    const colors = (): Promise<unknown> =>
      page.evaluate(`[...document.querySelectorAll('main *')].map((one) => getComputedStyle(one).backgroundColor)`);
    await page.emulateMedia({ forcedColors: 'none' });
    const before = await colors();
    await page.emulateMedia({ forcedColors: 'active' });
    expect(await colors()).toEqual(before);
  });

  it('is worked with the keyboard alone', async () => {
    const page = await openPage();
    await tell(page, withFigures(figures(3, [storedRun('r')])));
    const keys: unknown[] = [];
    for (let step = 0; step < 30; step += 1) {
      await page.keyboard.press('Tab');
      keys.push(await focused(page));
    }
    expect(keys).toEqual(
      expect.arrayContaining(['target', 'refresh', 'tile-waiting', 'sibling-open of acme', 'standing-landed']),
    );
    await page.locator('[data-key="tile-success"]').focus();
    await page.keyboard.press('Enter');
    expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('Runs');
    expect(await page.getByRole('table', { name: 'Newest runs' }).isVisible()).toBe(true);
    expect(await page.getByRole('table', { name: 'Siblings' }).isVisible()).toBe(false);
    expect(await page.evaluate('window.kept()')).toMatchObject({ tab: 'runs' });
    await page.keyboard.press('ArrowLeft');
    expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('Overview');
    expect(await page.getByRole('table', { name: 'Newest runs' }).isVisible()).toBe(false);
  });

  it('goes on after a reload where it was left', async () => {
    const runs = Array.from({ length: 30 }, (_unused, index) => storedRun(`r${index}`));
    const page = await openPage(1000, { target: 'b', tab: 'runs', scroll: 200 });
    expect(await said(page)).toEqual([{ kind: 'ready', target: 'b' }]);
    await tell(page, withFigures(figures(1, runs), 'b'));
    expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('Runs');
    expect(await page.evaluate('window.scrollY')).toBe(200);
    const isBelow = `(() => {
      const line = document.querySelector('vscode-panels').shadowRoot.querySelector('.activeIndicator');
      const [tab, own] = [document.getElementById('tab-runs'), line].map((one) => one.getBoundingClientRect());
      return own.left >= tab.left && own.right <= tab.right + 1;
    })()`;
    await expect.poll(() => page.evaluate(isBelow)).toBe(true);
    await page.getByRole('tab', { name: 'Overview' }).click();
    expect(await page.evaluate('window.kept()')).toMatchObject({ target: 'b', tab: 'overview' });
  });

  it('asks for another target, and shows no figures of the last one below its name', async () => {
    const page = await openPage();
    await tell(page, withFigures(figures(1)));
    await page.getByRole('combobox', { name: 'Target' }).click();
    await page.getByRole('option', { name: EVIL }).click();
    expect((await said(page)).at(-1)).toEqual({ kind: 'choose', target: 'b' });
    await tell(page, { kind: 'reading', chosen: 'b' });
    expect(await page.locator('.tiles').isVisible()).toBe(false);
    expect(await page.getByText('Reading the figures').isVisible()).toBe(true);
  });

  it('believes no message of an unknown shape', async () => {
    const page = await openPage();
    await tell(page, withFigures(figures(3)));
    for (const message of [null, 'x', { kind: 'content' }, { ...withFigures(figures(9)), targets: 'all' }])
      await tell(page, message);
    expect(await page.locator('.tile .value').first().textContent()).toBe('4');
  });

  it('offers the way on where there are no figures', async () => {
    const page = await openPage();
    await tell(page, content({ kind: 'not-set-up', message: 'Run `autosync init`.' }));
    expect(await page.getByRole('heading', { name: 'AutoSync is not set up here' }).isVisible()).toBe(true);
    expect(await page.locator('code').textContent()).toBe('autosync init');
    await page.getByRole('button', { name: 'Find Siblings' }).click();
    expect((await said(page)).at(-1)).toEqual({ kind: 'run', command: 'autosync.findSiblings' });
  });

  it.each([320, 640, 1000, 2400])('fits a window %d pixels wide', async (width) => {
    const page = await openPage(width);
    const long = TARGETS.map(({ id, name }) => ({ id, name: `${name} ${'of-a-folder-with-a-long-name'.repeat(3)}` }));
    await tell(page, { ...withFigures(figures(3, [storedRun('r')])), targets: long });
    const beyond = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(beyond)).toBe(0);
    await page.getByRole('tab', { name: 'Runs' }).click();
    expect(await page.evaluate(beyond)).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import type { Kpis } from '../../src/core/kpi.js';
import type { PageContent } from '../../src/core/protocol.js';
import { figuresFrom } from '../../src/insight/figures.js';
import { vacancyOf } from '../../webview/vacancy.js';
import { noKpis } from '../support/kpis.js';
import { storedSibling } from '../support/stored.js';

const figures = (kpis: Kpis): PageContent => ({ kind: 'figures', kpis });

const withSibling = (more: Partial<Parameters<typeof figuresFrom>[0]> = {}): Kpis =>
  figuresFrom({ names: ['acme'], siblings: [], rows: [], runs: [], landings: [], checkedAt: null, ...more });

const offersOf = (content: PageContent): readonly string[] | undefined =>
  vacancyOf(content)?.offers.map(({ does }) => does);

describe('where there are no figures', () => {
  it('a target without siblings is offered to find some', () => {
    expect(offersOf(figures(noKpis()))).toEqual(['autosync.findSiblings']);
    expect(offersOf({ kind: 'not-set-up', message: 'No.' })).toEqual(['autosync.findSiblings']);
  });

  it('siblings that nobody looked at yet are offered to be', () => {
    expect(offersOf(figures(withSibling()))).toEqual(['autosync.scan', 'autosync.sync']);
  });

  it('what went wrong is said, and tried again', () => {
    const content: PageContent = { kind: 'failed', message: 'The disk is full.' };
    expect(vacancyOf(content)).toMatchObject({ tone: 'fault', lines: ['The disk is full.'] });
    expect(offersOf(content)).toEqual(['refresh']);
  });

  it('figures are shown from the first look on, also when that look failed', () => {
    expect(vacancyOf(figures(withSibling({ checkedAt: '2026-01-01T00:00:00.000Z' })))).toBeNull();
    expect(vacancyOf(figures(withSibling({ siblings: [storedSibling('acme', { error: 'gone' })] })))).toBeNull();
  });
});

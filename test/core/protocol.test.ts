import { describe, expect, it } from 'vitest';
import { type FromPage, isFromPage, isToPage, type ToPage } from '../../src/core/protocol.js';
import { noKpis } from '../support/kpis.js';

const TO_PAGE: readonly ToPage[] = [
  { kind: 'reading', chosen: null },
  { kind: 'content', targets: [], chosen: null, content: { kind: 'no-target' } },
  { kind: 'content', targets: [{ id: 'a', name: 'A' }], chosen: 'a', content: { kind: 'failed', message: 'No.' } },
  { kind: 'content', targets: [], chosen: 'a', content: { kind: 'not-set-up', message: 'No.' } },
  { kind: 'content', targets: [], chosen: 'a', content: { kind: 'figures', kpis: noKpis() } },
];

const FROM_PAGE: readonly FromPage[] = [
  { kind: 'ready', target: null },
  { kind: 'refresh' },
  { kind: 'choose', target: 'a' },
  { kind: 'reveal', target: 'a', filter: { sibling: 'acme', standings: ['review'] } },
  { kind: 'run', command: 'autosync.scan' },
];

describe('messages between editor and page', () => {
  it('of every kind survive the way and are believed', () => {
    expect(TO_PAGE.map((message) => isToPage(structuredClone(message)))).toEqual(TO_PAGE.map(() => true));
    expect(FROM_PAGE.map((message) => isFromPage(structuredClone(message)))).toEqual(FROM_PAGE.map(() => true));
  });

  it.each([
    null,
    'refresh',
    [],
    {},
    { kind: 'toString' },
    { kind: 'ready' },
    { kind: 'choose', target: 1 },
    { kind: 'reveal', target: 'a' },
    { kind: 'reveal', target: 'a', filter: { standings: ['gone'] } },
    { kind: 'run', command: 'workbench.action.terminal.sendSequence' },
    { kind: ['refresh'] },
  ])('to the editor are not believed when they are %j', (message) => {
    expect(isFromPage(message)).toBe(false);
  });

  it.each([
    { kind: 'content' },
    { kind: 'content', targets: [{ id: 'a' }], chosen: 'a', content: { kind: 'no-target' } },
    { kind: 'content', targets: [], chosen: 'a', content: { kind: 'other' } },
    { kind: 'content', targets: [], chosen: 'a', content: { kind: 'figures', kpis: {} } },
    {
      kind: 'content',
      targets: [],
      chosen: 'a',
      content: { kind: 'figures', kpis: { ...noKpis(), runs: { total: -1 } } },
    },
  ])('to the page are not believed when they are %j', (message) => {
    expect(isToPage(message)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { AutoSyncError } from '../../../src/core/errors.js';
import type { Kpis } from '../../../src/core/kpi.js';
import { isToPage, type ToPage } from '../../../src/core/protocol.js';
import { figuresFrom } from '../../../src/insight/figures.js';
import { type DialogueOptions, PanelDialogue } from '../../../src/ui/panel/dialogue.js';
import type { PanelSource } from '../../../src/ui/panel/panelSource.js';
import { noKpis } from '../../support/kpis.js';
import { storedSibling } from '../../support/stored.js';

const source = (id: string, kpis: () => Promise<Kpis> = async () => noKpis()): PanelSource => ({
  id,
  name: id.toUpperCase(),
  kpis,
});

/** A dialogue with what it said and asked for. */
function talk(sources: () => readonly PanelSource[], wanted: string | null = null) {
  const said: ToPage[] = [];
  const asked: unknown[] = [];
  const options: DialogueOptions = {
    sources,
    reveal: (target, filter) => asked.push([target, filter]),
    run: (command) => asked.push(command),
    post: (message) => said.push(message),
  };
  const contents = () => said.flatMap((message) => (message.kind === 'content' ? [message] : []));
  return { dialogue: new PanelDialogue(options, wanted), said, asked, contents };
}

/** Figures that arrive when a test says so. */
function laterKpis(): { readonly promise: Promise<Kpis>; readonly arrive: () => void } {
  let settle: (kpis: Kpis) => void = () => undefined;
  const promise = new Promise<Kpis>((done) => {
    settle = done;
  });
  return { promise, arrive: () => settle(noKpis()) };
}

/** Figures of a target with one sibling that could not be read. */
const refused = (error: string): Kpis =>
  figuresFrom({
    names: ['acme'],
    siblings: [storedSibling('acme', { error })],
    rows: [],
    runs: [],
    landings: [],
    checkedAt: null,
  });

const two = [source('a'), source('b')];

describe('the dialogue with the page', () => {
  it('answers a page that is ready with the first target, and says before that it reads', async () => {
    const { dialogue, said } = talk(() => two);
    dialogue.receive({ kind: 'ready', target: null });
    await dialogue.refresh();
    expect(said[0]).toEqual({ kind: 'reading', chosen: 'a' });
    expect(said[1]).toMatchObject({
      kind: 'content',
      chosen: 'a',
      targets: [
        { id: 'a', name: 'A' },
        { id: 'b', name: 'B' },
      ],
      content: { kind: 'figures' },
    });
    expect(said.every(isToPage)).toBe(true);
  });

  it('goes on with the target that the page showed before a reload, but not against who opened it', async () => {
    const restored = talk(() => two);
    restored.dialogue.receive({ kind: 'ready', target: 'b' });
    await restored.dialogue.refresh();
    expect(restored.contents().at(-1)?.chosen).toBe('b');
    const opened = talk(() => two, 'a');
    opened.dialogue.receive({ kind: 'ready', target: 'b' });
    await opened.dialogue.refresh();
    expect(opened.contents().at(-1)?.chosen).toBe('a');
  });

  it('waits for a target that is not there yet while the editor starts', async () => {
    const open: PanelSource[] = [];
    const { dialogue, contents } = talk(() => open);
    dialogue.receive({ kind: 'ready', target: 'b' });
    await dialogue.refresh();
    expect(contents().at(-1)).toMatchObject({ chosen: null, content: { kind: 'no-target' } });
    open.push(...two);
    await dialogue.refresh();
    expect(contents().at(-1)).toMatchObject({ chosen: 'b', content: { kind: 'figures' } });
  });

  it('never shows figures of a target that was left meanwhile', async () => {
    const slow = laterKpis();
    const { dialogue, contents } = talk(() => [source('a', () => slow.promise), source('b')]);
    dialogue.receive({ kind: 'refresh' });
    dialogue.receive({ kind: 'choose', target: 'b' });
    const settled = dialogue.refresh();
    slow.arrive();
    await settled;
    expect(contents().map(({ chosen }) => chosen)).toEqual(['b']);
  });

  it('reads once more, not ten times, when it is asked ten times during a reading', async () => {
    let read = 0;
    const counting = source('a', async () => {
      read += 1;
      return noKpis();
    });
    const { dialogue } = talk(() => [counting]);
    await Promise.all(Array.from({ length: 10 }, () => dialogue.refresh()));
    expect(read).toBe(2);
  });

  it('tells a workspace that is not set up from one that cannot be read', async () => {
    const missing = async (): Promise<Kpis> => {
      throw new AutoSyncError({ code: 'no-config', file: '.autosync/config.json' });
    };
    const broken = async (): Promise<Kpis> => {
      throw new Error('no\u202e\nway');
    };
    const { dialogue, contents } = talk(() => [source('a', missing), source('b', broken)]);
    await dialogue.refresh();
    dialogue.choose('b');
    await dialogue.refresh();
    expect(contents().map(({ content }) => content)).toMatchObject([
      { kind: 'not-set-up', message: expect.stringMatching(/config/) },
      { kind: 'failed', message: 'no way' },
      { kind: 'failed' },
    ]);
  });

  it('speaks of no command line, and of no variable of it', async () => {
    const error = 'It refused. For a private repository set AUTOSYNC_SOURCE_TOKEN to a token that may read it.';
    const missing = async (): Promise<Kpis> => {
      throw new AutoSyncError({ code: 'no-config', file: '.autosync/config.json' });
    };
    const { dialogue, said } = talk(() => [source('a', async () => refused(error)), source('b', missing)]);
    await dialogue.refresh();
    dialogue.choose('b');
    await dialogue.refresh();
    const words = JSON.stringify(said);
    expect(words).toContain('AutoSync: Set Source Token');
    expect(words).toContain('AutoSync: Find Siblings');
    expect(words).not.toMatch(/AUTOSYNC_|autosync init/);
  });

  it('reveals rows of a target that is open, and of no other', () => {
    const { dialogue, asked } = talk(() => two);
    dialogue.receive({ kind: 'reveal', target: 'b', filter: { standings: ['review'] } });
    dialogue.receive({ kind: 'reveal', target: 'gone', filter: {} });
    expect(asked).toEqual([['b', { standings: ['review'] }]]);
  });

  it('runs the commands of the protocol only', () => {
    const { dialogue, asked } = talk(() => two);
    dialogue.receive({ kind: 'run', command: 'autosync.sync' });
    dialogue.receive({ kind: 'run', command: 'workbench.action.quit' });
    expect(asked).toEqual(['autosync.sync']);
  });

  it('says nothing to a page that was closed', async () => {
    const slow = laterKpis();
    const { dialogue, said } = talk(() => [source('a', () => slow.promise)]);
    const settled = dialogue.refresh();
    dialogue.close();
    slow.arrive();
    await settled;
    expect(said).toEqual([{ kind: 'reading', chosen: 'a' }]);
  });
});

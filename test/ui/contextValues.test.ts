import { describe, expect, it } from 'vitest';
import { contextValues } from '../../src/ui/contextValues.js';
import { NOT_POLLING, type TargetState, type WindowState } from '../../src/ui/state/model.js';
import { NOTHING_PROVED } from '../../src/ui/state/proving.js';
import { incomingRow, landing, overview } from './commands/rows.js';

const target = (more: Partial<TargetState> = {}): TargetState => ({
  id: 'file:///target',
  name: 'target',
  folder: '/target',
  overview: overview(),
  trouble: null,
  activity: null,
  provings: NOTHING_PROVED,
  polling: NOT_POLLING,
  ...more,
});

const window = (...targets: readonly TargetState[]): WindowState => ({
  folders: targets.length,
  trusted: true,
  loading: false,
  targets,
});

describe('what the palette offers', () => {
  it('is nothing that needs a commit when none is known', () => {
    const values = contextValues(window(target()));
    expect(Object.entries(values).filter(([, value]) => value === true)).toEqual([]);
  });

  it('depends on what can be done with what is incoming', () => {
    const withRow = (more: Parameters<typeof incomingRow>[0]) =>
      contextValues(window(target({ overview: overview({ rows: [incomingRow(more)] }) })));
    expect(withRow({ standing: 'review' })).toMatchObject({
      'autosync.hasRows': true,
      'autosync.hasIncoming': true,
      'autosync.hasDeclinable': true,
      'autosync.hasConflict': false,
    });
    expect(withRow({ standing: 'conflict' })).toMatchObject({
      'autosync.hasIncoming': false,
      'autosync.hasDeclinable': true,
      'autosync.hasConflict': true,
    });
    expect(withRow({ standing: 'landed' })).toMatchObject({
      'autosync.hasRows': true,
      'autosync.hasIncoming': false,
      'autosync.hasDeclinable': false,
    });
    expect(withRow({ pullRequest: 'https://github.com/org/app/pull/1' })['autosync.hasPullRequest']).toBe(true);
  });

  it('has an undo when something landed that stands, not when a branch was offered', () => {
    const undoAfter = (more: Parameters<typeof landing>[0]) =>
      contextValues(window(target({ overview: overview({ landings: [landing(more)] }) })))['autosync.canUndo'];
    expect([undoAfter({ how: 'apply' }), undoAfter({ how: 'auto-merge' }), undoAfter({ how: 'review' })]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('follows what runs and what polls in any folder', () => {
    const busy = target({ activity: { kind: 'scan', scheduled: false, step: null } });
    expect(contextValues(window(target(), busy))['autosync.running']).toBe(true);
    const polled = (paused: boolean) =>
      contextValues(window(target({ polling: { ...NOT_POLLING, mode: 'scan', paused } })))['autosync.polling'];
    expect([polled(false), polled(true), contextValues(window(target()))['autosync.polling']]).toEqual([
      'on',
      'paused',
      'off',
    ]);
  });
});

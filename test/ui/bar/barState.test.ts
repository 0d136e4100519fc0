import { describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../../src/core/errors.js';
import type { RunState } from '../../../src/core/facts.js';
import { stateOfWindow } from '../../../src/ui/bar/barState.js';
import { textOf } from '../../../src/ui/bar/barText.js';
import type { TargetState, WindowState } from '../../../src/ui/state/model.js';
import { NOW, overview, polling, rowsIn, sibling, target, windowOf } from './windows.js';

const shown = (window: WindowState) => textOf(stateOfWindow(window));

const of = (more: Partial<TargetState>, window: Partial<WindowState> = {}) => shown(windowOf([target(more)], window));

const troubled = (code: ProblemCode) => of({ overview: null, trouble: { code, message: 'something' } });

const RUNNING: RunState = {
  run: '1',
  command: 'scan',
  dryRun: false,
  startedAt: new Date(NOW).toISOString(),
  endedAt: null,
  outcome: 'running',
  targetBefore: 'a'.repeat(40),
  targetAfter: null,
  counts: {},
};

describe('the status bar', () => {
  it('says that the target is in step, and with how many', () => {
    expect(of({})).toEqual({ icon: 'check', words: 'in step', tone: 'quiet', spoken: 'in step with 1 sibling' });
  });

  it('counts what is incoming, not what is settled', () => {
    const rows = rowsIn('review', 'conflict', 'candidate', 'waiting', 'rejected', 'landed', 'declined', 'filtered');
    expect(of({ overview: overview({ rows }) })).toMatchObject({
      words: '5 incoming',
      spoken: '5 incoming, 2 for you',
      tone: 'quiet',
    });
  });

  it('names phase and sibling of a run, and spins', () => {
    const step = { phase: 'validate', sibling: 'acme', doing: 'test' } as const;
    const activity = { kind: 'sync', scheduled: true, step } as const;
    expect(of({ activity })).toMatchObject({ icon: 'sync~spin', words: 'syncing (validating acme)' });
    expect(of({ activity: { ...activity, step: null } })?.words).toBe('syncing');
  });

  it('lets no icon come of the name of a sibling', () => {
    const step = { phase: 'fetch', sibling: '$(error) gone', doing: '' } as const;
    expect(of({ activity: { kind: 'scan', scheduled: false, step } })?.words).not.toContain('$(');
  });

  it('says when pull requests wait for somebody who signs in', () => {
    const lands = { kind: 'signed-out', lacksToken: 'house/shop', server: 'https://github.com' } as const;
    expect(of({ overview: overview({ lands, rows: rowsIn('review') }) })).toEqual({
      ...{ icon: 'account', words: 'signed out', tone: 'warning' },
      spoken: 'signed out, pull requests wait; 1 incoming',
    });
  });

  it('says that it is paused, and what is incoming all the same', () => {
    const paused = polling({ paused: true });
    expect(of({ polling: paused })).toMatchObject({ icon: 'debug-pause', words: 'paused, in step' });
    expect(of({ polling: paused, overview: overview({ rows: rowsIn('candidate') }) })?.words).toBe(
      'paused, 1 incoming',
    );
  });

  it('says that there is no network, and blames no sibling for it', () => {
    const failing = overview({ siblings: [sibling({ error: 'out of reach', folder: null })] });
    expect(of({ overview: failing, polling: polling({ offline: true }) })).toMatchObject({
      icon: 'cloud',
      words: 'offline, in step',
      tone: 'quiet',
    });
  });

  it('calls for attention without colour when one of several siblings fails', () => {
    const siblings = [sibling({ error: 'it refused' }), sibling({ name: 'globex' })];
    const text = of({ overview: overview({ siblings, rows: rowsIn('review') }) });
    expect(text).toMatchObject({ icon: 'warning', words: '1 incoming', tone: 'quiet' });
    expect(text?.spoken).toBe('needs attention: 1 of 2 siblings cannot be read; 1 incoming');
  });

  it('warns by colour when no sibling can be read, and when the state had to be recovered', () => {
    expect(of({ overview: overview({ siblings: [sibling({ error: 'it refused' })] }) })?.tone).toBe('warning');
    const health = { source: 'backup', notes: ['It was damaged.'], generation: 2 } as const;
    const recovered = of({ overview: overview({ health }) });
    expect(recovered?.tone).toBe('warning');
    expect(recovered?.spoken).toContain('the state was recovered');
  });

  it('is red only when nothing can work', () => {
    expect(troubled('config')).toMatchObject({ tone: 'error', words: 'problem in the configuration' });
    expect(troubled('state-newer')).toMatchObject({ tone: 'error', words: 'needs an update' });
    expect(troubled('disk')).toMatchObject({ tone: 'error', words: 'cannot read its state' });
    expect(troubled('detached-head')).toMatchObject({ tone: 'quiet', words: 'no branch is checked out' });
  });

  it('is quiet before siblings are named, and not there without a repository', () => {
    expect(troubled('no-config')).toMatchObject({ words: '', tone: 'quiet' });
    expect(of({ overview: overview({ siblings: [] }) })?.words).toBe('');
    expect(troubled('no-repository')).toBeNull();
    expect(shown(windowOf([]))).toBeNull();
  });

  it('says that a restricted window runs nothing', () => {
    expect(of({ overview: overview({ rows: rowsIn('review') }) }, { trusted: false })).toMatchObject({
      icon: 'shield',
      words: 'restricted',
      spoken: 'Restricted Mode, nothing runs; 1 incoming',
    });
  });

  it('says that another run works, unless that run must have been killed', () => {
    expect(of({ overview: overview({ lastRun: RUNNING, busy: true }) })?.words).toBe('another run works');
    expect(of({ overview: overview({ lastRun: RUNNING, busy: false }) })?.words).toBe('in step');
  });

  it('says that it never looked, and nothing before it was read', () => {
    expect(of({ overview: overview({ checkedAt: null }) })?.words).toBe('not looked yet');
    expect(of({ overview: null })).toMatchObject({ words: '', spoken: 'reading what it remembers' });
  });
});

describe('with several folders', () => {
  const two = (one: Partial<TargetState>, other: Partial<TargetState>) =>
    shown(windowOf([target(one), target({ id: 'file:///family/other', name: 'other', ...other })]));

  it('adds up what is incoming and in how many siblings', () => {
    const [one, other] = [overview({ rows: rowsIn('review') }), overview({ rows: rowsIn('candidate', 'conflict') })];
    expect(two({ overview: one }, { overview: other })?.spoken).toBe('3 incoming, 2 for you');
    expect(two({}, {})?.spoken).toBe('in step with 2 siblings');
    expect(two({ overview: one }, {})?.words).toBe('1 incoming');
  });

  it('says first what says most', () => {
    const bad = { overview: null, trouble: { code: 'config', message: 'line 3' } } as const;
    expect(two({}, bad)?.tone).toBe('error');
    expect(two({ activity: { kind: 'scan', scheduled: true, step: null } }, bad)?.words).toBe('scanning');
    expect(two({ overview: null, trouble: { code: 'no-repository', message: '' } }, {})?.words).toBe('in step');
  });
});

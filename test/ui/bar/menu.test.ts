import { describe, expect, it } from 'vitest';
import type { LandingPlace } from '../../../src/core/overview.js';
import { menuOf } from '../../../src/ui/bar/menu.js';
import { modeChoices } from '../../../src/ui/bar/modeChoices.js';
import type { TargetState, WindowState } from '../../../src/ui/state/model.js';
import { NOW, overview, polling, rowsIn, target, windowOf } from './windows.js';

const labels = (window: WindowState): readonly string[] =>
  menuOf(window, NOW).map((entry) => (entry.kind === 'line' ? `-- ${entry.label}` : entry.label));

const of = (more: Partial<TargetState>, window: Partial<WindowState> = {}): readonly string[] =>
  labels(windowOf([target(more)], window));

const describedAs = (window: WindowState, label: string): string | undefined =>
  menuOf(window, NOW).flatMap((entry) =>
    entry.kind === 'entry' && entry.label === label ? [entry.description] : [],
  )[0];

describe('the quick menu', () => {
  it('offers what can be done in a family at rest, in groups', () => {
    expect(of({})).toEqual([
      'Sync Now',
      'Scan',
      'Show Incoming',
      '-- By itself',
      'Pause Polling',
      'What Happens by Itself ...',
      '-- Family',
      'Show KPI Panel',
      'Find Siblings ...',
      'Open Configuration',
      'Run Doctor',
      'Show Log',
    ]);
  });

  const lands = (place: LandingPlace): WindowState => windowOf([target({ overview: overview({ lands: place }) })]);
  const server = 'https://github.com';

  it('says where a run lands by pull requests', () => {
    const forge = lands({ kind: 'forge', repository: 'house/shop', server });
    expect(describedAs(forge, 'Sync Now')).toBe('look, check, land on GitHub house/shop by pull requests');
    expect(describedAs(windowOf([target()]), 'Sync Now')).toBe('look, check, land what is proved safe');
    const running = modeChoices(forge.targets[0] ?? target()).find(({ mode }) => mode === 'sync');
    expect(running?.detail).toContain('open pull requests on GitHub house/shop');
    expect(modeChoices(target()).map(({ description }) => description)).toEqual(['now', undefined, undefined]);
  });

  it('offers to sign in where only a token keeps work from landing by pull requests', () => {
    const without = lands({ kind: 'branches', lacksToken: 'house/shop', server });
    expect(describedAs(without, 'Sign In to GitHub ...')).toBe(
      'Lands on local branches, for want of a token for GitHub house/shop.',
    );
    expect(labels({ ...without, trusted: false })).not.toContain('Sign In to GitHub ...');
  });

  it('offers to cancel a run, and no second one', () => {
    const offered = of({ activity: { kind: 'sync', scheduled: true, step: null } });
    expect(offered[0]).toBe('Cancel Run');
    expect(offered).not.toContain('Sync Now');
    expect(offered).not.toContain('Scan');
    expect(offered).not.toContain('Find Siblings ...');
    expect(offered).not.toContain('Run Doctor');
  });

  it('offers to resume what is paused, and neither when nothing is polled', () => {
    expect(of({ polling: polling({ paused: true }) })).toContain('Resume Polling');
    const off = of({ polling: polling({ mode: 'off' }) });
    expect(off).toContain('What Happens by Itself ...');
    expect(off.join()).not.toMatch(/Pause|Resume/);
  });

  it('offers nothing that runs in a restricted window', () => {
    const offered = of({}, { trusted: false });
    expect(offered[0]).toBe('Manage Workspace Trust');
    expect(offered.join()).not.toMatch(/Sync|Scan|Find|Doctor|Polling/);
  });

  it('helps to find siblings where there are none, and without a folder shows the log', () => {
    const none = of({ overview: null, trouble: { code: 'no-config', message: '' } });
    expect(none).toEqual(['-- Family', 'Find Siblings ...', 'Open Configuration', 'Run Doctor', 'Show Log']);
    expect(labels(windowOf([]))).toEqual(['Show Log']);
  });

  it('says what waits, when it looks next, and what happens by itself', () => {
    const window = windowOf([target({ overview: overview({ rows: rowsIn('review', 'candidate') }) })]);
    expect(describedAs(window, 'Show Incoming')).toBe('2 incoming, 1 for you');
    expect(describedAs(window, 'Pause Polling')).toMatch(/^next at \d\d:\d\d$/);
    expect(describedAs(window, 'What Happens by Itself ...')).toBe('only looks');
  });

  it('shows the incoming commits of each of several folders, and no icon of their names', () => {
    const other = target({ id: 'file:///other', name: '$(error) [x](command:y)' });
    const offered = labels(windowOf([target(), other]));
    expect(offered).toContain('Show Incoming of target');
    expect(offered.filter((label) => label.startsWith('Show Incoming'))).toHaveLength(2);
    expect(offered.join()).not.toMatch(/\$\(|\]\(/);
    const hebrew = labels(windowOf([target(), target({ id: 'file:///third', name: '\u05d7\u05e0' })]));
    expect(hebrew, 'isolated: the number after it stays after it').toContain(
      'Show Incoming of \u2068\u05d7\u05e0\u2069',
    );
  });
});

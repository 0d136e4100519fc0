import { ATTENTION_STANDINGS } from '../../core/kpi.js';
import { COMMANDS, type CommandId } from '../contributions.js';
import { isolated } from '../isolated.js';
import { forgeName, landsSentence, wantedForge } from '../landingPlace.js';
import { plainLabel } from '../plainLabel.js';
import { hasSiblings, type PollingMode, type TargetState, type WindowState } from '../state/model.js';
import { countOf, incomingOf } from './barState.js';
import { clockText } from './clock.js';

/** What choosing an entry does. */
export type MenuAct =
  | { readonly kind: 'command'; readonly command: CommandId | 'workbench.trust.manage' }
  /** Shows the incoming view; what is incoming to one target when one is named. */
  | { readonly kind: 'incoming'; readonly target: string | null }
  /** Asks what is to happen by itself. */
  | { readonly kind: 'mode' };

/** An entry of the quick menu, or a line between groups. */
export type MenuEntry =
  | { readonly kind: 'line'; readonly label: string }
  | {
      readonly kind: 'entry';
      readonly icon: string;
      readonly label: string;
      readonly description: string;
      readonly act: MenuAct;
    };

const entry = (icon: string, label: string, act: MenuAct, description = ''): MenuEntry => ({
  kind: 'entry',
  icon,
  label,
  description,
  act,
});

const command = (icon: string, label: string, id: CommandId, description = ''): MenuEntry =>
  entry(icon, label, { kind: 'command', command: id }, description);

const line = (label: string): MenuEntry => ({ kind: 'line', label });

function incomingWords({ overview }: TargetState): string {
  if (overview === null) return '';
  const [incoming, waiting] = [incomingOf(overview), countOf(overview, ATTENTION_STANDINGS)];
  if (incoming === 0) return 'in step';
  return waiting === 0 ? `${incoming} incoming` : `${incoming} incoming, ${waiting} for you`;
}

/** What a run does, and where it lands when that is one place. */
function syncWords(targets: readonly TargetState[]): string {
  const places = new Set(targets.filter(hasSiblings).map(({ overview }) => forgeName(overview?.lands)));
  const [place] = places;
  return places.size > 1 || place === null || place === undefined
    ? 'look, check, land what is proved safe'
    : `look, check, land on ${place} by pull requests`;
}

/** Offers to sign in where that is all that keeps work from landing by pull requests. */
function access({ targets, trusted }: WindowState): readonly MenuEntry[] {
  const overview = targets.filter(hasSiblings).flatMap((one) => one.overview ?? []);
  const lacking = overview.find(({ lands }) => wantedForge(lands) !== null);
  if (!trusted || lacking === undefined) return [];
  return [command('github', 'Sign In to GitHub ...', COMMANDS.signIn, landsSentence(lacking))];
}

function runs({ trusted, targets }: WindowState): readonly MenuEntry[] {
  if (!trusted)
    return [
      entry('shield', 'Manage Workspace Trust', { kind: 'command', command: 'workbench.trust.manage' }, 'nothing runs'),
    ];
  if (targets.some(({ activity }) => activity !== null)) return [command('debug-stop', 'Cancel Run', COMMANDS.cancel)];
  if (!targets.some(hasSiblings)) return [];
  return [
    command('sync', 'Sync Now', COMMANDS.sync, syncWords(targets)),
    command('search', 'Scan', COMMANDS.scan, 'only look'),
  ];
}

function incoming({ targets }: WindowState): readonly MenuEntry[] {
  const known = targets.filter(hasSiblings);
  if (known.length <= 1)
    return known.map((one) =>
      entry('repo-pull', 'Show Incoming', { kind: 'incoming', target: null }, incomingWords(one)),
    );
  return known.map((one) =>
    entry(
      'repo-pull',
      `Show Incoming of ${isolated(plainLabel(one.name, 40))}`,
      { kind: 'incoming', target: one.id },
      incomingWords(one),
    ),
  );
}

const MODE_WORDS: Readonly<Record<PollingMode, string>> = {
  off: 'nothing',
  scan: 'only looks',
  sync: 'lands what is proved safe',
};

function polling({ targets, trusted }: WindowState, now: number): readonly MenuEntry[] {
  const known = targets.filter(hasSiblings);
  const polled = known.filter((one) => one.polling.mode !== 'off');
  if (known.length === 0 || !trusted) return [];
  const isPaused = polled.some((one) => one.polling.paused);
  const next = Math.min(...polled.map((one) => one.polling.nextAt ?? Number.POSITIVE_INFINITY));
  const when = Number.isFinite(next) ? `next at ${clockText(next, now)}` : '';
  const modes = [...new Set(known.map((one) => MODE_WORDS[one.polling.mode]))].join(' / ');
  return [
    line('By itself'),
    ...(polled.length === 0
      ? []
      : isPaused
        ? [command('play', 'Resume Polling', COMMANDS.resumePolling)]
        : [command('debug-pause', 'Pause Polling', COMMANDS.pausePolling, when)]),
    entry('settings', 'What Happens by Itself ...', { kind: 'mode' }, modes),
  ];
}

function family(window: WindowState): readonly MenuEntry[] {
  const { targets, folders, trusted } = window;
  if (folders === 0) return [];
  const isRunning = targets.some(({ activity }) => activity !== null);
  return [
    line('Family'),
    ...(targets.some(hasSiblings) ? [command('graph', 'Show KPI Panel', COMMANDS.showPanel)] : []),
    ...(trusted && !isRunning ? [command('telescope', 'Find Siblings ...', COMMANDS.findSiblings)] : []),
    ...access(window),
    command('settings-gear', 'Open Configuration', COMMANDS.openConfig),
    ...(trusted && !isRunning ? [command('pulse', 'Run Doctor', COMMANDS.doctor)] : []),
  ];
}

/** What can be done now, as the quick menu lists it. */
export function menuOf(window: WindowState, now: number): readonly MenuEntry[] {
  return [
    ...runs(window),
    ...incoming(window),
    ...polling(window, now),
    ...family(window),
    command('output', 'Show Log', COMMANDS.showLog),
  ];
}

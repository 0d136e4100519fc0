import { assertNever } from '../../core/errors.js';
import type { ProgressStep } from '../../core/ports.js';
import { plainLabel } from '../plainLabel.js';
import type { Activity, ActivityKind } from '../state/model.js';
import type { BarState } from './barState.js';

/** Whether the background calls: only where something does not work at all, or was lost and rebuilt. */
export type BarTone = 'quiet' | 'warning' | 'error';

/** The status bar item in words. */
export interface BarText {
  /** Name of a codicon. */
  readonly icon: string;
  /** What follows the icon; text of others in it is plain. */
  readonly words: string;
  readonly tone: BarTone;
  /** What a screen reader says. */
  readonly spoken: string;
}

const DOING: Readonly<Record<ActivityKind, string>> = {
  scan: 'scanning',
  sync: 'syncing',
  apply: 'applying',
  undo: 'undoing',
  decline: 'declining',
  resolve: 'resolving',
  find: 'finding siblings',
  doctor: 'examining',
};

const PHASES: Readonly<Record<ProgressStep['phase'], string>> = {
  fetch: 'fetching',
  filter: 'filtering',
  integrate: 'integrating',
  validate: 'validating',
  decide: 'deciding',
  land: 'landing',
  persist: 'remembering',
};

/** UTF-16 units of a sibling's name that fit into a status bar. */
const SHORT = 24;

function workingWords({ kind, step }: Activity): string {
  if (step === null) return DOING[kind];
  const sibling = step.sibling === null ? '' : ` ${plainLabel(step.sibling, SHORT)}`;
  return `${DOING[kind]} (${PHASES[step.phase]}${sibling})`;
}

const TROUBLES: Readonly<Record<string, string>> = {
  config: 'problem in the configuration',
  'no-commits': 'no commit yet',
  'detached-head': 'no branch is checked out',
  'no-branch': 'the branch is gone',
  'git-missing': 'git is missing',
  'git-too-old': 'git is too old',
  'state-newer': 'needs an update',
};

const troubleWords = (code: string): string => TROUBLES[code] ?? 'cannot read its state';

const incomingWords = (count: number): string => (count === 0 ? 'in step' : `${count} incoming`);

const familyWords = (count: number): string => (count === 1 ? '1 sibling' : `${count} siblings`);

const failingWords = (failing: number, siblings: number): string =>
  failing === siblings ? 'no sibling can be read' : `${failing} of ${familyWords(siblings)} cannot be read`;

function attention(state: Extract<BarState, { kind: 'attention' }>): BarText {
  const { incoming, failing, siblings, recovered } = state;
  const what = [
    ...(recovered ? ['the state was recovered'] : []),
    ...(failing > 0 ? [failingWords(failing, siblings)] : []),
  ].join(', ');
  return {
    icon: 'warning',
    words: incoming === 0 ? what : incomingWords(incoming),
    tone: recovered || failing === siblings ? 'warning' : 'quiet',
    spoken: `needs attention: ${what}; ${incomingWords(incoming)}`,
  };
}

const quiet = (icon: string, words: string, spoken = words): BarText => ({ icon, words, tone: 'quiet', spoken });

const ICON = 'repo-pull';

/** The words for a state; null when nothing is shown. */
export function textOf(state: BarState): BarText | null {
  switch (state.kind) {
    case 'hidden':
      return null;
    case 'reading':
      return quiet(ICON, '', 'reading what it remembers');
    case 'no-siblings':
      return quiet(ICON, '', 'no siblings yet; find them by the menu');
    case 'restricted':
      return quiet('shield', 'restricted', `Restricted Mode, nothing runs; ${incomingWords(state.incoming)}`);
    case 'working':
      return quiet('sync~spin', workingWords(state.activity));
    case 'elsewhere':
      return quiet('sync', 'another run works', 'another run works, this window follows');
    case 'error':
      return { ...quiet('error', troubleWords(state.code)), tone: 'error' };
    case 'unready':
      return quiet('info', troubleWords(state.code));
    case 'attention':
      return attention(state);
    case 'offline':
      return quiet('cloud', `offline, ${incomingWords(state.incoming)}`);
    case 'signed-out':
      return {
        ...quiet('account', 'signed out', `signed out, pull requests wait; ${incomingWords(state.incoming)}`),
        tone: 'warning',
      };
    case 'paused':
      return quiet('debug-pause', `paused, ${incomingWords(state.incoming)}`);
    case 'never-looked':
      return quiet(ICON, 'not looked yet');
    case 'incoming':
      return quiet(
        ICON,
        incomingWords(state.incoming),
        state.waiting === 0
          ? incomingWords(state.incoming)
          : `${incomingWords(state.incoming)}, ${state.waiting} for you`,
      );
    case 'in-step':
      return quiet('check', 'in step', `in step with ${familyWords(state.siblings)}`);
    default:
      return assertNever(state);
  }
}

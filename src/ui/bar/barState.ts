import type { ProblemCode } from '../../core/errors.js';
import { ATTENTION_STANDINGS, OPEN_STANDINGS } from '../../core/kpi.js';
import type { Overview } from '../../core/overview.js';
import type { Standing } from '../../core/standing.js';
import type { Activity, TargetState, WindowState } from '../state/model.js';

/** What the status bar says of one target, or of all together. */
export type BarState =
  | { readonly kind: 'hidden' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'no-siblings' }
  | { readonly kind: 'restricted'; readonly incoming: number }
  | { readonly kind: 'working'; readonly activity: Activity }
  /** Another window or a terminal is at it. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'error'; readonly code: ProblemCode | 'unknown' }
  /** The repository is in a state that can receive nothing for now. */
  | { readonly kind: 'unready'; readonly code: ProblemCode | 'unknown' }
  | {
      readonly kind: 'attention';
      readonly incoming: number;
      readonly failing: number;
      readonly siblings: number;
      readonly recovered: boolean;
    }
  | { readonly kind: 'offline'; readonly incoming: number }
  /** Pull requests wait for a token, and nothing lands. */
  | { readonly kind: 'signed-out'; readonly incoming: number }
  | { readonly kind: 'paused'; readonly incoming: number }
  | { readonly kind: 'never-looked' }
  | { readonly kind: 'incoming'; readonly incoming: number; readonly waiting: number }
  | { readonly kind: 'in-step'; readonly siblings: number };

const UNREADY: readonly string[] = ['no-commits', 'detached-head', 'no-branch'];

/** How many rows have one of these standings. */
export const countOf = ({ rows }: Overview, standings: readonly Standing[]): number =>
  rows.filter(({ standing }) => standings.includes(standing)).length;

/** How many of a target's rows are neither in the target nor settled. */
export const incomingOf = (overview: Overview): number => countOf(overview, OPEN_STANDINGS);

function withoutOverview({ trouble }: TargetState): BarState {
  if (trouble === null) return { kind: 'reading' };
  const { code } = trouble;
  if (code === 'no-config') return { kind: 'no-siblings' };
  if (code === 'no-repository' || code === 'bare-target') return { kind: 'hidden' };
  return { kind: UNREADY.includes(code) ? 'unready' : 'error', code };
}

/** A run that was killed stays `running` for ever, but holds no lock. */
const runsElsewhere = ({ lastRun, busy }: Overview): boolean => lastRun?.outcome === 'running' && busy === true;

function lookedAt({ polling }: TargetState, overview: Overview): BarState {
  const incoming = incomingOf(overview);
  const siblings = overview.siblings.length;
  const failing = overview.siblings.filter(({ error }) => error !== null).length;
  const recovered = overview.health.notes.length > 0;
  if (recovered || (failing > 0 && !polling.offline))
    return { kind: 'attention', incoming, failing, siblings, recovered };
  if (polling.offline) return { kind: 'offline', incoming };
  if (overview.lands.kind === 'signed-out') return { kind: 'signed-out', incoming };
  if (polling.paused) return { kind: 'paused', incoming };
  if (overview.checkedAt === null) return { kind: 'never-looked' };
  if (incoming === 0) return { kind: 'in-step', siblings };
  return { kind: 'incoming', incoming, waiting: countOf(overview, ATTENTION_STANDINGS) };
}

/** What is said of one target. */
export function stateOfTarget(target: TargetState, trusted: boolean): BarState {
  const { activity, overview } = target;
  if (activity !== null) return { kind: 'working', activity };
  if (overview === null) return withoutOverview(target);
  if (overview.siblings.length === 0) return { kind: 'no-siblings' };
  if (runsElsewhere(overview)) return { kind: 'elsewhere' };
  if (!trusted) return { kind: 'restricted', incoming: incomingOf(overview) };
  return lookedAt(target, overview);
}

/** What says more than what follows, when several folders are open. */
const ORDER: readonly BarState['kind'][] = [
  'working',
  'elsewhere',
  'error',
  'attention',
  'restricted',
  'signed-out',
  'offline',
  'paused',
  'incoming',
  'unready',
  'never-looked',
  'in-step',
  'reading',
  'no-siblings',
  'hidden',
];

const sumOf = (states: readonly BarState[], key: 'incoming' | 'waiting' | 'siblings' | 'failing'): number =>
  states.reduce((sum, state) => sum + (key in state ? Number(state[key as keyof BarState]) : 0), 0);

/** The numbers of all targets in the state that says most. */
function together(first: BarState, states: readonly BarState[]): BarState {
  const [incoming, siblings] = [sumOf(states, 'incoming'), sumOf(states, 'siblings')];
  switch (first.kind) {
    case 'attention': {
      const recovered = states.some((state) => state.kind === 'attention' && state.recovered);
      return { ...first, incoming, siblings, recovered, failing: sumOf(states, 'failing') };
    }
    case 'incoming':
      return { ...first, incoming, waiting: sumOf(states, 'waiting') };
    case 'in-step':
      return { ...first, siblings };
    case 'restricted':
    case 'signed-out':
    case 'offline':
    case 'paused':
      return { ...first, incoming };
    default:
      return first;
  }
}

/** What is said of the window. */
export function stateOfWindow(window: WindowState): BarState {
  const states = window.targets.map((target) => stateOfTarget(target, window.trusted));
  const first = ORDER.map((kind) => states.find((state) => state.kind === kind)).find((state) => state !== undefined);
  if (first === undefined) return { kind: 'hidden' };
  return states.length === 1 ? first : together(first, states);
}

import type { Standing } from './standing.js';

/** A column of numbers in the panel: standings that mean the same to the person who reads. */
export type PanelColumn = 'review' | 'conflict' | 'rejected' | 'waiting' | 'landed' | 'settled';

/** The panel's columns of numbers, with what each counts; every standing is in exactly one, so that a row adds up. */
export const PANEL_COLUMNS: readonly {
  readonly column: PanelColumn;
  readonly title: string;
  readonly standings: readonly Standing[];
}[] = [
  { column: 'review', title: 'Review', standings: ['review'] },
  { column: 'conflict', title: 'Conflict', standings: ['conflict'] },
  { column: 'rejected', title: 'Rejected', standings: ['rejected'] },
  { column: 'waiting', title: 'Waiting', standings: ['candidate', 'waiting'] },
  { column: 'landed', title: 'Landed', standings: ['landed'] },
  { column: 'settled', title: 'Set aside', standings: ['present', 'cancelled', 'declined', 'filtered'] },
];

/** One sibling in the panel. */
export interface PanelSibling {
  readonly name: string;
  /** When it was last looked at, in words. */
  readonly seen: string;
  readonly counts: Readonly<Record<PanelColumn, number>>;
}

/** The state as the panel shows it; every text is sanitised already. */
export interface PanelState {
  readonly target: string;
  /** What waits for the reader, in one sentence. */
  readonly summary: string;
  readonly lastRun: string;
  /** What is wrong: siblings that could not be read, state that was mended. */
  readonly warnings: readonly string[];
  readonly siblings: readonly PanelSibling[];
}

/** What the editor tells the panel. */
export type ToPanel =
  | { readonly kind: 'state'; readonly state: PanelState }
  | { readonly kind: 'problem'; readonly tone: 'error' | 'hint'; readonly title: string; readonly message: string };

/** What the panel tells the editor. */
export type FromPanel = { readonly kind: 'ready' } | { readonly kind: 'refresh' };

/** Checks a message before it is believed: webviews and hosts may be of different versions. */
export function isFromPanel(message: unknown): message is FromPanel {
  const kind = (message as { kind?: unknown } | null)?.kind;
  return kind === 'ready' || kind === 'refresh';
}

/** As `isFromPanel`, for the other way. */
export function isToPanel(message: unknown): message is ToPanel {
  const kind = (message as { kind?: unknown } | null)?.kind;
  return kind === 'state' || kind === 'problem';
}

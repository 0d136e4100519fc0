import type { Standing } from './standing.js';

/** One sibling in the panel. */
export interface PanelSibling {
  readonly name: string;
  readonly seen: string;
  readonly error: string | null;
  readonly counts: Readonly<Partial<Record<Standing, number>>>;
}

/** The state as the panel shows it; every text is sanitised already. */
export interface PanelState {
  readonly target: string;
  readonly lastRun: string;
  readonly siblings: readonly PanelSibling[];
}

/** What the editor tells the panel. */
export type ToPanel =
  | { readonly kind: 'state'; readonly state: PanelState }
  | { readonly kind: 'problem'; readonly message: string };

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

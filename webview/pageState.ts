import { isFiniteNumber, isText, nullable, objectOf, oneOf, type Shape } from '../src/core/shape.js';

/** Tabs of the page, in their order. */
export const TABS = ['overview', 'runs'] as const;

/** A tab of the page. */
export type Tab = (typeof TABS)[number];

/** What the page remembers over a reload. */
export interface PageState {
  readonly target: string | null;
  readonly tab: Tab;
  /** Pixels from the top. */
  readonly scroll: number;
}

/** Of a page that is new. */
export const NEW_PAGE: PageState = { target: null, tab: 'overview', scroll: 0 };

const isPageState: Shape<PageState> = objectOf<PageState>({
  target: nullable(isText),
  tab: oneOf(TABS),
  scroll: isFiniteNumber,
});

/** The state as it was kept; that of a new page when it is from another version. */
export const pageStateOf = (kept: unknown): PageState => (isPageState(kept) ? kept : NEW_PAGE);

import { isKpis, type Kpis } from './kpi.js';
import { isRowFilter, type RowFilter } from './rowFilter.js';
import { isText, listOf, nullable, objectOf, oneOf, type Shape } from './shape.js';

/** Commands that the page may ask for; nothing else is ever run for it. */
export const PAGE_COMMANDS = ['autosync.findSiblings', 'autosync.sync', 'autosync.scan'] as const;

/** A command that the page may ask for. */
export type PageCommand = (typeof PAGE_COMMANDS)[number];

/** A target that the page may show. */
export interface PageTarget {
  readonly id: string;
  readonly name: string;
}

/** What there is to show of the chosen target; every text is sanitised already. */
export type PageContent =
  | { readonly kind: 'figures'; readonly kpis: Kpis }
  /** No configuration names siblings; `message` says what to do. */
  | { readonly kind: 'not-set-up'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'no-target' };

/** What the editor tells the page. */
export type ToPage =
  /** A reading of the chosen target began. */
  | { readonly kind: 'reading'; readonly chosen: string | null }
  | {
      readonly kind: 'content';
      readonly targets: readonly PageTarget[];
      readonly chosen: string | null;
      readonly content: PageContent;
    };

/** What the page tells the editor. */
export type FromPage =
  /** The page was built; `target` is what it showed before a reload. */
  | { readonly kind: 'ready'; readonly target: string | null }
  | { readonly kind: 'refresh' }
  | { readonly kind: 'choose'; readonly target: string }
  | { readonly kind: 'reveal'; readonly target: string; readonly filter: RowFilter }
  | { readonly kind: 'run'; readonly command: PageCommand };

/** The shape of each kind of a union. */
type Kinds<Message extends { readonly kind: string }> = {
  readonly [Kind in Message['kind']]: Shape<Extract<Message, { readonly kind: Kind }>>;
};

function unionOf<Message extends { readonly kind: string }>(kinds: Kinds<Message>): Shape<Message> {
  const shapes = new Map<unknown, Shape<Message>>(Object.entries(kinds));
  const isTagged = objectOf<{ readonly kind: string }>({ kind: isText });
  return (value): value is Message => isTagged(value) && shapes.get(value.kind)?.(value) === true;
}

const isPageContent = unionOf<PageContent>({
  figures: objectOf({ kind: oneOf(['figures']), kpis: isKpis }),
  'not-set-up': objectOf({ kind: oneOf(['not-set-up']), message: isText }),
  failed: objectOf({ kind: oneOf(['failed']), message: isText }),
  'no-target': objectOf({ kind: oneOf(['no-target']) }),
});

/** Checks a message to the page before it is believed: page and editor may be of different versions. */
export const isToPage: Shape<ToPage> = unionOf<ToPage>({
  reading: objectOf({ kind: oneOf(['reading']), chosen: nullable(isText) }),
  content: objectOf({
    kind: oneOf(['content']),
    targets: listOf(objectOf<PageTarget>({ id: isText, name: isText })),
    chosen: nullable(isText),
    content: isPageContent,
  }),
});

/** As `isToPage`, for the other way. */
export const isFromPage: Shape<FromPage> = unionOf<FromPage>({
  ready: objectOf({ kind: oneOf(['ready']), target: nullable(isText) }),
  refresh: objectOf({ kind: oneOf(['refresh']) }),
  choose: objectOf({ kind: oneOf(['choose']), target: isText }),
  reveal: objectOf({ kind: oneOf(['reveal']), target: isText, filter: isRowFilter }),
  run: objectOf({ kind: oneOf(['run']), command: oneOf(PAGE_COMMANDS) }),
});

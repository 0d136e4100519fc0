import { isolated } from '../isolated.js';

/** What a row says, before it is made an item of the editor. Every text is one safe line. */
export interface RowText {
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly spoken: string;
  /** Words that menus of `package.json` ask for. */
  readonly context: string;
}

/** Parts that are not empty, with a dot between them; none changes the order of another. */
export const dotted = (parts: readonly (string | null)[]): string =>
  parts.flatMap((part) => (part ? [isolated(part)] : [])).join(' · ');

/** Parts that are not empty, with a comma between them. */
export const listed = (parts: readonly (string | null)[]): string => parts.filter(Boolean).join(', ');

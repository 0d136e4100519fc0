import type { PageCommand } from '../src/core/protocol.js';
import type { RowFilter } from '../src/core/rowFilter.js';
import type { Tab } from './pageState.js';

/** What a person can set off on the page. */
export interface PageActions {
  readonly refresh: () => void;
  readonly choose: (target: string) => void;
  readonly reveal: (filter: RowFilter) => void;
  readonly open: (tab: Tab) => void;
  readonly run: (command: PageCommand) => void;
}

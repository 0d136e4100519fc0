import * as vscode from 'vscode';
import { isText, objectOf, oneOf } from '../../core/shape.js';
import { COMMANDS } from '../contributions.js';
import type { Choices } from './choices.js';
import { askFilter } from './filterInput.js';
import type { MoreRow } from './row.js';

/** What the view's own commands work on. */
export interface Listing {
  readonly choices: Choices;
  readonly filterText: string;
  choose(part: Partial<Choices>): void;
  filterBy(text: string): void;
  clearFilter(): void;
  showMore(row: Pick<MoreRow, 'of'>): void;
  refresh(): Promise<void>;
}

const GROUPING_ITEMS = [
  { choice: 'sibling', label: 'Sibling', description: 'each repository with what it has' },
  { choice: 'verdict', label: 'Verdict', description: 'what waits for you first' },
  { choice: 'type', label: 'Type', description: 'fix, feat, perf and so on' },
] as const;

const ORDER_ITEMS = [
  { choice: 'risk', label: 'Risk', description: 'the least first' },
  { choice: 'date', label: 'Date', description: 'the newest first' },
] as const;

/** Lets a person choose one of a few; undefined when none was chosen. */
async function pick<Choice extends string>(
  title: string,
  items: readonly { readonly choice: Choice; readonly label: string; readonly description: string }[],
  now: Choice,
): Promise<Choice | undefined> {
  const shown = items.map((item) => ({ ...item, ...(item.choice === now && { detail: 'as it is now' }) }));
  const chosen = await vscode.window.showQuickPick(shown, { title, placeHolder: title });
  return chosen?.choice;
}

async function chooseGrouping(listing: Listing): Promise<void> {
  const groupBy = await pick('Group incoming commits by', GROUPING_ITEMS, listing.choices.groupBy);
  if (groupBy !== undefined) listing.choose({ groupBy });
}

async function chooseOrder(listing: Listing): Promise<void> {
  const sortBy = await pick('Sort incoming commits by', ORDER_ITEMS, listing.choices.sortBy);
  if (sortBy !== undefined) listing.choose({ sortBy });
}

/** Anybody may call a command, with anything. */
const isMore = objectOf<Pick<MoreRow, 'kind' | 'of'>>({ kind: oneOf(['more']), of: isText });

/** Registers the commands that change what the view lists, and how. */
export function registerViewCommands(listing: Listing): vscode.Disposable {
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register(COMMANDS.filterText, () => askFilter(listing.filterText, (text) => listing.filterBy(text))),
    register(COMMANDS.clearFilter, () => listing.clearFilter()),
    register(COMMANDS.hideSettled, () => listing.choose({ settledHidden: true })),
    register(COMMANDS.showSettled, () => listing.choose({ settledHidden: false })),
    register(COMMANDS.groupBy, () => chooseGrouping(listing)),
    register(COMMANDS.sortBy, () => chooseOrder(listing)),
    register(COMMANDS.showMore, (row: unknown) => (isMore(row) ? listing.showMore(row) : undefined)),
    register(COMMANDS.refresh, () => listing.refresh()),
  );
}

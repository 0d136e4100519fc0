import * as vscode from 'vscode';
import { isOpenFilter, type RowFilter } from '../../core/rowFilter.js';
import { setContext } from '../contextKeys.js';
import { VIEWS } from '../contributions.js';
import type { Targets } from '../state/targets.js';
import { type Choices, isLimited, type Limits, NO_LIMITS, readChoices } from './choices.js';
import type { MoreRow, Row } from './row.js';
import { RowsProvider } from './rowsProvider.js';
import { type Listing, registerViewCommands } from './viewCommands.js';
import { limitText, viewDescription, viewMessage, waitingBadge } from './viewText.js';

/** Key of the choices in the window's memory. */
const CHOICES = 'autosync.incoming.choices';

/** Milliseconds after which "4 min ago" is told anew. */
const MINUTE = 60_000;

/** What the incoming view works with. */
export interface IncomingViewOptions {
  readonly targets: Targets;
  /** Where the view's choices (grouping, sorting, hiding) are kept over windows. */
  readonly memory: vscode.Memento;
  /** Called when the view becomes visible. */
  readonly onFirstShown: () => void;
}

/** The sidebar tree of incoming changes. */
export class IncomingView implements vscode.Disposable, Listing {
  private readonly targets: Targets;
  private readonly memory: vscode.Memento;
  private readonly rows: RowsProvider;
  private readonly view: vscode.TreeView<Row>;
  private readonly rest: vscode.Disposable;
  private limits: Limits = NO_LIMITS;

  /** How a person wants to see the list. */
  choices: Choices;

  constructor({ targets, memory, onFirstShown }: IncomingViewOptions) {
    this.targets = targets;
    this.memory = memory;
    this.choices = readChoices(memory.get(CHOICES));
    this.rows = new RowsProvider(targets, this.choices);
    this.view = vscode.window.createTreeView<Row>(VIEWS.incoming, {
      treeDataProvider: this.rows,
      canSelectMany: true,
    });
    const timer = setInterval(() => this.tick(), MINUTE);
    this.rest = vscode.Disposable.from(
      this.view,
      this.rows,
      registerViewCommands(this),
      targets.onDidChange(() => this.follow()),
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible) onFirstShown();
        this.tick();
      }),
      new vscode.Disposable(() => clearInterval(timer)),
    );
    if (this.view.visible) onFirstShown();
    this.tell();
  }

  /** The rows that are selected. */
  get selection(): readonly Row[] {
    return this.view.selection;
  }

  /** The words that rows are searched for. */
  get filterText(): string {
    return this.limits.filter.text ?? '';
  }

  /** Shows the rows of a target that a filter lets through, and goes to the first of them. */
  async show(target: string, filter: RowFilter): Promise<void> {
    await vscode.commands.executeCommand(`${VIEWS.incoming}.focus`);
    const shown = this.targets.get(target);
    if (shown?.state.overview === null) await shown.refresh();
    const narrows = !isOpenFilter(filter) && this.targets.all.length > 1;
    this.limit({ target: narrows ? target : null, filter });
    const first = this.rows.firstCommit(target) ?? this.rows.firstCommit();
    if (first !== undefined) await this.goTo(first);
  }

  /** Lists the rows in another way, from now on. */
  choose(part: Partial<Choices>): void {
    this.choices = { ...this.choices, ...part };
    void this.memory.update(CHOICES, this.choices);
    this.limit(this.limits);
  }

  /** Limits the list to rows that hold these words, beside what else limits it. */
  filterBy(text: string): void {
    const { text: _, ...others } = this.limits.filter;
    this.limit({ ...this.limits, filter: text.trim() === '' ? others : { ...others, text } });
  }

  /** Shows everything again. */
  clearFilter(): void {
    this.limit(NO_LIMITS);
  }

  /** Lists more of a long list, and goes to the first row that is new. */
  showMore(row: Pick<MoreRow, 'of'>): void {
    const next = this.rows.showMore(row);
    if (next !== undefined) void this.goTo(next);
  }

  /** Reads every target anew. */
  async refresh(): Promise<void> {
    await Promise.all(this.targets.all.map((target) => target.refresh()));
  }

  /** Takes the view away. */
  dispose(): void {
    this.rest.dispose();
  }

  /** Name of the only folder that is shown; null when all are. */
  private get limitedTo(): string | null {
    const { target } = this.limits;
    return target === null ? null : (this.targets.get(target)?.state.name ?? null);
  }

  private async goTo(row: Row): Promise<void> {
    try {
      await this.view.reveal(row, { select: true, focus: true });
    } catch {
      // The list changed meanwhile, and the row is gone from it.
    }
  }

  private follow(): void {
    this.rows.follow();
    this.tell();
  }

  private limit(limits: Limits): void {
    this.limits = limits;
    this.rows.choose(this.choices, limits);
    this.tell();
  }

  private tick(): void {
    if (!this.view.visible) return;
    this.rows.grow();
    this.tell();
  }

  private tell(): void {
    const { choices, limits, view } = this;
    const window = this.targets.state;
    setContext('autosync.filtered', isLimited(limits));
    setContext('autosync.settledHidden', choices.settledHidden);
    const limit = limitText(limits.filter, this.limitedTo);
    const listing = { shown: this.rows.count, limit: isLimited(limits) ? limit : null };
    view.description = viewDescription(choices, limit);
    view.message = viewMessage({ window, now: Date.now(), listing }) ?? '';
    view.badge = waitingBadge(window);
  }
}

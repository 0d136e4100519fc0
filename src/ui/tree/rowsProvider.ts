import * as vscode from 'vscode';
import type { WindowState } from '../state/model.js';
import { NOTHING_PROVED, type Proving, type Provings, provingChanges, provingKey } from '../state/proving.js';
import type { Targets } from '../state/targets.js';
import { arrange } from './arrange.js';
import { type Choices, isLimited, type Limits, NO_LIMITS } from './choices.js';
import { CommitDetails } from './commitDetails.js';
import { Elements } from './elements.js';
import { commitId, enhancementId } from './enhancementId.js';
import { enhancementTooltip } from './enhancementTooltip.js';
import type { EnhancementRow, MoreRow, Row } from './row.js';
import { treeItem } from './treeItem.js';

/** What the rows depend on of a window; equal parts mean equal rows. */
const partsOf = ({ targets, trusted, loading }: WindowState): readonly unknown[] => [
  trusted,
  loading,
  ...targets.flatMap(({ id, overview, trouble, activity }) => [id, overview, trouble, activity?.kind]),
];

/** Gives the editor the rows it asks for, and tells it which of them changed. */
export class RowsProvider implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly targets: Targets;
  private readonly elements = new Elements();
  private readonly details: CommitDetails;
  private readonly changed = new vscode.EventEmitter<Row[] | undefined>();
  private readonly described = new Map<string, string>();
  private choices: Choices;
  private limits: Limits = NO_LIMITS;
  private parts: readonly unknown[] = [];
  private provings: ReadonlyMap<string, Provings> = new Map();

  /** Fires with the rows that have to be drawn again; with nothing when all have to. */
  readonly onDidChangeTreeData = this.changed.event;

  constructor(targets: Targets, choices: Choices) {
    this.targets = targets;
    this.choices = choices;
    this.details = new CommitDetails((target) => targets.get(target)?.engine);
    this.follow();
  }

  /** How many commits are listed, on every page. */
  get count(): number {
    return this.elements.count;
  }

  /** The first commit that is listed, in all or below a row; undefined when none is. */
  firstCommit(above: string | null = null): Row | undefined {
    for (const row of this.elements.children(above)) {
      const first = row.kind === 'enhancement' ? row : this.firstCommit(row.id);
      if (first !== undefined) return first;
    }
    return undefined;
  }

  /** Lists what the targets say now; nothing happens when nothing of it changed. */
  follow(): void {
    const window = this.targets.state;
    const parts = partsOf(window);
    if (parts.length !== this.parts.length || parts.some((part, index) => part !== this.parts[index])) {
      this.parts = parts;
      this.details.clear();
      this.arrange();
    }
    this.followProvings(window);
  }

  /** Lists the rows in another way, or others of them. */
  choose(choices: Choices, limits: Limits): void {
    this.choices = choices;
    this.limits = limits;
    this.elements.resetPages();
    this.arrange();
  }

  /** Lists more of a long list, and answers the first row that is new. */
  showMore({ of }: Pick<MoreRow, 'of'>): Row | undefined {
    const next = this.elements.showMore(of);
    this.draw([of]);
    this.elements.children(of);
    return next === undefined ? undefined : this.elements.get(next);
  }

  /** Draws siblings again whose words depend on the time that has passed. */
  grow(): void {
    const old = [...this.described].filter(([id, text]) => this.descriptionOf(id) !== text);
    if (old.length > 0) this.draw(old.map(([id]) => id));
  }

  getChildren(row?: Row): vscode.ProviderResult<Row[]> {
    if (row === undefined) return [...this.elements.children(null)];
    if (row.kind === 'enhancement') return this.details.filesOf(row).then((rows) => [...rows]);
    return [...this.elements.children(row.id)];
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const item = this.itemOf(row);
    if (row.kind === 'sibling') this.described.set(row.id, String(item.description));
    return item;
  }

  getParent(row: Row): Row | undefined {
    if (row.kind === 'file') return this.elements.get(enhancementId(row.target, row.row));
    if (row.kind === 'note' || row.kind === 'more') return this.elements.get(row.of);
    return this.elements.parent(row);
  }

  async resolveTreeItem(item: vscode.TreeItem, row: Row): Promise<vscode.TreeItem> {
    if (row.kind !== 'enhancement' || item.tooltip !== undefined) return item;
    const commit = await this.details.of(row).catch(() => null);
    const proving = this.provingOf(row);
    if (commit !== null) item.tooltip = new vscode.MarkdownString(enhancementTooltip(row.row.sibling, commit, proving));
    return item;
  }

  dispose(): void {
    this.changed.dispose();
  }

  private itemOf(row: Row): vscode.TreeItem {
    return treeItem(row, {
      sectionOf: (id) => this.elements.section(id),
      hasPage: (enhancement) => this.hasPage(enhancement),
      checking: (enhancement) => this.provingOf(enhancement)?.checking ?? null,
      namesSibling: this.choices.groupBy !== 'sibling',
      limited: isLimited(this.limits),
      now: Date.now(),
    });
  }

  private descriptionOf(id: string): string | undefined {
    const row = this.elements.get(id);
    return row === undefined ? undefined : String(this.itemOf(row).description);
  }

  private hasPage({ target, row }: EnhancementRow): boolean {
    const siblings = this.targets.get(target)?.state.overview?.siblings ?? [];
    return siblings.some(({ name, commitPage }) => name === row.sibling && commitPage !== null);
  }

  private provingOf({ target, row }: EnhancementRow): Proving | null {
    return this.provings.get(target)?.get(provingKey(row.sibling, row.sha)) ?? null;
  }

  /** Draws the commits again whose checks went on, and no others. */
  private followProvings({ targets }: WindowState): void {
    const before = this.provings;
    this.provings = new Map(targets.map(({ id, provings }) => [id, provings]));
    const changed = targets.flatMap(({ id, provings }) =>
      provingChanges(before.get(id) ?? NOTHING_PROVED, provings).map((key) => commitId(id, key)),
    );
    if (changed.length > 0) this.draw(changed);
  }

  private arrange(): void {
    const { choices, limits } = this;
    const difference = this.elements.update(arrange({ window: this.targets.state, choices, limits }));
    if (difference === 'all') this.described.clear();
    this.draw(difference === 'all' ? undefined : difference);
  }

  private draw(ids: readonly string[] | undefined): void {
    const rows = ids?.map((id) => this.elements.get(id)).filter((row) => row !== undefined);
    if (rows === undefined || rows.length > 0) this.changed.fire(rows);
  }
}

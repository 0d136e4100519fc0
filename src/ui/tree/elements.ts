import type { IncomingRow } from '../../core/overview.js';
import { type Difference, difference } from './difference.js';
import { enhancementId } from './enhancementId.js';
import type { EnhancementRow, MoreRow, Row } from './row.js';
import type { Section } from './section.js';

/** How many commits are listed at first, and how many more at every "Show more". */
export const PAGE = 200;

type Changing<Plain> = { -readonly [Key in keyof Plain]: Plain[Key] };

/** The rows the editor was given, each the same object for as long as it exists; made when they are asked for. */
export class Elements {
  private roots: readonly Section[] = [];
  private readonly sections = new Map<string, Section>();
  private readonly held = new Map<string, Row>();
  private readonly parents = new Map<string, string>();
  private readonly pages = new Map<string, number>();

  /** Takes a new arrangement over, and answers which rows have to be drawn again. */
  update(roots: readonly Section[]): Difference {
    const changed = difference(this.roots, roots, (id) => this.shownOf(id));
    this.roots = roots;
    this.sections.clear();
    this.parents.clear();
    for (const root of roots) this.index(root, null);
    this.prune();
    return changed;
  }

  /** How many commits there are, listed already or not. */
  get count(): number {
    return [...this.sections.values()].reduce((sum, { rows }) => sum + rows.length, 0);
  }

  /** Lists are as short as at first again. */
  resetPages(): void {
    this.pages.clear();
  }

  /** The row with an id, when the editor was given it. */
  get(id: string): Row | undefined {
    return this.held.get(id);
  }

  /** The section a row stands for. */
  section(id: string): Section | undefined {
    return this.sections.get(id);
  }

  /** The rows below a section; those of the first level when none is named. */
  children(id: string | null): readonly Row[] {
    if (id === null) return this.roots.map((section) => this.hold(section.row));
    const section = this.sections.get(id);
    if (section === undefined) return [];
    const shown = section.rows.slice(0, this.shownOf(id)).map((row) => this.enhancement(section, row));
    return [...section.sections.map(({ row }) => this.hold(row)), ...shown, ...this.more(section)];
  }

  /** The row above a row; undefined at the first level. */
  parent({ id }: Row): Row | undefined {
    const parent = this.parents.get(id);
    return parent === undefined ? undefined : this.held.get(parent);
  }

  /** Lists more of a section, and answers the id of the first commit that was not listed before. */
  showMore(id: string): string | undefined {
    const section = this.sections.get(id);
    const shown = this.shownOf(id);
    this.pages.set(id, shown + PAGE);
    const next = section?.rows[shown];
    return section === undefined || next === undefined ? undefined : enhancementId(section.row.target, next);
  }

  private shownOf(id: string): number {
    return this.pages.get(id) ?? PAGE;
  }

  private index(section: Section, parent: string | null): void {
    const { id, target } = section.row;
    this.sections.set(id, section);
    if (parent !== null) this.parents.set(id, parent);
    for (const child of section.sections) this.index(child, id);
    for (const row of section.rows) this.follow(enhancementId(target, row), id, row);
  }

  /** A commit that the editor knows already gets what is known of it now. */
  private follow(id: string, parent: string, row: IncomingRow): void {
    const known = this.held.get(id);
    if (known?.kind !== 'enhancement') return;
    this.parents.set(id, parent);
    const changing: Changing<EnhancementRow> = known;
    changing.row = row;
  }

  /** Forgets the rows that are gone. */
  private prune(): void {
    for (const [id, { kind }] of this.held)
      if (kind === 'enhancement' ? !this.parents.has(id) : !this.sections.has(id)) this.held.delete(id);
  }

  private hold(row: Row): Row {
    const known = this.held.get(row.id);
    if (known !== undefined) return known;
    this.held.set(row.id, row);
    return row;
  }

  private enhancement({ row: { id: parent, target } }: Section, row: IncomingRow): Row {
    const id = enhancementId(target, row);
    this.parents.set(id, parent);
    return this.held.get(id) ?? this.hold({ kind: 'enhancement', id, target, row });
  }

  private more({ row: { id: of, target }, rows }: Section): readonly MoreRow[] {
    const left = rows.length - this.shownOf(of);
    return left <= 0 ? [] : [{ kind: 'more', id: `${of}|more`, target, of, left }];
  }
}

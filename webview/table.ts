import { element } from './elements.js';

/** One cell; the first of a row names it. */
export interface Cell {
  readonly className?: string;
  readonly content: readonly HTMLElement[];
}

/** One row; `note` stands below its cells, as wide as the table. */
export interface Row {
  readonly cells: readonly Cell[];
  readonly note?: HTMLElement;
}

/** A column: `title` stands above it, and before each cell where the window is too narrow for columns. */
export interface Column {
  readonly title: string;
  readonly className?: string;
}

function cellElement({ className = '', content }: Cell, column: Column | undefined, isName: boolean): HTMLElement {
  const role = isName ? 'rowheader' : 'cell';
  const attributes = { role, 'data-title': column?.title ?? '', scope: isName ? 'row' : null };
  const classes = `${column?.className ?? ''} ${className}`.trim();
  return element(isName ? 'th' : 'td', { className: classes, attributes, children: content });
}

function noteElement(note: HTMLElement, columns: readonly Column[]): HTMLElement {
  const cell = element('td', { attributes: { role: 'cell', colspan: String(columns.length) }, children: [note] });
  return element('tr', { className: 'note', attributes: { role: 'row' }, children: [cell] });
}

function rowElements({ cells, note }: Row, columns: readonly Column[]): readonly HTMLElement[] {
  const row = element('tr', {
    className: note === undefined ? '' : 'noted',
    attributes: { role: 'row' },
    children: cells.map((cell, index) => cellElement(cell, columns[index], index === 0)),
  });
  return note === undefined ? [row] : [row, noteElement(note, columns)];
}

const headElement = ({ title, className = '' }: Column): HTMLElement =>
  element('th', { text: title, className, attributes: { role: 'columnheader', scope: 'col' } });

/** A table. Its roles are written out, because a narrow window lays it out as cards, which takes them away. */
export function table(label: string, columns: readonly Column[], rows: readonly Row[]): HTMLElement {
  const head = element('tr', { attributes: { role: 'row' }, children: columns.map(headElement) });
  return element('table', {
    attributes: { role: 'table', 'aria-label': label },
    children: [
      element('thead', { attributes: { role: 'rowgroup' }, children: [head] }),
      element('tbody', {
        attributes: { role: 'rowgroup' },
        children: rows.flatMap((row) => rowElements(row, columns)),
      }),
    ],
  });
}

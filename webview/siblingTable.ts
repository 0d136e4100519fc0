import { PANEL_COLUMNS, type PanelSibling } from '../src/core/protocol.js';
import { element, group } from './elements.js';

const WIDTHS = `minmax(9em, 2fr) repeat(${PANEL_COLUMNS.length}, minmax(6em, 1fr)) minmax(13em, 2fr)`;

function cell(text: string, column: number, className: string): HTMLElement {
  const made = element('vscode-data-grid-cell', text, className);
  made.setAttribute('grid-column', String(column));
  return made;
}

const countCell = (count: number, column: number): HTMLElement =>
  cell(String(count), column, count === 0 ? 'number none' : 'number');

function headerRow(): HTMLElement {
  const numbers = PANEL_COLUMNS.map(({ title }, index) => cell(title, index + 2, 'number'));
  const cells = [cell('Sibling', 1, 'name'), ...numbers, cell('Last seen', PANEL_COLUMNS.length + 2, '')];
  for (const one of cells) one.setAttribute('cell-type', 'columnheader');
  const made = group('vscode-data-grid-row', cells);
  made.setAttribute('row-type', 'header');
  return made;
}

function siblingRow({ name, counts, seen }: PanelSibling): HTMLElement {
  const numbers = PANEL_COLUMNS.map(({ column }, index) => countCell(counts[column], index + 2));
  return group('vscode-data-grid-row', [
    cell(name, 1, 'name'),
    ...numbers,
    cell(seen, PANEL_COLUMNS.length + 2, seen === 'never' ? 'none' : ''),
  ]);
}

/** The family as a table: how many commits of each sibling stand where. */
export function siblingTable(siblings: readonly PanelSibling[]): HTMLElement {
  const grid = group('vscode-data-grid', [headerRow(), ...siblings.map(siblingRow)]);
  grid.setAttribute('aria-label', 'Incoming commits by sibling');
  grid.setAttribute('grid-template-columns', WIDTHS);
  grid.setAttribute('generate-header', 'none');
  return group('div', [grid], 'table');
}

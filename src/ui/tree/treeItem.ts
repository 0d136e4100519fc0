import * as vscode from 'vscode';
import { assertNever } from '../../core/errors.js';
import { sanitize } from '../../core/sanitize.js';
import { COMMANDS } from '../contributions.js';
import { editorWords } from '../editorWords.js';
import { PAGE } from './elements.js';
import { enhancementText } from './enhancementText.js';
import { fileText } from './fileText.js';
import { groupText, targetText } from './groupText.js';
import type { EnhancementRow, FileRow, GroupRow, MoreRow, NoteRow, Row, SiblingRow, TargetRow } from './row.js';
import type { RowText } from './rowText.js';
import type { Section } from './section.js';
import { isSignedOut, siblingText, siblingTooltip } from './siblingText.js';
import { CHECKING, DROPPED, FAILED, SIGNED_OUT, type Sign, signOf, standingSign } from './signs.js';

/** Scheme of the address by which the editor chooses a file's icon; nothing is ever read from it. */
const ICON_SCHEME = 'autosync-file';

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

/** What items depend on beside their row. */
export interface ItemSurroundings {
  /** The section a row stands for. */
  readonly sectionOf: (id: string) => Section | undefined;
  /** True when a commit's page on the forge is known. */
  readonly hasPage: (row: EnhancementRow) => boolean;
  /** The check that runs on a commit now; null when none does. */
  readonly checking: (row: EnhancementRow) => string | null;
  readonly namesSibling: boolean;
  readonly limited: boolean;
  readonly now: number;
}

const iconOf = ({ icon, color }: Sign): vscode.ThemeIcon => new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));

function itemOf(row: Row, { label, description, spoken, context }: RowText, state = None): vscode.TreeItem {
  const item = new vscode.TreeItem(label, state);
  item.id = row.id;
  item.description = description;
  item.contextValue = context;
  item.accessibilityInformation = { label: spoken };
  return item;
}

function targetItem(row: TargetRow, section: Section): vscode.TreeItem {
  const { trouble } = section.target;
  const item = itemOf(row, targetText(section.target, section), section.sections.length === 0 ? None : Expanded);
  item.iconPath = trouble === null ? new vscode.ThemeIcon('repo') : iconOf(FAILED);
  item.tooltip =
    trouble === null ? sanitize(section.target.folder, 1_000) : sanitize(editorWords(trouble.message), 2_000);
  return item;
}

function siblingItem(row: SiblingRow, section: Section, { limited, now }: ItemSurroundings): vscode.TreeItem {
  const { sibling } = section;
  if (sibling === null) return new vscode.TreeItem(row.sibling);
  const text = siblingText({ sibling, section, limited, now });
  const isEmpty = section.rows.length === 0;
  const item = itemOf(row, text, isEmpty ? None : Expanded);
  // The editor keeps a row closed that had nothing below it, so that a first scan would seem to find nothing.
  if (isEmpty) item.id = `${row.id} (empty)`;
  const failed = isSignedOut(sibling) ? SIGNED_OUT : FAILED;
  item.iconPath = sibling.error === null ? new vscode.ThemeIcon('repo-forked') : iconOf(failed);
  item.tooltip = siblingTooltip(sibling);
  return item;
}

function groupItem(row: GroupRow, section: Section): vscode.TreeItem {
  const first = section.rows[0];
  const item = itemOf(row, groupText(row, section), section.open === 0 ? Collapsed : Expanded);
  if (row.by === 'verdict' && first !== undefined) item.iconPath = iconOf(standingSign(first.standing));
  else item.iconPath = new vscode.ThemeIcon('tag');
  return item;
}

function enhancementItem(row: EnhancementRow, surroundings: ItemSurroundings): vscode.TreeItem {
  const { now, namesSibling, hasPage } = surroundings;
  const checking = surroundings.checking(row);
  const text = enhancementText(row.row, { now, namesSibling, hasPage: hasPage(row), checking });
  const item = itemOf(row, text, Collapsed);
  item.iconPath = iconOf(checking === null ? signOf(row.row) : CHECKING);
  return item;
}

function fileItem(row: FileRow): vscode.TreeItem {
  const text = fileText(row);
  const item = itemOf(row, text);
  item.tooltip = text.spoken;
  if (row.rule !== null) {
    item.iconPath = iconOf(DROPPED);
    return item;
  }
  item.iconPath = vscode.ThemeIcon.File;
  item.resourceUri = vscode.Uri.from({ scheme: ICON_SCHEME, path: `/${text.label}` });
  item.command = { command: COMMANDS.previewFile, title: 'Preview File', arguments: [row] };
  return item;
}

function moreItem(row: MoreRow, sections: ItemSurroundings['sectionOf']): vscode.TreeItem {
  const all = sections(row.of)?.rows.length ?? row.left;
  const label = `Show ${Math.min(PAGE, row.left)} more`;
  const description = `of ${row.left.toLocaleString('en-US')}`;
  const spoken = `${label} of ${row.left} that are not shown, ${all} in all`;
  const item = itemOf(row, { label, description, spoken, context: 'more' });
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.tooltip = spoken;
  item.command = { command: COMMANDS.showMore, title: label, arguments: [row] };
  return item;
}

function noteItem(row: NoteRow): vscode.TreeItem {
  const label = sanitize(row.text, 300);
  const item = itemOf(row, { label, description: '', spoken: label, context: 'note' });
  item.iconPath = new vscode.ThemeIcon('info');
  item.tooltip = label;
  return item;
}

/** A row as the editor draws it. Foreign text is plain text; the tooltip of a commit is made when it is asked for. */
export function treeItem(row: Row, surroundings: ItemSurroundings): vscode.TreeItem {
  const section = surroundings.sectionOf(row.id);
  switch (row.kind) {
    case 'target':
      return section === undefined ? new vscode.TreeItem('') : targetItem(row, section);
    case 'sibling':
      return section === undefined ? new vscode.TreeItem('') : siblingItem(row, section, surroundings);
    case 'group':
      return section === undefined ? new vscode.TreeItem('') : groupItem(row, section);
    case 'enhancement':
      return enhancementItem(row, surroundings);
    case 'file':
      return fileItem(row);
    case 'more':
      return moreItem(row, surroundings.sectionOf);
    case 'note':
      return noteItem(row);
    default:
      return assertNever(row);
  }
}

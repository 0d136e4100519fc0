import { applyEdits, type Edit, findNodeAtLocation, modify, type Node, parseTree } from 'jsonc-parser';
import { CONFIG_FILE, type SiblingConfig } from './config.js';
import { AutoSyncError } from './errors.js';
import { readConfig } from './readConfig.js';

const EMPTY = `// The family's policy; \`autosync config\` shows every key with its default.\n{\n  "version": 1,\n  "siblings": []\n}\n`;

/** One sibling on one line, as a person would write it. */
const lineOf = ({ name, url, path, branch }: SiblingConfig): string => {
  const parts = Object.entries({ name, url, path: path?.replaceAll('\\', '/'), branch });
  const given = parts.filter(([, value]) => value !== undefined);
  return `{ ${given.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(', ')} }`;
};

/** Spaces at the beginning of the line that `offset` is in. */
function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

const insert = (offset: number, content: string): Edit => ({ offset, length: 0, content });

/** After the last sibling, below the rest of its line when that is a comment: the comment is about the last one. */
function behind(text: string, last: Node, lines: readonly string[]): readonly Edit[] {
  const end = last.offset + last.length;
  const rest = /^[ \t]*(?:,[ \t]*)?(?:\/\/[^\r\n]*|\/\*(?:(?!\*\/)[^\r\n])*\*\/[ \t]*)?(?=\r?\n)/.exec(text.slice(end));
  if (rest === null) return [insert(end, lines.map((line) => `, ${line}`).join(''))];
  const indent = indentAt(text, last.offset);
  const hasComma = /^[ \t]*,/.test(rest[0]);
  const below = lines.map((line) => `\n${indent}${line}`).join(',');
  return [...(hasComma ? [] : [insert(end, ',')]), insert(end + rest[0].length, below)];
}

/** Into an empty list, one a line. */
function within(text: string, list: Node, lines: readonly string[]): readonly Edit[] {
  const outer = indentAt(text, list.offset);
  const body = lines.map((line) => `\n${outer}  ${line}`).join(',');
  return [{ offset: list.offset, length: list.length, content: `[${body}\n${outer}]` }];
}

function withLines(text: string, lines: readonly string[]): string {
  const tree = parseTree(text);
  const list = tree && findNodeAtLocation(tree, ['siblings']);
  if (list === undefined) {
    const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };
    return withLines(applyEdits(text, modify(text, ['siblings'], [], { formattingOptions })), lines);
  }
  const last = list.children?.at(-1);
  return applyEdits(text, [...(last === undefined ? within(text, list, lines) : behind(text, last, lines))]);
}

/**
 * The text of a configuration with siblings added at the end of its list; comments and layout stay. `text: null` begins
 * a first one. Throws `config` when the text, or what would become of it, is no valid configuration, and `usage` when
 * there is nothing to add.
 */
export function addSiblings(text: string | null, added: readonly SiblingConfig[]): string {
  if (added.length === 0)
    throw new AutoSyncError({ code: 'usage', what: 'No sibling was chosen.', next: 'Choose at least one.' });
  const before = text ?? EMPTY;
  readConfig(before, CONFIG_FILE);
  const after = withLines(before, added.map(lineOf));
  readConfig(after, CONFIG_FILE);
  return after;
}

import { sanitize } from '../core/sanitize.js';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** Where a forge would make a link, a mention or a reference; a zero-width space takes their meaning, not their look. */
const LINKED = /(?<=[@#])(?=[\w-])|(?<=\b(?:GH|gh)-)(?=\d)|(?<=:)(?=\/\/)|(?<=\bwww)(?=\.)/g;
const BREAK = '&#8203;';

/**
 * Foreign text inside a line or a table cell of Markdown: shown as it is, never as markup (design: reliability T12, T13).
 *
 * Markup is escaped (CommonMark 6, GFM tables), HTML becomes entities, and mentions, references to issues and bare links
 * are broken by a zero-width space. The result is one line.
 */
export function neutral(text: string, limit = 500): string {
  return sanitize(text, limit)
    .trim()
    .replace(LINKED, '\u200b')
    .replace(/[\\`*_[\]|~$]/g, '\\$&')
    .replace(/[&<>]/g, (character) => ENTITIES[character] ?? '')
    .replaceAll('\u200b', BREAK);
}

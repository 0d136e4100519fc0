import { sanitize } from '../core/sanitize.js';

/** ASCII that means something to Markdown or HTML, or makes an address be taken for a link. */
const MEANINGFUL = /[!-/:-@[-`{-~]/g;

/**
 * Foreign text for a MarkdownString, on one line: every sign that could mean something is a character reference, which
 * stands for text and never for markup (CommonMark 0.31, 2.5). No link, address, icon, image or tag can come of it.
 */
export const plainMarkdown = (text: string, limit = 300): string =>
  sanitize(text, limit).replace(MEANINGFUL, (sign) => `&#${sign.charCodeAt(0)};`);

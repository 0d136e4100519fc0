import { sanitize } from '../../core/sanitize.js';

/**
 * Foreign text inside Markdown: shown as it is, never as markup (design: reliability T12, T13). Every sign of ASCII is
 * escaped (CommonMark 2.4), which also keeps addresses from becoming links and tags from vanishing; it is one line.
 */
export const plain = (text: string, limit = 500): string =>
  sanitize(text, limit)
    .trim()
    .replace(/[!-/:-@[-`{-~]/g, '\\$&');

import { sanitize } from '../core/sanitize.js';

/**
 * Foreign text (a subject, a name, a path, an error) as part of a notification, a quick pick or an input box, which
 * read `$(name)` as an icon and `[text](command:...)` as a link: a space takes that meaning away (design: reliability
 * T13). On one line, at most `limit` UTF-16 units before the spaces.
 */
export function plainLabel(text: string, limit = 200): string {
  return sanitize(text, limit).replaceAll('$(', '$ (').replaceAll('](', '] (');
}

/** Commands of the command line as the editor calls them. */
const TITLES: Readonly<Record<string, string>> = {
  init: 'Find Siblings',
  scan: 'Scan',
  sync: 'Sync Now',
  apply: 'Apply',
  decline: 'Decline',
  explain: 'Explain',
  undo: 'Undo Run',
  doctor: 'Run Doctor',
  status: 'Show KPI Panel',
};

const COMMAND = /`autosync (\w+)[^`]*`/g;
const TOKEN = /(?:\bset )?AUTOSYNC_SOURCE_TOKEN(?: to a token that may read it)?/g;
const WORKSPACE = /(?:, or|;) name (?:it|one) with --workspace DIR/g;

/**
 * A sentence of the core as the editor says it: messages are written for the command line, and name commands and
 * variables that somebody in a window does not use. What the editor has no word for stays as it is.
 */
export function editorWords(sentence: string): string {
  return sentence
    .replace(COMMAND, (whole, name: string) => {
      const title = TITLES[name];
      return title === undefined ? whole : `"AutoSync: ${title}"`;
    })
    .replace(TOKEN, 'use "AutoSync: Set Source Token"')
    .replace(WORKSPACE, '');
}

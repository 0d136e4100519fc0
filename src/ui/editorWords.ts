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
const GITHUB = [
  [
    /Sign in to GitHub in the editor, or set GITHUB_TOKEN to a token/g,
    'Use "AutoSync: Sign In to GitHub", or "AutoSync: Set GitHub Token" with a token',
  ],
  [
    /Set GITHUB_TOKEN to a token that is valid, or sign in to GitHub again in the editor/g,
    'Use "AutoSync: Sign In to GitHub" again, or "AutoSync: Set GitHub Token" with a token that is valid',
  ],
  [/\band set GITHUB_TOKEN to it/g, 'and give it by "AutoSync: Set GitHub Token"'],
  [/with a GitHub remote and GITHUB_TOKEN set/g, 'with a GitHub remote and "AutoSync: Sign In to GitHub"'],
  [/the token in GITHUB_TOKEN/g, 'the GitHub token'],
] as const;
const WORKSPACE = /(?:, or|;) name (?:it|one) with --workspace DIR/g;

/**
 * A sentence of the core as the editor says it: messages are written for the command line, and name commands and
 * variables that somebody in a window does not use. What the editor has no word for stays as it is.
 */
export function editorWords(sentence: string): string {
  const plain = GITHUB.reduce((text, [found, words]) => text.replace(found, words), sentence);
  return plain
    .replace(COMMAND, (whole, name: string) => {
      const title = TITLES[name];
      return title === undefined ? whole : `"AutoSync: ${title}"`;
    })
    .replace(TOKEN, 'use "AutoSync: Set Source Token"')
    .replace(WORKSPACE, '');
}

import { applyEdits, modify } from 'jsonc-parser';
import { CONFIG_FILE, type SiblingConfig } from './config.js';
import { AutoSyncError } from './errors.js';
import { readConfig } from './readConfig.js';

const EMPTY = `// The family's policy; \`autosync config\` shows every key with its default.\n{\n  "version": 1,\n  "siblings": []\n}\n`;

const ordered = ({ name, url, path, branch }: SiblingConfig): SiblingConfig => ({
  name,
  ...(url === undefined ? {} : { url }),
  ...(path === undefined ? {} : { path: path.replaceAll('\\', '/') }),
  ...(branch === undefined ? {} : { branch }),
});

/**
 * The text of a configuration with siblings added at the end of its list; comments and layout stay. `text: null` begins
 * a first one. Throws `config` when the text, or what would become of it, is no valid configuration, and `usage` when
 * there is nothing to add.
 */
export function addSiblings(text: string | null, added: readonly SiblingConfig[]): string {
  if (added.length === 0)
    throw new AutoSyncError({ code: 'usage', what: 'No sibling was chosen.', next: 'Choose at least one.' });
  const before = text ?? EMPTY;
  const known = readConfig(before, CONFIG_FILE).config.siblings.length;
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };
  const after = added.reduce(
    (now, sibling, index) =>
      applyEdits(now, modify(now, ['siblings', known + index], ordered(sibling), { formattingOptions })),
    before,
  );
  readConfig(after, CONFIG_FILE);
  return after;
}

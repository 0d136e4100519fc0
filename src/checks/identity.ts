/** Longest message kept of a failure, in characters. */
const MESSAGE_LIMIT = 500;

const TEMPORARY = /(?:\/private)?(?:\/var\/folders\/\w+\/\w+\/T|\/var\/tmp|\/tmp)\/[^\s'"`:;,()]*/g;

/** Where a check ran; every spelling of each path, the longest first. */
export interface Places {
  /** The folder under test. */
  readonly folders: readonly string[];
  /** The check's own home and temporary folder. */
  readonly scratch: readonly string[];
}

/**
 * A failure's name or message without what changes from run to run or when code moves: the folder,
 * temporary paths, line and column numbers.
 */
export function stableText(text: string, { folders, scratch }: Places): string {
  return withoutFolders(withoutScratch(text, scratch), folders)
    .replace(TEMPORARY, '<tmp>')
    .replace(/(\.\w{1,5}):\d+(?::\d+)?\b/g, '$1')
    .replace(/(\.\w{1,5})\(\d+(?:,\d+)?\)/g, '$1')
    .replace(/\(\d+:\d+\)/g, '')
    .replace(/\b(line|column|col) \d+/gi, '$1')
    .trim()
    .slice(0, MESSAGE_LIMIT);
}

/** A path as tools print it (absolute, `file://`, `./`, backslashes), relative to the folder with `/`. */
export function stableFile(file: string, { folders, scratch }: Places): string {
  return withoutFolders(withoutScratch(file.replaceAll('\\', '/'), scratch), folders).replace(/^(?:\.\/)+/, '');
}

function withoutScratch(text: string, scratch: readonly string[]): string {
  return scratch.reduce((rest, path) => {
    return rest.replace(new RegExp(`${literal(path)}(?:/[^\\s'"\`:;,()]*)?`, 'g'), '<tmp>');
  }, text);
}

function withoutFolders(text: string, folders: readonly string[]): string {
  return folders.reduce((rest, folder) => {
    const path = literal(folder);
    return rest
      .replace(new RegExp(`(?:file://)?${path}/`, 'g'), '')
      .replace(new RegExp(`${path}(?![\\w.-])`, 'g'), '.');
  }, text);
}

/** A path as it stands in a regular expression. */
function literal(path: string): string {
  const slashes = path.replaceAll('\\', '/').replace(/\/+$/, '');
  return slashes.replace(/[.*+?^${}()|[\]]/g, '\\$&');
}

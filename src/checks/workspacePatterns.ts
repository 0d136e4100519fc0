/** Patterns of the folders of a workspace, split into what they name and what they leave out. */
export interface WorkspacePatterns {
  readonly wanted: readonly (readonly string[])[];
  readonly unwanted: readonly RegExp[];
}

/** So many wildcards at most in one name, and so many `**` in one pattern: more of them would take for ever to try out. */
const MOST_WILDCARDS = 2;

const isCostly = (segments: readonly string[]): boolean =>
  segments.filter((one) => one === '**').length > MOST_WILDCARDS ||
  segments.some((one) => one.split('*').length - 1 > MOST_WILDCARDS);

/** Patterns as package managers read them; null when one of them is more than a few `*`, `**` and plain names. */
export function readPatterns(patterns: readonly string[]): WorkspacePatterns | null {
  const tidy = patterns.map((pattern) => pattern.replace(/^(!?)(?:\.\/)+/, '$1').replace(/\/+$/, ''));
  if (tidy.some((pattern) => !/^!?[\w@./ *-]+$/.test(pattern) || pattern.split('/').includes('..'))) return null;
  if (tidy.some((pattern) => isCostly(pattern.replace(/^!/, '').split('/')))) return null;
  const [unwanted, wanted] = [tidy.filter((one) => one.startsWith('!')), tidy.filter((one) => !one.startsWith('!'))];
  return {
    wanted: wanted.filter((pattern) => pattern !== '.').map((pattern) => pattern.split('/')),
    unwanted: unwanted.map((pattern) => folderPattern(pattern.slice(1).split('/'))),
  };
}

/** A name with `*` in it, as an expression for the whole name. */
export function namePattern(segment: string): RegExp {
  return new RegExp(`^${sourceOf(segment)}$`);
}

function folderPattern(segments: readonly string[]): RegExp {
  const parts = segments.map((segment) => (segment === '**' ? '(?:[^/]+/)*' : `${sourceOf(segment)}/`));
  return new RegExp(`^${parts.join('')}$`);
}

const sourceOf = (segment: string): string => segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\\*', '[^/]*');

/** A longer line is none of a list of folders, and would take minutes to read. */
const LONGEST_LINE = 2_000;

/** The list under `packages:` of a pnpm-workspace.yaml; null when it is not written as a plain list. */
export function pnpmPatterns(yaml: string): readonly string[] | null {
  const written = yaml.split(/\r?\n/);
  if (written.some((line) => line.length > LONGEST_LINE)) return null;
  const lines = written.map((line) => line.replace(/\s+#.*$|^#.*$/, '').trimEnd());
  const start = lines.findIndex((line) => /^(?:packages|["']packages["'])\s*:/.test(line));
  if (start < 0) return [];
  const inline = /:\s*\[(.*)\]$/.exec(lines[start] ?? '')?.[1];
  if (inline !== undefined)
    return allOf(
      inline
        .split(',')
        .filter((item) => item.trim() !== '')
        .map(unquoted),
    );
  if (!/:$/.test(lines[start] ?? '')) return null;
  const rest = lines.slice(start + 1).filter((line) => line !== '');
  const end = rest.findIndex((line) => /^[^\s-]/.test(line));
  return allOf((end < 0 ? rest : rest.slice(0, end)).map((line) => unquoted(/^\s*-\s+(.+)$/.exec(line)?.[1] ?? '')));
}

function unquoted(item: string): string | null {
  const [, double, single, plain] = /^\s*(?:"([^"]*)"|'([^']*)'|([^"'[\]{},&]+?))\s*$/.exec(item) ?? [];
  return double ?? single ?? plain ?? null;
}

const allOf = (items: readonly (string | null)[]): readonly string[] | null => {
  const known = items.filter((item) => item !== null);
  return known.length === items.length ? known : null;
};

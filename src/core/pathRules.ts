import picomatch from 'picomatch';
import { sanitize } from './sanitize.js';
import { UNDENIABLE, type UndeniableGlob } from './undeniable.js';

/** What the path rules say of one path; `by` tells which list dropped it, `rule` says it in words. */
export type PathVerdict =
  | { readonly kept: true }
  | { readonly kept: false; readonly rule: string; readonly by: 'deny list' | 'deny' | 'allow' };

/** Judges a path: relative to the root, with forward slashes. */
export type PathRules = (path: string) => PathVerdict;

const KEPT: PathVerdict = { kept: true };
/** A path that git itself would not write, or that does not show what it is. */
const UNSAFE = /[\p{Cc}\u2028\u2029]|^\/|\/\/|\/$|^$|(?:^|\/)\.{1,2}(?:\/|$)/u;
const PLAIN = /^[\w./@()[\]-]*[\w@()[\]-]$/;
const MOST_REMEMBERED = 100_000;

/**
 * Compiles the configured globs with the deny list that cannot be switched off.
 *
 * Deny wins, in any letter case. A glob also means everything below the folder it names; a deny glob without a slash
 * is matched at any depth, as in `.gitignore`. The rule text is for example `deny list: environment file (.env*)`,
 * `deny: docs/**` or `not in allow: src/**`.
 */
export function compilePathRules(config: {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}): PathRules {
  const deny = config.deny.map((glob) => ({ glob, matches: compileDenyGlob(glob) }));
  const allow = config.allow.map((glob) => compileGlob(glob, 's', false));
  const notAllowed = `not in allow: ${config.allow.slice(0, 3).join(', ') || 'nothing is allowed'}`;
  return (path) => {
    const undeniable = undeniableRule(path);
    if (undeniable !== null) return { kept: false, by: 'deny list', rule: `deny list: ${undeniable}` };
    const spellings = [...new Set([path, canonical(path)])];
    const denied = deny.find(({ matches }) => spellings.some((spelling) => matches(spelling)));
    if (denied !== undefined) return { kept: false, by: 'deny', rule: sanitize(`deny: ${denied.glob}`) };
    return allow.some((matches) => matches(path)) ? KEPT : { kept: false, by: 'allow', rule: sanitize(notAllowed) };
  };
}

/** True when a deny rule drops the path, configured or not: what no rename, copy or link may bring in. */
export function isDenied(rules: PathRules, path: string): boolean {
  const verdict = rules(path);
  return !verdict.kept && verdict.by !== 'allow';
}

/** Compiles one glob as the deny list understands it: any letter case, any depth without a slash, all below a folder. */
export function compileDenyGlob(glob: string): (path: string) => boolean {
  return compileGlob(glob, 'is', true);
}

function compileGlob(glob: string, flags: string, anyDepth: boolean): (path: string) => boolean {
  const options = { dot: true, flags, windows: false };
  if (/^!(?!\()/.test(glob)) return picomatch(glob, options);
  const name = glob.replace(/^\.?\/+|\/+$/g, '');
  const places = anyDepth && !name.includes('/') ? [name, `**/${name}`] : [name];
  return picomatch(
    places.flatMap((place) => [place, `${place}/**`]),
    options,
  );
}

function undeniableRule(path: string): string | null {
  if (UNSAFE.test(path)) return 'path that is not safe (control character, empty part or "..")';
  const found = findUndeniable(path) ?? (PLAIN.test(path) ? null : findUndeniable(canonical(path)));
  return found === null ? null : `${found.why} (${found.glob})`;
}

/**
 * The path as lenient file systems read it: without ignorable characters (HFS+), compatibility forms folded (APFS),
 * backslashes as separators, and without trailing dots, spaces and stream names (NTFS).
 */
function canonical(path: string): string {
  if (PLAIN.test(path)) return path;
  const folded = path
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFKC')
    .replaceAll('\\', '/');
  const parts = folded.split('/').map((part) => (part.split(':', 1)[0] ?? '').replace(/[. ]+$/, ''));
  return parts.filter((part) => part !== '').join('/');
}

function findUndeniable(path: string): UndeniableGlob | null {
  const parts = path.split('/');
  let inSource = false;
  for (const [index, part] of parts.entries()) {
    const pair = index === 0 ? null : `${parts[index - 1]}/${part}`;
    const found = matchName(part) ?? (pair === null ? null : matchName(pair));
    if (found !== null && !(found.keptInSource && inSource)) return found;
    inSource ||= part === 'src';
  }
  return null;
}

const compiled = UNDENIABLE.map((entry) => ({ entry, regex: picomatch.makeRe(entry.glob, { dot: true, flags: 'i' }) }));
/** All globs at once: most names match none, and are done after one test. */
const ANY = new RegExp(compiled.map(({ regex }) => regex.source).join('|'), 'i');
/** The same folder names come again with every path of a tree. */
const remembered = new Map<string, UndeniableGlob | null>();

function matchName(name: string): UndeniableGlob | null {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const found = ANY.test(name) ? (compiled.find(({ regex }) => regex.test(name))?.entry ?? null) : null;
  remembered.set(name, found);
  return found;
}

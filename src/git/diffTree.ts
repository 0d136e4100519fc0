import type { Sha } from '../core/commit.js';
import type { AddedFile } from '../core/gitPort.js';
import type { GitPlace } from './environment.js';
import { runGit, startGit } from './run.js';
import { decode, splitNul } from './tokens.js';

/**
 * New path -> path it was renamed or copied from, for each commit: a rule about the old path must hold for the new
 * one. One process for all.
 */
export async function renameSources(
  place: GitPlace,
  commits: readonly Sha[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<Sha, ReadonlyMap<string, string>>> {
  if (commits.length === 0) return new Map();
  const args = ['diff-tree', '--stdin', '--root', '-r', '-z', '-M50%', '-C50%', '--name-status', '--no-ext-diff'];
  const { out } = await runGit({ place, args, input: `${commits.join('\n')}\n`, signal });
  const sources = new Map<Sha, Map<string, string>>();
  let current = new Map<string, string>();
  const tokens = [...splitNul(out)];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? '';
    if (/^[0-9a-f]{40,64}$/.test(token)) {
      current = new Map();
      sources.set(token, current);
    } else if (/^[RC]\d*$/.test(token)) {
      current.set(tokens[at + 2] ?? '', tokens[at + 1] ?? '');
      at += 2;
    } else {
      at += 1;
    }
  }
  return sources;
}

const MOST_LINES = 20_000;
const COMMIT = '\u0001commit ';
const HEADER = 'diff --git ';

interface OpenFile {
  readonly path: string;
  binary: boolean;
  tooBig: boolean;
  added: number;
  removed: number;
  readonly lines: { readonly line: number; readonly text: string }[];
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

const unquote = (name: string): string => {
  if (!name.startsWith('"')) return name;
  const latin1 = Buffer.from(name.slice(1, -1), 'utf8').toString('latin1');
  const bytes = latin1.replace(
    /\\([0-7]{3}|.)/g,
    (_all, code: string) =>
      ESCAPES[code] ?? (/^\d{3}$/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : code),
  );
  return decode(Buffer.from(bytes, 'latin1')).text;
};

/** Reads unified diffs with no context, line by line, keeping what was added. */
class AddedReader {
  readonly byCommit = new Map<Sha, AddedFile[]>();
  private file: OpenFile | null = null;
  private files: AddedFile[] = [];
  private line = 0;
  private inHunk = { added: 0, removed: 0 };

  take(text: string): void {
    if (this.inHunk.added + this.inHunk.removed > 0 && this.takeHunkLine(text)) return;
    if (text.startsWith(COMMIT)) this.files = this.start(text.slice(COMMIT.length));
    else if (text.startsWith(HEADER)) this.open(text.slice(HEADER.length));
    else if (text.startsWith('Binary files ')) this.binary();
    else if (text.startsWith('@@ ')) this.hunk(text);
  }

  private start(sha: Sha): AddedFile[] {
    this.file = null;
    const files: AddedFile[] = [];
    this.byCommit.set(sha, files);
    return files;
  }

  /** Renames are off, so both names are one: `a/NAME b/NAME`, also where no line tells it again (a mode, an empty file). */
  private open(names: string): void {
    const path = unquote(names.slice((names.length + 1) / 2)).slice(2);
    this.file = { path, binary: false, tooBig: false, added: 0, removed: 0, lines: [] };
    this.files.push(this.file);
  }

  private binary(): void {
    if (this.file !== null) this.file.binary = true;
  }

  private hunk(text: string): void {
    const found = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(text);
    this.line = Number(found?.[2] ?? 0);
    this.inHunk = { removed: Number(found?.[1] ?? 1), added: Number(found?.[3] ?? 1) };
  }

  private takeHunkLine(text: string): boolean {
    if (text.startsWith('+')) this.add(text.slice(1));
    else if (text.startsWith('-')) this.remove();
    else return text.startsWith('\\');
    return true;
  }

  private add(text: string): void {
    this.inHunk.added -= 1;
    if (this.file === null) return;
    this.file.added += 1;
    if (this.file.lines.length < MOST_LINES) this.file.lines.push({ line: this.line, text });
    else this.file.tooBig = true;
    this.line += 1;
  }

  private remove(): void {
    this.inHunk.removed -= 1;
    if (this.file !== null) this.file.removed += 1;
  }
}

/** Lines that each end in a line break, decoded: all at once where everything is UTF-8, else each for itself. */
function linesOf(bytes: Buffer): readonly string[] {
  const { text, exact } = decode(bytes);
  const lines = text.split('\n').slice(0, -1);
  return exact ? lines : lines.map((line) => decode(Buffer.from(line, 'latin1')).text);
}

/** Lines that the commits add, with counts, from one diff without context. Files beyond 20,000 added lines are marked. */
export async function addedLines(
  place: GitPlace,
  commits: readonly Sha[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<Sha, readonly AddedFile[]>> {
  if (commits.length === 0) return new Map();
  const args = [
    'log',
    '--no-walk=unsorted',
    '--stdin',
    `--format=${COMMIT}%H`,
    '-p',
    '--unified=0',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--no-color',
    '--',
  ];
  const { child, ended } = startGit({ place, args, signal });
  ended.catch(() => undefined);
  child.stdin.end(`${commits.join('\n')}\n`);
  const reader = new AddedReader();
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = data.lastIndexOf(10);
    for (const line of linesOf(data.subarray(0, end + 1))) reader.take(line);
    rest = data.subarray(end + 1);
  }
  await ended;
  return reader.byCommit;
}

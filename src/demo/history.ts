import type { DemoContent, DemoPerson } from './commit.js';
import { type PlacedCommit, placeOf, type Snapshot } from './snapshot.js';

/** Names of the commits that were imported before, by their place in the list. */
export type KnownShas = ReadonlyMap<number, string>;

const NAMED = /\{sha of ([^}]+)\}/g;
const SECONDS_A_DAY = 86_400;

/**
 * Cuts a list into runs of commits that can be imported at once: a message that names an earlier commit can only be
 * written when that commit has a name. Answers `[start, end)` places.
 */
export function importRuns(placed: readonly PlacedCommit[]): readonly (readonly [number, number])[] {
  const cuts = placed.flatMap(({ commit }, place) => (place > 0 && commit.message.search(NAMED) >= 0 ? [place] : []));
  const starts = [0, ...cuts];
  return starts.map((start, index) => [start, starts[index + 1] ?? placed.length] as const);
}

/**
 * The commits at places `[start, end)` as a stream for git-fast-import(1); marks are places plus one.
 * `now` in milliseconds since 1970. Throws an Error when a message names a commit that is not known.
 */
export function importStream(
  placed: readonly PlacedCommit[],
  [start, end]: readonly [number, number],
  known: KnownShas,
  now: number,
): Buffer {
  const blocks = placed.slice(start, end).map((one, index) => commitBlock(placed, one, start + index, known, now));
  return Buffer.concat([...blocks, Buffer.from('done\n')]);
}

/** Reads the marks that git-fast-import(1) exported: `:MARK SHA` lines. */
export function readMarks(text: string): KnownShas {
  return new Map(
    [...text.matchAll(/^:(\d+) ([0-9a-f]+)$/gm)].map(([, mark, sha = '']) => [Number(mark) - 1, sha] as const),
  );
}

function commitBlock(
  placed: readonly PlacedCommit[],
  one: PlacedCommit,
  place: number,
  known: KnownShas,
  now: number,
): Buffer {
  const { commit, parents, files } = one;
  const seconds = Math.floor(now / 1000) - Math.round(commit.daysAgo * SECONDS_A_DAY);
  const [first, ...others] = parents.map((parent) => `:${parent + 1}\n`);
  const before = placed[parents[0] ?? -1]?.files ?? new Map();
  return Buffer.concat([
    Buffer.from(`commit refs/heads/main\nmark :${place + 1}\n`),
    Buffer.from(`author ${signature(commit.author, seconds)}\n`),
    Buffer.from(`committer ${signature(commit.committer ?? commit.author, seconds)}\n`),
    data(Buffer.from(withNames(commit.message, placed, known))),
    Buffer.from(
      [...(first === undefined ? [] : [`from ${first}`]), ...others.map((other) => `merge ${other}`)].join(''),
    ),
    ...changes(before, files),
    Buffer.from('\n'),
  ]);
}

function withNames(message: string, placed: readonly PlacedCommit[], known: KnownShas): string {
  const named = message.replace(NAMED, (_, key: string) => {
    const sha = known.get(placeOf(key, placed));
    if (sha === undefined) throw new Error(`sample history: the commit "${key}" has no name yet`);
    return sha;
  });
  return `${named}\n`;
}

function changes(before: Snapshot, after: Snapshot): readonly Buffer[] {
  const gone = [...before.keys()].filter((path) => !after.has(path)).map((path) => Buffer.from(`D ${path}\n`));
  const fresh = [...after].filter(([path, file]) => before.get(path) !== file);
  const written = fresh.flatMap(([path, { mode, content }]) => [
    Buffer.from(`M ${mode} inline ${path}\n`),
    data(bytes(content)),
  ]);
  return [...gone, ...written];
}

function data(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`data ${content.length}\n`), content, Buffer.from('\n')]);
}

function bytes(content: DemoContent): Buffer {
  return typeof content === 'string' ? Buffer.from(content) : Buffer.from(content.base64, 'base64');
}

function signature({ name, email }: DemoPerson, seconds: number): string {
  return `${name} <${email}> ${seconds} +0000`;
}

import type { Sha } from '../core/commit.js';
import type { GitPlace } from './environment.js';
import { runGit } from './run.js';

/** Largest blob that is read whole, bytes. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Where blobs are read: the quarantine, or a scratch on top of it. */
interface BlobRoom {
  readonly place: GitPlace;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Sizes of objects in bytes, in one process; absent objects are absent. */
export async function objectSizes(
  room: BlobRoom,
  names: readonly Sha[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<Sha, number>> {
  if (names.length === 0) return new Map();
  const { out } = await runGit({
    ...room,
    args: ['cat-file', '--batch-check=%(objectname) %(objectsize)', '--buffer'],
    input: `${names.join('\n')}\n`,
    signal,
  });
  const lines = out
    .toString('latin1')
    .split('\n')
    .map((line) => line.split(' '));
  return new Map(
    lines.flatMap(([name = '', size = '']) => (/^\d+$/.test(size) ? [[name, Number(size)] as const] : [])),
  );
}

/** Contents of blobs, in one process; blobs above 4 MiB and absent ones are left out. */
export async function readBlobs(
  room: BlobRoom,
  names: readonly Sha[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<Sha, Buffer>> {
  const sizes = await objectSizes(room, [...new Set(names)], signal);
  const small = [...sizes].filter(([, size]) => size <= MOST_BYTES).map(([name]) => name);
  if (small.length === 0) return new Map();
  const { out } = await runGit({
    ...room,
    args: ['cat-file', '--batch', '--buffer'],
    input: `${small.join('\n')}\n`,
    signal,
  });
  return parseBatch(out);
}

/** A path of a tree; its bytes are given as Latin-1 text. */
export interface TreePath {
  readonly tree: Sha;
  readonly path: string;
}

/** Names of the objects at paths of trees, in one process and in order; null where nothing stands, or the path has a line break. */
export async function objectsAt(
  room: BlobRoom,
  places: readonly TreePath[],
  signal?: AbortSignal,
): Promise<readonly (Sha | null)[]> {
  const asked = places.filter(({ path }) => !path.includes('\n'));
  if (asked.length === 0) return places.map(() => null);
  const input = Buffer.from(asked.map(({ tree, path }) => `${tree}:${path}\n`).join(''), 'latin1');
  const { out } = await runGit({
    ...room,
    args: ['cat-file', '--batch-check=%(objectname)', '--buffer'],
    input,
    signal,
  });
  const lines = out.toString('latin1').split('\n');
  const found = new Map(asked.map((place, index) => [place, lines[index] ?? ''] as const));
  return places.map((place) => (/^[0-9a-f]{40,64}$/.test(found.get(place) ?? '') ? (found.get(place) ?? null) : null));
}

/** Reads `cat-file --batch` output (git-cat-file(1), "BATCH OUTPUT"). */
export function parseBatch(bytes: Buffer): ReadonlyMap<Sha, Buffer> {
  const contents = new Map<Sha, Buffer>();
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    const [name = '', type = '', size = '0'] = bytes.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (type === 'missing') continue;
    contents.set(name, bytes.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}

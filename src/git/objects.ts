import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import type { Sha } from '../core/commit.js';

/** Hash function of a repository (gitformat-pack(5), extensions.objectFormat). */
export type ObjectFormat = 'sha1' | 'sha256';

/** One object in git's own encoding, without its header. */
export interface GitObject {
  readonly type: 'commit' | 'tree' | 'blob';
  readonly body: Buffer;
}

/** One entry of a tree object. Directories have mode `40000`. */
export interface TreeEntry {
  readonly mode: string;
  readonly name: Buffer;
  readonly oid: Sha;
}

/** Name git gives to the object. */
export function objectName(object: GitObject, format: ObjectFormat): Sha {
  return createHash(format).update(`${object.type} ${object.body.length}\0`).update(object.body).digest('hex');
}

/** A commit object. `author` and `committer` are complete lines without their keyword. */
export function encodeCommit(commit: {
  tree: Sha;
  parents: readonly Sha[];
  author: string;
  committer: string;
  message: string;
}): GitObject {
  const parents = commit.parents.map((parent) => `parent ${parent}\n`).join('');
  const text = `tree ${commit.tree}\n${parents}author ${commit.author}\ncommitter ${commit.committer}\n\n${commit.message}`;
  return { type: 'commit', body: Buffer.from(text, 'utf8') };
}

const sortKey = (entry: TreeEntry): Buffer =>
  entry.mode === '40000' ? Buffer.concat([entry.name, Buffer.from('/')]) : entry.name;

/** A tree object; entries are sorted as git sorts them (directories as if their name ended in `/`). */
export function encodeTree(entries: readonly TreeEntry[]): GitObject {
  const sorted = entries
    .map((entry) => ({ entry, key: sortKey(entry) }))
    .sort((one, two) => Buffer.compare(one.key, two.key));
  const parts = sorted.flatMap(({ entry }) => [
    Buffer.from(`${entry.mode} `),
    entry.name,
    Buffer.from([0]),
    Buffer.from(entry.oid, 'hex'),
  ]);
  return { type: 'tree', body: Buffer.concat(parts) };
}

/** Writes one loose object, so that a git process that is already running can see it. */
export async function writeLoose(objects: string, object: GitObject, format: ObjectFormat): Promise<Sha> {
  const name = objectName(object, format);
  const folder = join(objects, name.slice(0, 2));
  const stored = Buffer.concat([Buffer.from(`${object.type} ${object.body.length}\0`), object.body]);
  const temporary = join(folder, `tmp_obj_${randomBytes(6).toString('hex')}`);
  await mkdir(folder, { recursive: true });
  await writeFile(temporary, deflateSync(stored, { level: 1 }), { mode: 0o444 });
  await rename(temporary, join(folder, name.slice(2)));
  return name;
}

const PACK_TYPE = { commit: 1, tree: 2, blob: 3 } as const;

const entryHeader = (type: number, size: number): Buffer => {
  const bytes: number[] = [];
  let current = (type << 4) | (size & 15);
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push(current | 0x80);
    current = rest & 0x7f;
  }
  return Buffer.from([...bytes, current]);
};

interface PackedEntry {
  readonly name: Sha;
  readonly offset: number;
  readonly crc: number;
}

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

const fanOut = (entries: readonly PackedEntry[]): Buffer => {
  const counts = new Array<number>(256).fill(0);
  for (const { name } of entries) {
    const first = Number.parseInt(name.slice(0, 2), 16);
    counts[first] = (counts[first] ?? 0) + 1;
  }
  let sum = 0;
  return Buffer.concat(
    counts.map((count) => {
      sum += count;
      return u32(sum);
    }),
  );
};

/** Index of a pack, version 2 (gitformat-pack(5)); packs of ours stay far below 2 GiB. */
const packIndex = (entries: readonly PackedEntry[], packSum: Buffer, format: ObjectFormat): Buffer => {
  const sorted = [...entries].sort((one, two) => (one.name < two.name ? -1 : 1));
  const body = Buffer.concat([
    Buffer.from([0xff, 0x74, 0x4f, 0x63]),
    u32(2),
    fanOut(sorted),
    ...sorted.map((entry) => Buffer.from(entry.name, 'hex')),
    ...sorted.map((entry) => u32(entry.crc)),
    ...sorted.map((entry) => u32(entry.offset)),
    packSum,
  ]);
  return Buffer.concat([body, createHash(format).update(body).digest()]);
};

/**
 * Collects many objects and writes them as one pack: a file for each would cost ten times as much
 * (design: performance, c).
 */
export class PackBuilder {
  readonly format: ObjectFormat;
  private readonly objects = new Map<Sha, GitObject>();

  constructor(format: ObjectFormat) {
    this.format = format;
  }

  /** Adds an object and returns its name. */
  add(object: GitObject): Sha {
    const name = objectName(object, this.format);
    this.objects.set(name, object);
    return name;
  }

  /** Writes what was added into an object folder; nothing when nothing was added. */
  async write(objectsFolder: string): Promise<void> {
    if (this.objects.size === 0) return;
    const parts: Buffer[] = [Buffer.concat([Buffer.from('PACK'), u32(2), u32(this.objects.size)])];
    const entries: PackedEntry[] = [];
    let offset = 12;
    for (const [name, object] of this.objects) {
      const packed = Buffer.concat([
        entryHeader(PACK_TYPE[object.type], object.body.length),
        deflateSync(object.body, { level: 1 }),
      ]);
      entries.push({ name, offset, crc: crc32(packed) });
      parts.push(packed);
      offset += packed.length;
    }
    const body = Buffer.concat(parts);
    const sum = createHash(this.format).update(body).digest();
    const base = join(objectsFolder, 'pack', `pack-${sum.toString('hex')}`);
    await mkdir(join(objectsFolder, 'pack'), { recursive: true });
    await writeFile(`${base}.pack`, Buffer.concat([body, sum]));
    await writeFile(`${base}.idx`, packIndex(entries, sum, this.format));
  }
}

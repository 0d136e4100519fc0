import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Sha } from '../core/commit.js';
import { AutoSyncError } from '../core/errors.js';
import type { BlobContent } from '../core/preview.js';
import { contentOf } from './blobText.js';
import { startGit } from './run.js';

/** Bytes above which content is not shown. */
const MOST_BYTES = 5 * 1024 * 1024;

const gone = (id: Sha): AutoSyncError =>
  new AutoSyncError({
    code: 'unknown-commit',
    given: id.slice(0, 10),
    why: 'the quarantine does not hold this version of a file any more; open the preview again',
  });

/** Checks the name of an object (design: reliability, T1). Throws `unsafe-input`. */
export function checkObjectName(id: string): Sha {
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(id)) return id;
  throw new AutoSyncError({
    code: 'unsafe-input',
    what: 'The object name',
    value: id.slice(0, 80),
    why: 'it is not 40 or 64 hexadecimal digits',
  });
}

/**
 * Content of a blob of a target's quarantine, or of the target itself; one process, which tells the size before it is
 * asked for the content. `folder` is the target's cache folder. Throws `unsafe-input`, `unknown-commit`.
 */
export async function readBlob(folder: string, given: string): Promise<BlobContent> {
  const id = checkObjectName(given);
  const gitDir = join(folder, 'quarantine.git');
  if (!existsSync(join(gitDir, 'HEAD'))) throw gone(id);
  const { child, ended } = startGit({ place: { kind: 'quarantine', gitDir }, args: ['cat-file', '--batch-command'] });
  ended.catch(() => undefined);
  child.stdin.write(`info ${id}\n`);
  let read: Buffer = Buffer.alloc(0);
  let size: number | null = null;
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    if (size !== null) {
      chunks.push(chunk);
      continue;
    }
    read = Buffer.concat([read, chunk]);
    if (!read.includes(10)) continue;
    size = sizeIn(read);
    child.stdin.end(size === null || size > MOST_BYTES ? '' : `contents ${id}\n`);
  }
  await ended;
  if (size === null) throw gone(id);
  if (size > MOST_BYTES) return { kind: 'too-big', bytes: size };
  const answer = Buffer.concat(chunks);
  const start = answer.indexOf(10) + 1;
  return contentOf(answer.subarray(start, start + size));
}

/** Size of a blob as `info` tells it; null for what is missing, and for what is no blob. */
function sizeIn(line: Buffer): number | null {
  const [, type, size] = line.toString('latin1').trimEnd().split(' ');
  return type === 'blob' ? Number(size) : null;
}

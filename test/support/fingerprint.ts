import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { git } from './plainGit.js';

/** What a repository holds, one line of text for each thing, so that a difference names what changed. */
export type Fingerprint = Readonly<Record<string, string>>;

const digest = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex').slice(0, 24);

function* filesBelow(folder: string, skip: (name: string) => boolean): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (skip(entry.name)) continue;
    if (entry.isDirectory()) yield* filesBelow(path, skip);
    else yield path;
  }
}

function describeFile(path: string): string {
  const { mode, mtimeNs } = lstatSync(path, { bigint: true });
  const isLink = (Number(mode) & 0o170000) === 0o120000;
  return `${Number(mode).toString(8)} ${mtimeNs} ${digest(isLink ? readlinkSync(path) : readFileSync(path))}`;
}

/** Everything in the working tree, except `.git` and `.autosync`. */
export function fingerprintFiles(root: string): Fingerprint {
  const paths = [...filesBelow(root, (name) => name === '.git' || name === '.autosync')];
  return Object.fromEntries(paths.map((path) => [`file ${relative(root, path)}`, describeFile(path)]));
}

/** Every file of the git folder but objects: HEAD, refs, reflogs, index, config, states of operations. */
export function fingerprintGitFolder(root: string): Fingerprint {
  const folder = git(root, ['rev-parse', '--path-format=absolute', '--git-common-dir']);
  const paths = [...filesBelow(folder, (name) => name === 'objects')];
  return Object.fromEntries(paths.map((path) => [`git ${relative(folder, path)}`, digest(readFileSync(path))]));
}

/** All refs with their values, and HEAD. */
export function fingerprintRefs(root: string): Fingerprint {
  const lines = git(root, ['for-each-ref', '--format=%(refname) %(objectname)']).split('\n').filter(Boolean);
  return Object.fromEntries(
    [...lines, `HEAD ${git(root, ['rev-parse', 'HEAD'])}`].map((line) => line.split(' ') as [string, string]),
  );
}

/**
 * Everything a user could miss: HEAD, refs, index, config, number of objects, and every file of the working tree with
 * its bytes, mode and time. `.autosync/` is left out.
 */
export function fingerprint(root: string): Fingerprint {
  return {
    ...fingerprintFiles(root),
    ...fingerprintGitFolder(root),
    ...fingerprintRefs(root),
    objects: git(root, ['count-objects', '-v']),
  };
}

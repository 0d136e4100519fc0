import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../support/plainGit.js';
import type { Ground } from './ground.js';

/** Another repository on the ground's target commit, which borrows its objects: for a first scan that is really the first. */
export function cloneFor(ground: Ground, folder: string): string {
  mkdirSync(folder, { recursive: true });
  git(folder, ['init', '-q', '--template=', '--initial-branch=main', '.']);
  writeFileSync(join(folder, '.git', 'objects', 'info', 'alternates'), `${join(ground.target, '.git', 'objects')}\n`);
  git(folder, ['update-ref', 'refs/heads/main', ground.head]);
  return folder;
}

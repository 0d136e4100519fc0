import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitPlace } from '../git/environment.js';
import { runGit } from '../git/run.js';
import { DEMO_USER, type DemoRepository } from './commit.js';
import { importRuns, importStream, type KnownShas, readMarks } from './history.js';
import { type PlacedCommit, placeCommits } from './snapshot.js';

/**
 * Makes a repository with its whole history in `folder`, which is not there yet, and checks its branch `main` out.
 * `now` in milliseconds since 1970. Throws `git-failed` and `git-missing`.
 */
export async function buildRepository(folder: string, repository: DemoRepository, now: number): Promise<void> {
  const place: GitPlace = { kind: 'target', folder };
  await mkdir(folder, { recursive: true });
  await runGit({ place, args: ['init', '--quiet', '--initial-branch=main', '--object-format=sha1', '--template='] });
  await importHistory(place, folder, placeCommits(repository.commits), now);
  await runGit({ place, args: ['config', 'user.name', DEMO_USER.name] });
  await runGit({ place, args: ['config', 'user.email', DEMO_USER.email] });
  await runGit({ place, args: ['reset', '--quiet', '--hard', 'main'] });
}

/** Usually one git-fast-import(1); one more for every message that names an earlier commit. */
async function importHistory(
  place: GitPlace,
  folder: string,
  placed: readonly PlacedCommit[],
  now: number,
): Promise<void> {
  const marks = join(folder, '.git', 'sample-marks');
  let known: KnownShas = new Map();
  for (const run of importRuns(placed)) {
    const args = ['fast-import', '--quiet', `--import-marks-if-exists=${marks}`, `--export-marks=${marks}`];
    await runGit({ place, args, input: importStream(placed, run, known, now) });
    known = readMarks(await readFile(marks, 'utf8'));
  }
  await rm(marks, { force: true });
}

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Two real repositories, brought into a temporary folder on borrowed objects, so that nothing of them is touched. */
export interface Scene {
  readonly folder: string;
  readonly target: string;
  readonly sibling: string;
  readonly head: string;
  readonly tip: string;
  remove(): void;
}

/** Plain git with nobody's configuration, for what the tests must do themselves. */
export function git(
  folder: string,
  args: readonly string[],
  options: { readonly input?: string; readonly ok?: readonly number[] } = {},
): string {
  try {
    return execFileSync('git', ['-c', 'core.hooksPath=/dev/null', ...args], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(options.input === undefined ? {} : { input: options.input }),
      env: {
        PATH: process.env['PATH'],
        HOME: tmpdir(),
        LC_ALL: 'C',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_AUTHOR_NAME: 'Pairs',
        GIT_AUTHOR_EMAIL: 'pairs@localhost',
        GIT_COMMITTER_NAME: 'Pairs',
        GIT_COMMITTER_EMAIL: 'pairs@localhost',
        GIT_EDITOR: 'true',
      },
    });
  } catch (error) {
    const { status, stdout } = error as { status?: number; stdout?: string };
    if (status !== undefined && options.ok?.includes(status)) return stdout ?? '';
    throw error;
  }
}

function borrow(folder: string, from: string, revision: string): string {
  const source = realpathSync(resolve(from));
  const commit = git(source, ['rev-parse', '--verify', `${revision}^{commit}`]).trim();
  mkdirSync(folder, { recursive: true });
  git(folder, ['init', '-q', '-b', 'main', '.']);
  const objects = git(source, ['rev-parse', '--path-format=absolute', '--git-path', 'objects']).trim();
  writeFileSync(join(folder, '.git', 'objects', 'info', 'alternates'), `${objects}\n`);
  git(folder, ['update-ref', 'refs/heads/main', commit]);
  return commit;
}

/** Sets the scene for any two repositories, bare or not, at any revisions. */
export function setScene(
  target: string,
  sibling: string,
  revisions: { readonly target?: string; readonly sibling?: string } = {},
): Scene {
  const folder = mkdtempSync(join(tmpdir(), 'autosync-pairs-'));
  const paths = { target: join(folder, 'target'), sibling: join(folder, 'sibling') };
  const head = borrow(paths.target, target, revisions.target ?? 'HEAD');
  const tip = borrow(paths.sibling, sibling, revisions.sibling ?? 'HEAD');
  return { folder, ...paths, head, tip, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { git } from '../support/plainGit.js';

function commit(repository: string, subject: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), content);
  }
  git(repository, ['add', '--all']);
  git(repository, ['commit', '-q', '-m', subject]);
}

/** Makes what the host suite opens: a target with a configuration, beside a sibling with two commits it lacks. */
export function makeWorkspace(folder: string): string {
  const target = join(folder, 'target');
  mkdirSync(target, { recursive: true });
  git(target, ['init', '-q', '--initial-branch=main']);
  git(target, ['config', 'user.name', 'A. Keeper']);
  git(target, ['config', 'user.email', 'keeper@example.test']);
  commit(target, 'chore: the template', { 'src/app.txt': 'one\ntwo\nthree\n', '.gitignore': '/.autosync/\n' });
  git(folder, ['clone', '-q', '--', target, 'acme']);
  commit(join(folder, 'acme'), 'fix: two is 2', { 'src/app.txt': 'one\n2\nthree\n' });
  commit(join(folder, 'acme'), 'feat: a page of help', { 'src/help.txt': 'help\n' });
  mkdirSync(join(target, '.autosync'));
  const config = {
    version: 1,
    siblings: [{ name: 'acme', path: '../acme' }],
    validate: { checks: [{ name: 'proof', run: 'test -s src/app.txt', reads: 'exit-code' }] },
  };
  writeFileSync(join(target, '.autosync/config.json'), JSON.stringify(config, null, 2));
  return target;
}

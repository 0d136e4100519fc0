import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EditorEngine } from '../../src/core/engine.js';
import { appWith, type Family, makeFamily, NEVER, proofCheck } from '../support/family.js';
import { fingerprint } from '../support/fingerprint.js';
import { git, tryGit } from '../support/plainGit.js';

/** Every command that promises to leave the user's repository as it is. */
const COMMANDS: readonly (readonly [string, (engine: EditorEngine, sha: string, clash: string) => Promise<unknown>])[] =
  [
    ['scan', (engine) => engine.scan({ signal: NEVER })],
    ['sync --dry-run', (engine) => engine.sync({ dryRun: true, signal: NEVER })],
    ['status', (engine) => engine.status()],
    ['explain', (engine, sha) => engine.explain(sha, NEVER)],
    ['preview', (engine, sha) => engine.preview(sha, NEVER)],
    ['preview of a conflict', (engine, _sha, clash) => engine.preview(clash, NEVER)],
    ['conflict', (engine, _sha, clash) => engine.conflict(clash, NEVER)],
    ['resolve', (engine, _sha, clash) => engine.resolve(clash, [{ path: 'src/app.txt', text: 'resolved\n' }], NEVER)],
    ['preview of what was resolved', (engine, _sha, clash) => engine.preview(clash, NEVER)],
    ['scan of what was resolved', (engine) => engine.scan({ signal: NEVER })],
    ['sync --dry-run of what was resolved', (engine) => engine.sync({ dryRun: true, signal: NEVER })],
    ['audit', (engine) => engine.audit({ signal: NEVER })],
    ['config', (engine) => engine.config()],
    ['doctor', (engine) => engine.doctor(NEVER)],
    ['rows', (engine) => engine.rows()],
    ['decline', (engine, sha) => engine.decline(sha, { because: 'no', until: null })],
    ['backup', (engine) => engine.backup()],
    ['init', (engine) => engine.init(NEVER)],
  ];

/** Situations a user's repository may be in; each answers the folder that the commands are run in. */
const SITUATIONS: Readonly<Record<string, (family: Family) => string>> = {
  clean: ({ target }) => target,
  dirty: ({ target }) => {
    writeFileSync(join(target, 'README.md'), 'mine\n');
    git(target, ['add', 'README.md']);
    writeFileSync(join(target, 'README.md'), 'mine again\n');
    writeFileSync(join(target, 'untracked.txt'), 'mine\n');
    rmSync(join(target, 'src/other.txt'));
    return target;
  },
  'in the middle of a rebase': (family) => {
    const { target } = family;
    git(target, ['checkout', '-q', '-b', 'other']);
    family.commit(target, 'fix: there', { 'src/other.txt': 'there\n' });
    git(target, ['checkout', '-q', 'main']);
    family.commit(target, 'fix: here', { 'src/other.txt': 'here\n' });
    expect(tryGit(target, ['rebase', 'other']).exit).not.toBe(0);
    return target;
  },
  detached: ({ target }) => {
    git(target, ['checkout', '-q', '--detach']);
    return target;
  },
  'a linked worktree': (family) => {
    const linked = join(family.folder, 'linked');
    git(family.target, ['worktree', 'add', '-q', '-b', 'side', linked]);
    family.configure({});
    git(family.folder, ['-C', linked, 'config', 'user.name', 'A. Keeper']);
    rmSync(join(linked, '.autosync'), { recursive: true, force: true });
    tryGit(family.folder, ['status']);
    return linked;
  },
};

describe.each(Object.keys(SITUATIONS))('a target that is %s', (situation) => {
  it('is byte for byte the same after every command that only looks', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const sha = family.commit(acme, 'fix: good', { 'src/good.txt': 'good\n' });
    family.commit(acme, 'fix: other', { 'src/other.txt': 'theirs\n' });
    const clash = family.commit(acme, 'fix: clash', { 'src/app.txt': appWith({ 5: 'theirs' }) });
    family.commit(family.target, 'fix: here', { 'src/app.txt': appWith({ 5: 'ours' }) });
    const workspace = SITUATIONS[situation]?.(family) ?? family.target;
    if (workspace !== family.target) {
      git(family.folder, ['clone', '-q', '--bare', acme, join(family.folder, 'bare')]);
      writeFileSync(join(family.notes, 'unused'), '');
      const { mkdirSync } = await import('node:fs');
      mkdirSync(join(workspace, '.autosync'));
      writeFileSync(
        join(workspace, '.autosync/config.json'),
        JSON.stringify({
          siblings: [{ name: 'acme', path: '../acme' }],
          validate: { checks: [proofCheck(family.notes)] },
        }),
      );
    }
    const before = { main: fingerprint(family.target), workspace: fingerprint(workspace), acme: fingerprint(acme) };
    const engine = family.engine({ workspace });
    for (const [name, run] of COMMANDS) {
      await run(engine, sha, clash);
      expect(
        { main: fingerprint(family.target), workspace: fingerprint(workspace), acme: fingerprint(acme) },
        name,
      ).toEqual(before);
    }
  });
});

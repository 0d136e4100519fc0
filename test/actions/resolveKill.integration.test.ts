import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createEngine } from '../../src/engine.js';
import { appWith, makeFamily, NEVER, rowOf } from '../support/family.js';
import { fingerprintRefs } from '../support/fingerprint.js';
import { bundle, killTree, start, WASM } from '../support/killable.js';
import { git } from '../support/plainGit.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const KILLS = 10;

interface Copy {
  readonly target: string;
  readonly cache: string;
}

it('a resolution that was acknowledged is there after a kill at any moment, and never half of one', async () => {
  const family = makeFamily();
  const sha = family.commit(family.sibling('acme'), 'fix: clash', { 'src/app.txt': appWith({ 5: 'theirs' }) });
  family.commit(family.target, 'fix: here', { 'src/app.txt': appWith({ 5: 'ours' }) });
  const program = await bundle(join(import.meta.dirname, 'children/resolver.ts'), temporaryFolder());
  const engineOf = ({ target, cache }: Copy) =>
    createEngine({ workspace: target, cache, environment: {}, progress: () => undefined });
  const copyOf = async (): Promise<Copy> => {
    const folder = join(temporaryFolder(), 'family');
    cpSync(family.folder, folder, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    const copy = { target: join(folder, 'target'), cache: join(folder, 'cache') };
    git(copy.target, ['status']); // the copied files have new inodes
    await engineOf(copy).scan({ signal: NEVER }); // the quarantine of another path is another one
    return copy;
  };
  const begin = ({ target, cache }: Copy) => start(program, [target, cache, WASM, sha]);
  const whole = await copyOf();
  const started = Date.now();
  expect((await begin(whole).ended).out).toBe('candidate\n');
  const milliseconds = Date.now() - started;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const copy = await copyOf();
    const running = begin(copy);
    await sleep(milliseconds * (0.3 + (0.8 * kill) / KILLS));
    killTree(running.child.pid ?? 0);
    const { out } = await running.ended;
    const engine = engineOf(copy);
    const stored = (await engine.incoming('acme', sha))?.standing;
    if (out !== '') expect(stored).toBe('candidate');
    expect(rowOf(await engine.scan({ signal: NEVER }), sha).standing).toBe(stored);
    expect(fingerprintRefs(copy.target)).toEqual(fingerprintRefs(family.target));
    expect(git(copy.target, ['status', '--porcelain'])).toBe('');
  }
});

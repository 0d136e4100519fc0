import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { makeFamily } from '../support/family.js';
import { bundle, WASM } from '../support/killable.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const CANARY = 'canary-of-the-start';
let program = '';

beforeAll(async () => {
  program = await bundle(join(import.meta.dirname, 'children/ancestors.ts'), temporaryFolder());
});

async function started(how: string, temporary: string) {
  const env = { PATH: process.env['PATH'], TMPDIR: temporary, AUTOSYNC_SOURCE_TOKEN: CANARY, OTHER: 'kept' };
  const child = spawn(process.execPath, [program, how], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on('data', (part) => out.push(String(part)));
  child.stderr.on('data', (part) => err.push(String(part)));
  const exit = await new Promise((resolve) => child.once('close', resolve));
  return { spawned: child.pid, exit, err: err.join(''), ...JSON.parse(out.join('')) };
}

// Elsewhere there is no such place to read from, or Node cannot replace itself.
const canBe = process.platform === 'linux' && typeof process.execve === 'function';

describe.runIf(canBe)('a program that was started with a token', () => {
  it('shows it to whatever it starts, when it stays as it was started', async () => {
    expect((await started('as-it-is', temporaryFolder())).seen).toContain(CANARY);
  });

  it('shows it to nothing it starts once it has taken it into memory, and is the same process with the same ways', async () => {
    const temporary = temporaryFolder();
    const came = await started('handed-over', temporary);
    expect(came.seen).not.toContain(CANARY);
    expect(came.seen).toContain('OTHER=kept');
    expect(came).toMatchObject({ token: CANARY, other: 'kept', exit: 3, err: '', names: [] });
    expect(came.pid).toBe(came.spawned);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('is the command line itself, while its checks run', async () => {
    const family = makeFamily();
    const [started, go] = [join(family.notes, 'started'), join(family.notes, 'go')];
    const run = `touch '${started}'; while ! [ -e '${go}' ]; do sleep 0.1; done`;
    family.configure({ validate: { checks: [{ name: 'waits', run, reads: 'exit-code' }] } });
    family.commit(family.sibling('acme'), 'fix: good', { 'src/good.txt': 'good\n' });
    const place = temporaryFolder();
    const cli = await bundle(join(import.meta.dirname, 'children/program.ts'), place);
    copyFileSync(WASM, join(place, 'sql-wasm.wasm'));
    const secrets = { AUTOSYNC_SOURCE_TOKEN: CANARY, AWS_SECRET_ACCESS_KEY: `${CANARY}-and-place` };
    const env = { PATH: process.env['PATH'], XDG_CACHE_HOME: family.cache, ...secrets };
    const child = spawn(process.execPath, [cli, 'sync', '--json'], { cwd: family.target, env, stdio: 'pipe' });
    const out: string[] = [];
    child.stdout.on('data', (part) => out.push(String(part)));
    const ended = new Promise((resolve) => child.once('close', resolve));
    await vi.waitFor(() => expect(existsSync(started)).toBe(true), { timeout: 60_000, interval: 100 });
    const seen = readFileSync(`/proc/${child.pid}/environ`, 'utf8');
    writeFileSync(go, '');
    expect(await ended).toBe(0);
    expect(seen).toContain('XDG_CACHE_HOME');
    expect(seen).not.toContain(CANARY);
    expect(out.join('')).toContain('"standing": "landed"');
    expect(out.join('')).not.toContain(CANARY);
  });
});

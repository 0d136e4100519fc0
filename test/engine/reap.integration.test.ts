import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { markedSleep, running } from '../checks/project.js';
import { type Family, makeFamily, NEVER, standingsOf } from '../support/family.js';
import { bundle, killAlone, start, WASM } from '../support/killable.js';
import { processesWith } from '../support/processes.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const made = { program: '' };

beforeAll(async () => {
  made.program = await bundle(join(import.meta.dirname, 'children/runner.ts'), temporaryFolder());
});

const sync = (family: Family, environment = {}) =>
  start(made.program, [family.target, family.cache, WASM], environment);

/** Waits until a file is there: then the run is where the test wants it. */
const appears = (file: string) =>
  vi.waitFor(() => expect(existsSync(file), file).toBe(true), { timeout: 60_000, interval: 50 });

const filesBelow = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String) : [];

/** Everything of ours that a run may leave beside what it means to keep. */
function leftovers(family: Family): readonly string[] {
  const folders = [family.cache, join(family.target, '.autosync'), join(family.target, '.git')];
  const names = folders.flatMap(filesBelow);
  return names.filter((name) => /\.tmp$|\.lock$|(^|\/)(tmp_obj|tmp_pack|marks-|busy$|scratch\/|scratch-)/.test(name));
}

const mounts = (family: Family): readonly string[] =>
  readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => line.includes(family.folder));

async function expectNothingLeft(family: Family): Promise<void> {
  expect(leftovers(family)).toEqual([]);
  expect(mounts(family)).toEqual([]);
  await vi.waitFor(() => expect(processesWith(family.cache)).toEqual([]), 10_000);
}

describe('a run that is killed', () => {
  it('in the middle of its checks leaves nothing that the next start does not end or remove', async () => {
    const family = makeFamily();
    const [inside, away] = [markedSleep(), markedSleep()] as const;
    const started = join(family.notes, 'started');
    const run = `(trap '' TERM; ${inside}) & setsid ${away} & echo half > src/app.txt; touch '${started}'; wait`;
    family.configure({ validate: { checks: [{ name: 'proof', run, reads: 'exit-code' }] } });
    const pick = family.commit(family.sibling('acme'), 'fix: one', { 'src/one.txt': 'one\n' });
    const killed = sync(family);
    await appears(started);
    killAlone(killed.child.pid ?? 0);
    await killed.ended;
    expect(leftovers(family), 'control: the kill left something').not.toEqual([]);
    family.configure({});
    expect(standingsOf(await family.sync(), [pick])).toEqual(['landed']);
    for (const mark of [inside, away]) expect(running(mark)).toEqual([]);
    await expectNothingLeft(family);
  });

  it('while git works leaves no git running, no lock of ours and nothing half-written', async () => {
    const family = makeFamily();
    const pick = family.commit(family.sibling('acme'), 'fix: one', { 'src/one.txt': 'one\n' });
    await family.scan();
    family.commit(family.sibling('acme'), 'fix: two', { 'src/two.txt': 'two\n' });
    const [bin, mark] = [join(temporaryFolder(), 'bin'), markedSleep()];
    mkdirSync(bin);
    const script = `#!/bin/sh\ncase " $* " in *" fetch "*) : > '${bin}/halted'; exec ${mark};; esac\nPATH=\${PATH#*:} exec git "$@"\n`;
    writeFileSync(join(bin, 'git'), script);
    chmodSync(join(bin, 'git'), 0o755);
    const killed = sync(family, { PATH: [bin, process.env['PATH']].join(delimiter) });
    await appears(join(bin, 'halted'));
    killAlone(killed.child.pid ?? 0);
    await killed.ended;
    expect(running(mark), 'control: what it started goes on').toHaveLength(1);
    const quarantine = join(family.cache, 'autosync', readdirSync(join(family.cache, 'autosync'))[0] ?? '');
    const locks = ['quarantine.git/packed-refs.lock', 'quarantine.git/refs/autosync/siblings/acme.lock'];
    const halves = ['quarantine.git/objects/pack/tmp_pack_abc', 'marks-1-abc'];
    for (const name of [...locks, ...halves]) {
      writeFileSync(join(quarantine, name), 'x');
      utimesSync(join(quarantine, name), 1, 1);
    }
    expect(standingsOf(await family.sync(), [pick])).toEqual(['landed']);
    expect(running(mark)).toEqual([]);
    await expectNothingLeft(family);
  });

  it('does not cost a command that only reads its git: nothing of a living process is touched', async () => {
    const family = makeFamily();
    family.commit(family.sibling('acme'), 'fix: one', { 'src/one.txt': 'one\n' });
    await family.scan();
    const place = join(family.cache, 'autosync', readdirSync(join(family.cache, 'autosync'))[0] ?? '');
    writeFileSync(join(place, 'busy'), '1\n');
    const living = { AUTOSYNC_PID: String(process.pid), GIT_DIR: join(place, 'quarantine.git') };
    const mark = markedSleep();
    const reader = start(join(import.meta.dirname, 'children/sleeper.mjs'), [mark], living);
    try {
      await vi.waitFor(() => expect(running(mark).length).toBeGreaterThan(0), 30_000);
      await family.engine().sync({ dryRun: false, signal: NEVER });
      expect(running(mark).length).toBeGreaterThan(0);
      expect(existsSync(join(place, 'busy'))).toBe(false);
    } finally {
      killAlone(reader.child.pid ?? 0);
      await reader.ended;
    }
  });
});

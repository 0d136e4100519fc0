import { copyFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listBackups, restoreBackup } from '../../src/store/backups.js';
import { loadState } from '../../src/store/load.js';
import { loadSqlEngine } from '../../src/store/sqlEngine.js';
import { decisionFact, EVERY_KIND, makeDecision, NOON, shaOf } from './sampleFacts.js';
import { allOf, makeFolder, openQuiet } from './storeHarness.js';

interface Prepared {
  readonly root: string;
  readonly folder: string;
  readonly told: unknown;
}

/** A state with a snapshot, and facts after it that only the journal has; the writer did not close it. */
async function prepare(): Promise<Prepared> {
  const [root, killed] = [await makeFolder(), await makeFolder()];
  const store = await openQuiet(root);
  await store.record(EVERY_KIND);
  await store.snapshot();
  await store.record([decisionFact(20)]);
  await store.record([decisionFact(21)]);
  const told = allOf(store);
  const folder = join(killed, '.autosync');
  await (await openQuiet(killed)).close();
  for (const name of ['autosync.db', 'journal.jsonl', 'state.json']) {
    await copyFile(join(root, '.autosync', name), join(folder, name));
  }
  await store.close();
  return { root: killed, folder, told };
}

type Damaging = (path: string, bytes: Buffer) => Promise<void>;

const flipBit: Damaging = async (path, bytes) => {
  const bit = Math.floor(Math.random() * bytes.length * 8);
  bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  await writeFile(path, bytes);
};

const DAMAGES: Readonly<Record<string, Damaging>> = {
  'emptied to 0 bytes': (path) => truncate(path, 0),
  'cut by 10 bytes': (path, bytes) => truncate(path, bytes.length - 10),
  'cut by a page': (path, bytes) => truncate(path, Math.max(1, bytes.length - 4096)),
  'cut to half': (path, bytes) => truncate(path, bytes.length >> 1),
  'zeroed at the end': (path, bytes) => writeFile(path, bytes.fill(0, bytes.length - 512)),
  'longer than it was': (path, bytes) => writeFile(path, Buffer.concat([bytes, Buffer.alloc(1)])),
  'changed in one bit': flipBit,
};

describe('a damaged database', () => {
  it.each(Object.entries(DAMAGES))(
    'that was %s is noticed, kept aside and rebuilt without a loss',
    async (_name, damage) => {
      const { root, folder, told } = await prepare();
      const path = join(folder, 'autosync.db');
      await damage(path, await readFile(path));
      const damaged = await readFile(path);
      const reader = await openQuiet(root, { readOnly: true });
      expect(reader.health.source).toBe('mirror');
      expect(allOf(reader)).toEqual(told);
      await reader.close();
      const store = await openQuiet(root);
      expect(store.health.source).toBe('mirror');
      expect(store.health.notes.join(' ')).toContain('autosync.db is damaged');
      expect(allOf(store)).toEqual(told);
      const kept = (await readdir(folder)).find((name) => name.startsWith('autosync.db.damaged-'));
      expect(await readFile(join(folder, kept ?? 'none'))).toEqual(damaged);
      await store.close();
      const again = await openQuiet(root);
      expect(again.health).toMatchObject({ source: 'database', notes: [] });
      expect(allOf(again)).toEqual(told);
      await again.close();
    },
  );

  it('is noticed in 300 of 300 random single-bit flips', async () => {
    const { root, folder, told } = await prepare();
    const path = join(folder, 'autosync.db');
    const good = await readFile(path);
    const input = { root, engine: await loadSqlEngine(), now: NOON, trailers: async () => [] };
    let noticed = 0;
    for (let round = 0; round < 300; round += 1) {
      await flipBit(path, Buffer.from(good));
      const loaded = await loadState(input, true, 1);
      noticed += loaded.source === 'mirror' ? 1 : 0;
      loaded.database.close();
    }
    expect(noticed).toBe(300);
    await writeFile(path, good);
    const store = await openQuiet(root);
    expect(store.health).toMatchObject({ source: 'database', notes: [] });
    expect(allOf(store)).toEqual(told);
    await store.close();
  });
});

describe('what is left when files are lost', () => {
  it('is the mirror and the journal when the database is gone', async () => {
    const { root, folder, told } = await prepare();
    await rm(join(folder, 'autosync.db'));
    const store = await openQuiet(root);
    expect(store.health.source).toBe('mirror');
    expect(store.health.notes.join(' ')).toContain('autosync.db is missing');
    expect(allOf(store)).toEqual(told);
    await store.close();
  });

  it('is the mirror when database and journal are gone', async () => {
    const { root, folder } = await prepare();
    await rm(join(folder, 'autosync.db'));
    await rm(join(folder, 'journal.jsonl'));
    const store = await openQuiet(root);
    expect(store.health.source).toBe('mirror');
    expect(store.decisions()).toEqual([makeDecision(7)]);
    await store.record([decisionFact(30)]);
    await store.close();
    const again = await openQuiet(root);
    expect(again.decisions()).toEqual([makeDecision(7), makeDecision(30)]);
    await again.close();
  });

  it('is the newest good backup and the journal when the mirror is damaged too', async () => {
    const { root, folder, told } = await prepare();
    await mkdir(join(folder, 'backups'));
    await copyFile(join(folder, 'state.json'), join(folder, 'backups/2026-01-01T10.json'));
    await writeFile(join(folder, 'backups/2026-01-01T11.json'), 'damaged');
    await truncate(join(folder, 'state.json'), 100);
    await rm(join(folder, 'autosync.db'));
    const store = await openQuiet(root);
    expect(store.health.source).toBe('backup');
    expect(store.health.notes.join(' ')).toMatch(/state\.json is damaged.*2026-01-01T10/);
    expect(allOf(store)).toEqual(told);
    await store.close();
  });

  it('is the journal alone when there was no snapshot yet', async () => {
    const { root, folder } = await prepare();
    const fresh = await makeFolder();
    const store = await openQuiet(fresh);
    await store.record([decisionFact(1)]);
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
    await copyFile(join(fresh, '.autosync/journal.jsonl'), join(folder, 'journal.jsonl'));
    await store.close();
    const revived = await openQuiet(root);
    expect(revived.health).toMatchObject({ source: 'journal', notes: [] });
    expect(revived.decisions()).toEqual([makeDecision(1)]);
    await revived.close();
  });

  it('is what the trailers say when everything is gone, so that nothing lands twice', async () => {
    const { root, folder } = await prepare();
    await rm(folder, { recursive: true });
    const origins = [
      { sibling: 'acme', origin: shaOf(1), pick: shaOf(11), run: 'run-9' },
      { sibling: 'acme', origin: shaOf(2), pick: shaOf(12), run: 'run-9' },
      { sibling: 'globex', origin: shaOf(3), pick: shaOf(13), run: null },
    ];
    const store = await openQuiet(root, { trailers: async () => origins });
    expect(store.health.source).toBe('trailers');
    expect(store.commits().map(({ sibling, commit }) => [sibling, commit.sha, commit.standing, commit.landed])).toEqual(
      [
        ['acme', shaOf(1), 'landed', shaOf(11)],
        ['acme', shaOf(2), 'landed', shaOf(12)],
        ['globex', shaOf(3), 'landed', shaOf(13)],
      ],
    );
    expect(store.landings().map(({ run, picks }) => [run, picks.length])).toEqual([
      ['run-9', 2],
      ['unknown', 1],
    ]);
    const told = allOf(store);
    await store.close();
    const again = await openQuiet(root, { trailers: () => Promise.reject(new Error('must not be asked')) });
    expect(allOf(again)).toEqual(told);
    await again.close();
  });
});

describe('a damaged journal', () => {
  it('replays up to the damaged line, keeps the file and says so', async () => {
    const { root, folder } = await prepare();
    const path = join(folder, 'journal.jsonl');
    const lines = (await readFile(path, 'utf8')).split('\n');
    const damaged = lines.map((line, index) => (index === 1 ? line.replace('never', 'NEVER') : line)).join('\n');
    await writeFile(path, damaged);
    const store = await openQuiet(root);
    expect(store.health.source).toBe('database');
    expect(store.health.notes.join(' ')).toContain('line 2 does not have its checksum');
    expect(store.decisions()).toEqual([makeDecision(7)]);
    const kept = (await readdir(folder)).find((name) => name.startsWith('journal.jsonl.damaged-'));
    expect(await readFile(join(folder, kept ?? 'none'), 'utf8')).toBe(damaged);
    await store.record([decisionFact(40)]);
    await store.close();
    const again = await openQuiet(root);
    expect(again.health.notes).toEqual([]);
    expect(again.decisions()).toEqual([makeDecision(7), makeDecision(40)]);
    await again.close();
  });

  it('loses no fact when only its first line is damaged: the mirror carries the facts after it', async () => {
    const { root, folder, told } = await prepare();
    const path = join(folder, 'journal.jsonl');
    await writeFile(path, (await readFile(path, 'utf8')).replace('"sha256":"', '"sha256":"0'));
    const store = await openQuiet(root);
    expect(store.health.source).toBe('mirror');
    expect(allOf(store)).toEqual(told);
    await store.close();
  });

  it('with a torn tail is mended without a word: that fact was never acknowledged', async () => {
    const { root, folder, told } = await prepare();
    const path = join(folder, 'journal.jsonl');
    await writeFile(path, Buffer.concat([await readFile(path), Buffer.from('{"crc":"0000')]));
    const store = await openQuiet(root);
    expect(store.health).toMatchObject({ source: 'database', notes: [] });
    expect(allOf(store)).toEqual(told);
    await store.record([decisionFact(50)]);
    const now = allOf(store);
    const reader = await openQuiet(root, { readOnly: true });
    expect(allOf(reader)).toEqual(now);
    await reader.close();
    await store.close();
  });
});

describe('backups', () => {
  it('are listed newest first and restored whole, the state before kept', async () => {
    const root = await makeFolder();
    const first = await openQuiet(root);
    await first.record(EVERY_KIND);
    const told = allOf(first);
    await first.close();
    const later = NOON + 2 * 3_600_000;
    const second = await openQuiet(root, { clock: () => later });
    await second.record([decisionFact(8), { kind: 'decision-withdrawn', sibling: 'acme', sha: shaOf(7) }]);
    await second.close();
    expect((await listBackups(root)).map(({ name, generation }) => [name, generation])).toEqual([
      ['2026-01-02T14.json.gz', 2],
      ['2026-01-02T12.json.gz', 1],
    ]);
    const kept = await restoreBackup({ root, clock: () => later }, '2026-01-02T12.json.gz');
    const restored = await openQuiet(root, { clock: () => later });
    expect(allOf(restored)).toEqual(told);
    expect(restored.health).toMatchObject({ source: 'database', notes: [] });
    await restored.close();
    await restoreBackup({ root, clock: () => later }, kept ?? 'none');
    const back = await openQuiet(root);
    expect(back.decisions()).toEqual([makeDecision(8)]);
    await back.close();
  });

  it('that are damaged or unknown are refused and nothing changes', async () => {
    const root = await makeFolder();
    const store = await openQuiet(root);
    await store.record(EVERY_KIND);
    await store.close();
    const [backup] = await listBackups(root);
    await truncate(join(root, '.autosync/backups', backup?.name ?? 'none'), 50);
    const database = await readFile(join(root, '.autosync/autosync.db'));
    const options = { root, clock: () => NOON };
    await expect(restoreBackup(options, backup?.name ?? 'none')).rejects.toThrow('is damaged');
    await expect(restoreBackup(options, '../state.json')).rejects.toThrow('no backup');
    expect(await readFile(join(root, '.autosync/autosync.db'))).toEqual(database);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { isProblem } from '../../src/core/errors.js';
import type { Fact } from '../../src/core/facts.js';
import { factsOf } from '../../src/store/content.js';
import { openDatabase, type StateDatabase, versionInHeader } from '../../src/store/database.js';
import { mirrorFacts } from '../../src/store/mirror.js';
import { chainsIn, pullRequestsIn, resolutionsIn } from '../../src/store/queries.js';
import { MIGRATIONS, SCHEMA_VERSION } from '../../src/store/schema.js';
import { loadSqlEngine } from '../../src/store/sqlEngine.js';
import { statementsOf } from '../../src/store/statements.js';
import {
  commitsFact,
  decisionFact,
  EVERY_KIND,
  makeChain,
  makeCommit,
  makePullRequest,
  makeResolution,
} from './sampleFacts.js';

const opened: StateDatabase[] = [];

async function open(bytes: Uint8Array | null, facts: readonly Fact[] = []): Promise<StateDatabase> {
  const database = openDatabase(await loadSqlEngine(), bytes, 'file');
  opened.push(database);
  database.write(facts.flatMap(statementsOf));
  return database;
}

afterEach(() => {
  for (const database of opened.splice(0)) database.close();
});

describe('the database', () => {
  it('takes a batch whole or not at all', async () => {
    const database = await open(null, EVERY_KIND);
    const before = database.counts();
    const broken = { sql: 'INSERT INTO decisions (sibling) VALUES (?)', values: ['acme'] };
    expect(() => database.write([...statementsOf(decisionFact(99)), broken])).toThrow('NOT NULL');
    expect(database.counts()).toEqual(before);
    database.write(statementsOf(decisionFact(99)));
    expect(database.counts().decisions).toBe(before.decisions + 1);
  });

  it('goes on after an export with what it exported', async () => {
    const database = await open(null, EVERY_KIND);
    const bytes = database.exportBytes();
    database.write(statementsOf(decisionFact(99)));
    expect((await open(bytes)).counts().decisions).toBe(1);
    expect(database.counts().decisions).toBe(2);
    expect(versionInHeader(Buffer.from(bytes))).toBe(SCHEMA_VERSION);
  });

  it('of a newer schema is refused', async () => {
    const bytes = Buffer.from((await open(null)).exportBytes());
    bytes.writeUInt32BE(SCHEMA_VERSION + 1, 60);
    const error = await open(bytes).catch((problem: unknown) => problem);
    expect(isProblem(error, 'state-newer')).toBe(true);
  });
});

describe('a state of the first schema', () => {
  it('is brought up to date with all that it holds, and takes resolutions from then on', async () => {
    const engine = await loadSqlEngine();
    const old = new engine.Database();
    old.exec(`BEGIN; ${MIGRATIONS[0]}; PRAGMA user_version = 1; COMMIT;`);
    const decision = statementsOf(decisionFact(7))[0];
    old.run(decision?.sql ?? '', [...(decision?.values ?? [])]);
    const bytes = old.export();
    old.close();
    const database = await open(bytes, [{ kind: 'resolution', resolution: makeResolution(8) }]);
    expect(database.counts()).toMatchObject({ decisions: 1, resolutions: 1 });
    expect(resolutionsIn(database)).toEqual([makeResolution(8)]);
  });

  it('is read from its mirror, which knows no resolutions', async () => {
    const [held, saved] = [await open(null, EVERY_KIND), await open(null, EVERY_KIND)];
    const { resolutions: _none, ...content } = JSON.parse((await mirrorFacts(saved, held)).text);
    const rebuilt = await open(null, factsOf(content));
    expect(rebuilt.counts()).toEqual({ ...held.counts(), resolutions: 0 });
  });

  it('takes pull requests from then on, one for each branch', async () => {
    const engine = await loadSqlEngine();
    const old = new engine.Database();
    old.exec(`BEGIN; ${MIGRATIONS[0]}; ${MIGRATIONS[1]}; PRAGMA user_version = 2; COMMIT;`);
    const bytes = old.export();
    old.close();
    const merged = makePullRequest(1, { state: 'merged' });
    const facts: readonly Fact[] = [makePullRequest(1), makePullRequest(2), merged].map((pullRequest) => ({
      kind: 'pull-request',
      pullRequest,
    }));
    expect(pullRequestsIn(await open(bytes, facts))).toEqual([merged, makePullRequest(2)]);
  });
});

describe('a state of the third schema', () => {
  it('takes chains from then on, one for each landing, oldest first', async () => {
    const engine = await loadSqlEngine();
    const old = new engine.Database();
    old.exec(`BEGIN; ${MIGRATIONS.slice(0, 3).join('; ')}; PRAGMA user_version = 3; COMMIT;`);
    const bytes = old.export();
    old.close();
    const passed = makeChain(1, { state: 'passed' });
    const facts: readonly Fact[] = [makeChain(1), makeChain(2, { since: '2026-01-01T00:00:00Z' }), passed].map(
      (chain) => ({ kind: 'chain', chain }),
    );
    expect(chainsIn(await open(bytes, facts))).toEqual([makeChain(2, { since: '2026-01-01T00:00:00Z' }), passed]);
  });
});

describe('the check before the mirror is written', () => {
  it('passes for equal databases, and the text rebuilds them', async () => {
    const [held, saved] = [await open(null, EVERY_KIND), await open(null, EVERY_KIND)];
    const facts = await mirrorFacts(saved, held);
    const rebuilt = await open(null, factsOf(JSON.parse(facts.text)));
    expect(await mirrorFacts(rebuilt, rebuilt)).toEqual(facts);
  });

  it.each([
    ['has a row more', [...EVERY_KIND, decisionFact(8)]],
    ['has a row less', EVERY_KIND.slice(1)],
    ['says something else of a row', [...EVERY_KIND, commitsFact('acme', [makeCommit(1, { reason: 'Other.' })])]],
  ])('fails when the file %s', async (_name, facts) => {
    const [held, saved] = [await open(null, EVERY_KIND), await open(null, facts)];
    const error = await mirrorFacts(saved, held).catch((problem: unknown) => problem);
    expect(isProblem(error, 'disk')).toBe(true);
  });
});

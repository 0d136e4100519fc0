import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Sha } from '../../src/core/commit.js';
import type { EditorEngine } from '../../src/core/engine.js';
import { sha256 } from '../../src/store/mirror.js';
import { type Family, makeFamily, NEVER, rowOf, standingsOf } from '../support/family.js';
import { git, gitBytes } from '../support/plainGit.js';

const REF = 'refs/autosync/state/acme/main';

/** A family whose target has a remote, and fresh clones of that: as runners have them. */
interface House {
  readonly family: Family;
  readonly remote: string;
  readonly good: Sha;
  readonly unwanted: Sha;
  clone(name: string): { readonly folder: string; readonly engine: EditorEngine };
}

function makeHouse(): House {
  const family = makeFamily();
  const good = family.commit(family.sibling('acme'), 'fix: a good one', { 'src/good.txt': 'good\n' });
  const unwanted = family.commit(family.sibling('acme'), 'fix: an unwanted one', { 'src/unwanted.txt': 'no\n' });
  const remote = join(family.folder, 'remote.git');
  git(family.folder, ['clone', '-q', '--bare', '--', family.target, remote]);
  const clone = (name: string) => {
    const folder = join(family.folder, name);
    git(family.folder, ['clone', '-q', '--', remote, folder]);
    mkdirSync(join(folder, '.autosync'));
    cpSync(join(family.target, '.autosync/config.json'), join(folder, '.autosync/config.json'));
    return { folder, engine: family.engine({ workspace: folder }) };
  };
  return { family, remote, good, unwanted, clone };
}

const share = async (engine: EditorEngine, direction: 'fetch' | 'push') =>
  (await engine.shareState({ direction, sibling: 'acme', signal: NEVER })).siblings[0];

const outcome = async (engine: EditorEngine, direction: 'fetch' | 'push') => (await share(engine, direction))?.outcome;

const refsOf = (repository: string): string => git(repository, ['for-each-ref', '--format=%(refname) %(objectname)']);

const scan = (engine: EditorEngine) => engine.scan({ signal: NEVER });

const declines = async (engine: EditorEngine, sha: Sha): Promise<void> => {
  await scan(engine);
  await engine.decline(sha, { because: 'not for us', until: null });
};

/** Puts a commit with that text as its state on the ref, as anybody may who can push. */
function put(remote: string, text: string | Buffer): Sha {
  const blob = git(remote, ['hash-object', '-w', '--stdin'], { input: text });
  const tree = git(remote, ['mktree'], { input: `100644 blob ${blob}\tstate.json\n` });
  const commit = git(remote, ['commit-tree', '-m', 'odd', tree]);
  git(remote, ['update-ref', REF, commit]);
  return commit;
}

/** The same state with other rows, sealed as a writer of it would. */
function resealed(text: string, change: (text: string) => string): string {
  const changed = change(text.slice(text.indexOf('\n', 2) + 1));
  return `{\n  "checksum": "${sha256(changed)}",\n${changed}`;
}

describe('a state that is shared', () => {
  it('comes to a fresh clone with a person\'s "no" and moves nothing else', async () => {
    const { remote, clone, good, unwanted } = makeHouse();
    const [one, two, bare] = [clone('one'), clone('two'), clone('bare')];
    await declines(one.engine, unwanted);
    const [there, here] = [refsOf(remote), refsOf(one.folder)];
    expect(await outcome(one.engine, 'push')).toBe('kept');
    const tip = git(remote, ['rev-parse', REF]);
    expect(refsOf(remote).replace(`${REF} ${tip}\n`, '')).toBe(there);
    expect(refsOf(one.folder)).toBe(here);
    expect(await outcome(two.engine, 'fetch')).toBe('taken');
    expect(standingsOf(await two.engine.sync({ dryRun: false, signal: NEVER }), [good, unwanted])).toEqual([
      'landed',
      'declined',
    ]);
    // The proof that it was the state: without it, the same run lands what was declined.
    expect(standingsOf(await bare.engine.sync({ dryRun: false, signal: NEVER }), [unwanted])).toEqual(['landed']);
  });

  it('is a single commit, however often it was put there', async () => {
    const { family, remote, clone } = makeHouse();
    const { engine } = clone('one');
    const tips = new Set<string>();
    for (const number of [1, 2]) {
      family.commit(family.sibling('acme'), `fix: number ${number}`, { [`src/${number}.txt`]: `${number}\n` });
      await scan(engine);
      expect(await outcome(engine, 'push')).toBe('kept');
      expect(await outcome(engine, 'push')).toBe('same');
      tips.add(git(remote, ['rev-parse', REF]));
    }
    expect(tips.size).toBe(2);
    expect(git(remote, ['rev-list', '--count', REF])).toBe('1');
    expect(git(remote, ['ls-tree', '-r', '--name-only', REF])).toBe('state.json');
  });

  it('is not there at first: the run is a first one, and a clone still reads what landed from the trailers', async () => {
    const { remote, clone, good } = makeHouse();
    const one = clone('one');
    expect(await outcome(one.engine, 'push')).toBe('empty');
    expect(await outcome(one.engine, 'fetch')).toBe('none');
    expect(refsOf(remote)).not.toContain('refs/autosync');
    await one.engine.sync({ dryRun: false, signal: NEVER });
    git(one.folder, ['push', '-q', 'origin', 'main']);
    const two = clone('two');
    expect(await outcome(two.engine, 'fetch')).toBe('none');
    expect(readdirSync(join(two.folder, '.autosync')).sort()).toEqual(['.gitignore', 'config.json', 'state-refs.json']);
    await scan(two.engine);
    expect((await two.engine.status()).landings.flatMap(({ picks }) => picks.map(({ origin }) => origin))).toContain(
      good,
    );
  });

  it('stays as the first of two pushes left it, and the second says so', async () => {
    const { remote, clone, good, unwanted } = makeHouse();
    const [one, two] = [clone('one'), clone('two')];
    expect([await outcome(one.engine, 'fetch'), await outcome(two.engine, 'fetch')]).toEqual(['none', 'none']);
    await declines(one.engine, good);
    await declines(two.engine, unwanted);
    const ends = await Promise.all([outcome(one.engine, 'push'), outcome(two.engine, 'push')]);
    expect([...ends].sort()).toEqual(['kept', 'lost']);
    const winner = ends[0] === 'kept' ? good : unwanted;
    const text = gitBytes(remote, ['cat-file', 'blob', `${REF}:state.json`]).toString();
    const { state } = JSON.parse(text) as { readonly state: { readonly decisions: readonly { readonly sha: Sha }[] } };
    expect(state.decisions.map(({ sha }) => sha)).toEqual([winner]);
    const loser = ends[0] === 'kept' ? two : one;
    expect([await outcome(loser.engine, 'push'), await outcome(loser.engine, 'fetch')]).toEqual(['lost', 'own']);
  });

  it('never goes over what a workspace remembers itself', async () => {
    const { remote, clone, good, unwanted } = makeHouse();
    const [one, two] = [clone('one'), clone('two')];
    await declines(one.engine, unwanted);
    await outcome(one.engine, 'push');
    await declines(two.engine, good);
    const before = readFileSync(join(two.folder, '.autosync/state.json'), 'utf8');
    const tip = git(remote, ['rev-parse', REF]);
    expect([await outcome(two.engine, 'fetch'), await outcome(two.engine, 'push')]).toEqual(['own', 'lost']);
    expect(readFileSync(join(two.folder, '.autosync/state.json'), 'utf8')).toBe(before);
    expect(git(remote, ['rev-parse', REF])).toBe(tip);
    // Of a state that is damaged nothing is put over what is there, and it is said.
    const engine = clone('damaged').engine;
    const lost = join(remote, '../damaged/.autosync');
    writeFileSync(join(lost, 'autosync.db'), 'no database');
    const report = await engine.shareState({ direction: 'push', sibling: 'acme', signal: NEVER });
    expect([report.siblings[0]?.outcome, report.notes.join()]).toEqual(['empty', expect.stringContaining('damaged')]);
    expect(git(remote, ['rev-parse', REF])).toBe(tip);
    // The way out that the message names: the files of the state out of the way.
    for (const name of readdirSync(join(two.folder, '.autosync')))
      if (name !== 'config.json') rmSync(join(two.folder, '.autosync', name), { recursive: true });
    expect(await outcome(two.engine, 'fetch')).toBe('taken');
    // Cut off before it had said so, it is found to have it, and goes on from there.
    rmSync(join(two.folder, '.autosync/state-refs.json'));
    expect(await outcome(two.engine, 'fetch')).toBe('same');
    expect(rowOf(await scan(two.engine), unwanted).standing).toBe('declined');
    expect([await outcome(two.engine, 'push'), await outcome(one.engine, 'push')]).toEqual(['kept', 'lost']);
  });
});

describe('a state that is not what it should be', () => {
  it('is refused with the reason, the run goes on, and what was refused stays below the next one', async () => {
    const { remote, clone, unwanted } = makeHouse();
    const writer = clone('writer');
    await declines(writer.engine, unwanted);
    await outcome(writer.engine, 'push');
    const good = gitBytes(remote, ['cat-file', 'blob', `${REF}:state.json`]).toString();
    const one = clone('one');
    const odd: readonly (readonly [string, string | Buffer])[] = [
      ['its checksum is wrong', good.replace('not for us', 'not for them')],
      ['its checksum is wrong', 'nothing of ours'],
      ['its checksum is wrong', ''],
      ['only those of acme', resealed(good, (text) => text.replaceAll('"sibling": "acme"', '"sibling": "globex"'))],
      ['its rows are not', resealed(good, (text) => text.replace(`"sha": "${unwanted}"`, '"sha": "--upload-pack=x"'))],
      ['control characters', resealed(good, (text) => text.replace('not for us', 'not \\u001b[2J for us'))],
      ['does not take it', resealed(good, (text) => text.replace('not for us', 'not for them'))],
    ];
    for (const [why, text] of odd) {
      put(remote, text);
      expect(await share(one.engine, 'fetch')).toMatchObject({ outcome: 'refused', why: expect.stringContaining(why) });
      expect(existsSync(join(one.folder, '.autosync/state.json'))).toBe(false);
    }
    const refused = git(remote, ['rev-parse', REF]);
    await scan(one.engine);
    expect(await outcome(one.engine, 'push')).toBe('kept');
    expect(git(remote, ['rev-parse', `${REF}^`])).toBe(refused);
    await declines(one.engine, unwanted);
    expect(await outcome(one.engine, 'push')).toBe('kept');
    expect(git(remote, ['rev-list', '--parents', '-1', REF]).split(' ').slice(1)).toEqual([refused]);
  });

  it('is left as it is when a newer AutoSync wrote it, or when it is no commit at all', async () => {
    const { remote, clone } = makeHouse();
    const { engine } = clone('one');
    const tip = put(
      remote,
      resealed('{\n  "checksum": "",\n  "schema": 99,\n  "state": {}\n}\n', (text) => text),
    );
    expect(await share(engine, 'fetch')).toMatchObject({ outcome: 'newer', why: expect.stringContaining('schema 99') });
    await scan(engine);
    expect(await outcome(engine, 'push')).toBe('newer');
    expect(git(remote, ['rev-parse', REF])).toBe(tip);
    const blob = git(remote, ['hash-object', '-w', '--stdin'], { input: 'a blob' });
    git(remote, ['update-ref', REF, blob]);
    const other = clone('other').engine;
    expect(await outcome(other, 'fetch')).toBe('refused');
    await scan(other);
    expect(await share(other, 'push')).toMatchObject({ outcome: 'refused', why: expect.stringContaining('no commit') });
    expect(git(remote, ['rev-parse', REF])).toBe(blob);
  });
});

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { openGit } from '../../../src/git/git.js';
import { fetchSiblings } from '../../../src/pipeline/fetch.js';
import { serveGit } from '../../support/httpGit.js';
import { cloneFor } from '../clone.js';
import { drainGit } from '../drain.js';
import { freshPath, type Ground, NEVER } from '../ground.js';
import { slowWayTo } from '../latency.js';
import { GOAL, type Measured } from '../measured.js';
import { pairedOf, sides, timeOf } from '../stopwatch.js';
import { configure, engineOn, scan } from './scanned.js';

const SIBLINGS = 10;
const LATENCY = 100;

const siblingsAt = (url: string) =>
  Array.from({ length: SIBLINGS }, (_unused, index) => ({ name: `sibling${index}`, url, branch: 'main' }));

/** Polls ten siblings that are far away, against asking them one after the other. */
async function farAway(ground: Ground, rounds: number): Promise<Measured> {
  const server = await serveGit(dirname(ground.sibling));
  const way = await slowWayTo(server.origin, LATENCY);
  const url = `${way.origin}/${basename(ground.sibling)}/.git`;
  try {
    const siblings = siblingsAt(url);
    const target = cloneFor(ground, freshPath('target'));
    const port = await openGit({
      folder: target,
      branch: 'main',
      remote: 'origin',
      source: null,
      cache: freshPath('cache'),
      clock: Date.now,
    });
    const poll = async (): Promise<void> => {
      const outcomes = await fetchSiblings(port, siblings, () => undefined, NEVER);
      for (const outcome of outcomes) if (outcome.kind === 'failed') throw new Error(outcome.error);
    };
    await poll();
    const sequential = async (): Promise<void> => {
      for (const sibling of siblings) await drainGit(target, ['ls-remote', sibling.url, 'refs/heads/main']);
    };
    const paired = await pairedOf(
      rounds,
      () => timeOf(poll),
      () => timeOf(sequential),
    );
    await port.close();
    return {
      goal: '8',
      what: `poll of ${SIBLINGS} siblings behind ${LATENCY} ms / git ls-remote one by one`,
      value: paired.ratio,
      unit: 'x',
      want: GOAL.atMost(0.35),
      note: sides(paired),
      wrong: null,
    };
  } finally {
    await way.close();
    await server.close();
  }
}

/** Every file of AutoSync's folder but the lock, with its time and content. */
function stateOf(target: string): ReadonlyMap<string, { readonly stamp: string; readonly bytes: number }> {
  const folder = join(target, '.autosync');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name !== 'lock' && statSync(join(folder, name)).isFile(),
  );
  return new Map(
    names.map((name) => {
      const bytes = readFileSync(join(folder, name));
      return [
        name,
        {
          stamp: `${statSync(join(folder, name)).mtimeMs} ${createHash('sha256').update(bytes).digest('hex')}`,
          bytes: bytes.length,
        },
      ] as const;
    }),
  );
}

/** What a poll with nothing new writes below `.autosync`. */
async function idle(ground: Ground): Promise<Measured> {
  const target = cloneFor(ground, freshPath('target'));
  configure(
    target,
    Array.from({ length: 2 }, (_unused, index) => ({ name: `sibling${index}`, path: ground.sibling, branch: 'main' })),
  );
  const engine = engineOn(target, freshPath('cache'));
  await scan(engine);
  await scan(engine);
  const before = stateOf(target);
  await scan(engine);
  const changed = [...stateOf(target)].filter(([name, { stamp }]) => before.get(name)?.stamp !== stamp);
  const bytes = changed.reduce((sum, [, file]) => sum + file.bytes, 0);
  const note = changed.length === 0 ? 'no file changed' : changed.map(([name]) => name).join(', ');
  return {
    goal: '8',
    what: 'written by a poll that finds nothing new',
    value: bytes,
    unit: 'bytes',
    want: GOAL.atMost(0),
    note,
    wrong: null,
  };
}

/** Goal 8: polling many siblings at once, and writing nothing when there is nothing. */
export async function pollGoal(ground: Ground, rounds: number): Promise<readonly Measured[]> {
  return [await farAway(ground, rounds), await idle(ground)];
}

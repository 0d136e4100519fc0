import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { EditorEngine } from '../../src/core/engine.js';
import { NEVER } from '../support/family.js';
import { type ForgeFamily, makeForgeFamily, QUICK } from '../support/forgeFamily.js';
import { git } from '../support/plainGit.js';

const open: ForgeFamily[] = [];

afterEach(async () => {
  for (const { github } of open.splice(0)) await github.close();
});

/** A machine that knows nothing yet: a clone of what is on the forge, with the policy. */
function machine({ family, hosted, environment }: ForgeFamily, name: string): EditorEngine {
  const folder = join(family.folder, name);
  git(family.folder, ['clone', '-q', '--', hosted.folder, folder]);
  git(folder, ['remote', 'set-url', 'origin', hosted.cloneUrl]);
  mkdirSync(join(folder, '.autosync'));
  cpSync(join(family.target, '.autosync/config.json'), join(folder, '.autosync/config.json'));
  return family.engine({ workspace: folder, environment, patience: QUICK });
}

/** What a job of the workflow does for one sibling. */
async function job(made: ForgeFamily, sibling: string, round: number) {
  const engine = machine(made, `${sibling}-${round}`);
  const how = { sibling, signal: NEVER };
  const fetched = await engine.shareState({ ...how, direction: 'fetch' });
  const report = await engine.sync({ ...how, dryRun: false });
  const pushed = await engine.shareState({ ...how, direction: 'push' });
  return { errors: report.siblings.map(({ error }) => error), notes: report.notes, fetched, pushed };
}

describe('siblings on machines of their own, at the same time', () => {
  it('bring each their pull request and keep each their state, and then nothing is written any more', async () => {
    const names = ['acme', 'globex'];
    const made = await makeForgeFamily({ siblings: names, policy: { land: { askPeople: false, autoMerge: false } } });
    open.push(made);
    for (const name of names)
      made.family.commit(made.family.sibling(name), `fix: of ${name}`, { [`src/${name}.txt`]: `${name}\n` });
    const round = (number: number) => Promise.all(names.map((name) => job(made, name, number)));
    const first = await round(1);
    expect(first.flatMap(({ errors }) => errors)).toEqual([null, null]);
    expect(first.map(({ pushed }) => pushed.siblings[0]?.outcome)).toEqual(['kept', 'kept']);
    const pulls = made.hosted.pulls().map(({ head, state }) => `${head} ${state}`);
    expect(pulls.sort()).toEqual(['autosync/acme/review open', 'autosync/globex/review open']);
    const written = made.github.wire.writes().length;
    const second = await round(2);
    expect(second.map(({ fetched }) => fetched.siblings[0]?.outcome)).toEqual(['taken', 'taken']);
    expect(made.github.wire.writes().slice(written)).toEqual([]);
  });
});

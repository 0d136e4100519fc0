import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ForgeFamily, makeForgeFamily, rowNamed } from '../support/forgeFamily.js';
import { bundle, killTree, start, WASM } from '../support/killable.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const open: ForgeFamily[] = [];
const program = { file: '' };

beforeAll(async () => {
  program.file = await bundle(join(import.meta.dirname, 'children/runner.ts'), temporaryFolder());
});

afterEach(async () => {
  for (const { github } of open.splice(0)) await github.close();
});

const REVIEW = 'autosync/acme/review';
const [OFFERED, PLANNED] = ['feat!: offered', 'feat!: planned only'];

/** A run in a process of its own that is killed when it has written down what it will push, and has not pushed it. */
async function killBeforePush({ family, environment, github }: ForgeFamily): Promise<void> {
  const push = { method: 'POST', path: /\/git-receive-pack$/, kind: 'hang' } as const;
  github.faults.next(push);
  const run = start(program.file, [family.target, family.cache, WASM], environment);
  while (github.faults.waiting().length > 0) await sleep(5);
  killTree(run.child.pid ?? 0);
  await run.ended;
}

/** A pull request that brings one commit, and a plan for a second one that never got there. */
async function plannedOnly(): Promise<ForgeFamily> {
  const made = await makeForgeFamily();
  open.push(made);
  const acme = made.family.sibling('acme');
  made.family.commit(acme, OFFERED, { 'src/offered.txt': 'offered\n' });
  await made.sync();
  const tip = made.hosted.tip(REVIEW);
  made.family.commit(acme, PLANNED, { 'src/planned.txt': 'planned\n' });
  await killBeforePush(made);
  expect(made.hosted.tip(REVIEW)).toBe(tip);
  expect((await made.remembered())[0]?.picks).toHaveLength(2);
  return made;
}

const second = { standing: 'review', pullRequest: expect.stringContaining('/pull/2') };

describe('a run that was killed between its plan and the push', () => {
  it('leaves nothing to be declined with the pull request that a person closes then', async () => {
    const made = await plannedOnly();
    await made.setState(1, 'closed');
    const report = await made.sync();
    expect(report.notes.join('\n')).toContain('1 commit of acme is declined');
    expect(rowNamed(report, OFFERED).standing).toBe('declined');
    expect(rowNamed(report, PLANNED)).toMatchObject(second);
  });

  it('leaves nothing to count as landed with the pull request that a person merges then', async () => {
    const made = await plannedOnly();
    made.hosted.merge(1, 'keeper');
    const report = await made.sync();
    expect(report.notes.join('\n')).toContain('1 commit of acme landed');
    expect(rowNamed(report, OFFERED).standing).toBe('landed');
    expect(rowNamed(report, PLANNED)).toMatchObject({ ...second, vetoes: ['It says that it is a breaking change.'] });
  });

  it('leaves nothing to be said to wait in a pull request whose branch a person takes over then', async () => {
    const made = await plannedOnly();
    made.hosted.commit(REVIEW, { 'src/hand.txt': 'by hand\n' }, 'fix: by hand', 'keeper');
    const report = await made.sync();
    const first = { standing: 'review', pullRequest: expect.stringContaining('/pull/1') };
    expect(rowNamed(report, OFFERED)).toMatchObject(first);
    expect(rowNamed(report, PLANNED)).toMatchObject({ standing: 'waiting', pullRequest: null });
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/core/enhancement.js';
import { appWith } from '../support/family.js';
import { type ForgeFamily, makeForgeFamily, rowNamed } from '../support/forgeFamily.js';

const open: ForgeFamily[] = [];

afterEach(async () => {
  for (const { github } of open.splice(0)) await github.close();
});

async function capped(siblings: readonly string[] = ['acme']): Promise<ForgeFamily> {
  const policy = { land: { askPeople: false, maxOpenPullRequests: 1 } };
  const hosting = { protection: { main: { requiredChecks: ['ci'] } } };
  const made = await makeForgeFamily({ siblings, policy, hosting });
  open.push(made);
  return made;
}

const page = (number: number) => expect.stringMatching(new RegExp(`/pull/${number}$`));
const heads = (made: ForgeFamily): readonly string[] =>
  made.hosted
    .pulls()
    .filter(({ state }) => state === 'open')
    .map(({ head }) => head);
const notesOf = ({ siblings }: RunReport): string => siblings.flatMap(({ notes }) => notes).join('\n');

function passCi(made: ForgeFamily, branch: string): void {
  made.hosted.status(made.hosted.tip(branch) ?? '', 'ci', 'success');
}

describe('lanes of one sibling under a cap of one open pull request', () => {
  it('come one after the other, and each row says what it waits for', async () => {
    const made = await capped();
    const acme = made.family.sibling('acme');
    made.family.commit(acme, 'fix: a safe one', { 'src/safe.txt': 'safe\n' });
    made.family.commit(acme, 'feat!: a breaking one', { 'src/breaking.txt': 'breaking\n' });
    made.family.commit(acme, 'fix: line five', { 'src/app.txt': appWith({ 5: 'acme' }) });
    made.hosted.commit('main', { 'src/app.txt': appWith({ 5: 'ours' }) }, 'feat: line five, as the target has it');
    const waits = { standing: 'waiting', evidence: { because: 'cap' }, pullRequest: null };
    const written: number[] = [];
    for (let run = 0; run < 2; run += 1) {
      const report = await made.sync();
      written.push(made.github.wire.writes().length);
      expect(heads(made)).toEqual(['autosync/acme/auto']);
      expect(rowNamed(report, 'fix: a safe one')).toMatchObject({ standing: 'review', pullRequest: page(1) });
      expect(rowNamed(report, 'feat!: a breaking one')).toMatchObject(waits);
      expect(rowNamed(report, 'fix: line five')).toMatchObject({ standing: 'conflict', pullRequest: null });
      expect(notesOf(report)).toContain('1 pull request is open already (land.maxOpenPullRequests)');
      expect(made.hosted.branches().filter((branch) => branch.startsWith('autosync/'))).toHaveLength(1);
    }
    expect(written[1]).toBe(written[0]);
    passCi(made, 'autosync/acme/auto');
    const second = await made.sync();
    expect(heads(made)).toEqual(['autosync/acme/review']);
    expect(rowNamed(second, 'fix: a safe one').standing).toBe('landed');
    expect(rowNamed(second, 'feat!: a breaking one')).toMatchObject({ standing: 'review', pullRequest: page(2) });
    expect(rowNamed(second, 'fix: line five')).toMatchObject({ standing: 'conflict', pullRequest: null });
    await made.setState(2, 'closed');
    const third = await made.sync();
    expect(heads(made)).toEqual(['autosync/acme/conflict']);
    expect(rowNamed(third, 'feat!: a breaking one').standing).toBe('declined');
    expect(rowNamed(third, 'fix: line five')).toMatchObject({ standing: 'conflict', pullRequest: page(3) });
    expect(notesOf(await made.sync())).not.toContain('open already');
  });

  it('leave the pull request that is open as it is when what comes first finds no room', async () => {
    const made = await capped();
    const acme = made.family.sibling('acme');
    made.family.commit(acme, 'feat!: a breaking one', { 'src/breaking.txt': 'breaking\n' });
    await made.sync();
    const tip = made.hosted.tip('autosync/acme/review');
    made.family.commit(acme, 'fix: a safe one', { 'src/safe.txt': 'safe\n' });
    const report = await made.sync();
    expect(heads(made)).toEqual(['autosync/acme/review']);
    expect(made.hosted.tip('autosync/acme/review')).toBe(tip);
    expect(rowNamed(report, 'feat!: a breaking one')).toMatchObject({ standing: 'review', pullRequest: page(1) });
    expect(rowNamed(report, 'fix: a safe one')).toMatchObject({ standing: 'waiting', evidence: { because: 'cap' } });
    passCi(made, 'autosync/acme/review');
    made.hosted.merge(1, 'keeper');
    await made.sync();
    passCi(made, 'autosync/acme/auto');
    expect(rowNamed(await made.sync(), 'fix: a safe one').standing).toBe('landed');
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/core/enhancement.js';
import { proofCheck } from '../support/family.js';
import { type ForgeFamily, type ForgeMore, makeForgeFamily, rowNamed } from '../support/forgeFamily.js';
import { git } from '../support/plainGit.js';

const open: ForgeFamily[] = [];

afterEach(async () => {
  for (const { github } of open.splice(0)) await github.close();
});

async function family(more: ForgeMore = {}): Promise<ForgeFamily> {
  const made = await makeForgeFamily({ siblings: ['acme', 'globex'], ...more });
  open.push(made);
  return made;
}

const commit = (made: ForgeFamily, sibling: string, subject: string, file: string): string =>
  made.family.commit(made.family.sibling(sibling), subject, { [file]: `${file}\n` });

const standings = (report: RunReport): readonly string[] =>
  report.siblings.flatMap(({ name, commits }) => commits.map((one) => `${name}: ${one.standing}`));

const heads = (made: ForgeFamily, state: 'open' | 'closed'): readonly string[] =>
  made.hosted
    .pulls()
    .filter((one) => one.state === state && one.merge === null)
    .map(({ head }) => head);

describe('a run on a forge', () => {
  it('for one sibling leaves the branches and pull requests of the others alone', async () => {
    const made = await family();
    commit(made, 'acme', 'feat!: of acme', 'src/acme.txt');
    commit(made, 'globex', 'feat!: of globex', 'src/globex.txt');
    await made.sync('acme');
    expect(heads(made, 'open')).toEqual(['autosync/acme/review']);
    await made.sync('globex');
    expect(heads(made, 'open')).toEqual(['autosync/acme/review', 'autosync/globex/review']);
    const tip = made.hosted.tip('autosync/globex/review');
    commit(made, 'acme', 'fix: another of acme', 'src/more.txt');
    await made.sync('acme');
    expect(made.hosted.tip('autosync/globex/review')).toBe(tip);
    expect(made.landed()).toContain('fix: another of acme');
  });

  it('lands a change once that two siblings bring', async () => {
    const made = await family();
    commit(made, 'acme', 'fix: the same', 'src/same.txt');
    commit(made, 'globex', 'fix: the same', 'src/same.txt');
    expect(standings(await made.sync())).toEqual(['acme: landed', 'globex: present']);
    expect(made.landed().filter((subject) => subject === 'fix: the same')).toHaveLength(1);
    expect(made.hosted.pulls()).toHaveLength(1);
  });

  it("takes a sibling's pull request back when another one's brought the same, and nobody declined it", async () => {
    const made = await family();
    commit(made, 'acme', 'feat!: the same', 'src/same.txt');
    commit(made, 'globex', 'feat!: the same', 'src/same.txt');
    await made.sync();
    made.hosted.merge(made.pull('autosync/acme/review')?.number ?? 0, 'keeper');
    expect(standings(await made.sync())).toEqual(['acme: landed', 'globex: present']);
    expect(heads(made, 'closed')).toEqual(['autosync/globex/review']);
    const { number = 0 } = made.pull('autosync/globex/review') ?? {};
    expect(made.hosted.comments(number).map(({ body }) => body)).toEqual([
      expect.stringContaining('Nothing of it is left'),
    ]);
    expect(standings(await made.sync())).toEqual(['acme: landed', 'globex: present']);
  });
});

describe('a sibling that the configuration no longer names', () => {
  it('keeps its pull request until a person ends it, and every run says so', async () => {
    const made = await family();
    commit(made, 'acme', 'feat!: of acme', 'src/acme.txt');
    commit(made, 'globex', 'feat!: of globex', 'src/globex.txt');
    await made.sync();
    const { number = 0 } = made.pull('autosync/globex/review') ?? {};
    made.family.configure({
      siblings: [{ name: 'acme', path: '../acme' }],
      land: { askPeople: false },
      validate: { checks: [proofCheck(made.family.notes)] },
    });
    const report = await made.sync();
    expect(heads(made, 'open')).toContain('autosync/globex/review');
    expect(report.notes.join('\n')).toMatch(new RegExp(`#${number} .*globex.* no longer names`));
    made.hosted.merge(number, 'keeper');
    const ended = await made.sync();
    expect(ended.notes.join('\n')).toContain(`Pull request #${number} was merged by keeper`);
    expect(standings(ended)).toEqual(['acme: review']);
    expect((await made.sync()).notes.join('\n')).not.toContain('globex');
  });
});

describe('what waits for a person on top of what waits for a check', () => {
  for (const method of ['merge', 'squash'] as const)
    it(`names what it builds on, and is built anew once that is merged (${method})`, async () => {
      const made = await family({
        siblings: ['acme'],
        policy: { land: { askPeople: false, mergeMethod: method } },
        hosting: { protection: { main: { requiredChecks: ['ci'] } } },
      });
      commit(made, 'acme', 'fix: a safe one', 'src/safe.txt');
      commit(made, 'acme', 'feat!: a breaking one', 'src/breaking.txt');
      await made.sync();
      const [auto, review] = [made.pull('autosync/acme/auto'), made.pull('autosync/acme/review')];
      expect(review?.body).toContain(`It builds on #${auto?.number}, which has to be merged first.`);
      expect(git(made.hosted.folder, ['rev-parse', `${review?.headSha}^`])).toBe(auto?.headSha);
      made.hosted.status(auto?.headSha ?? '', 'ci', 'success');
      const report = await made.sync();
      expect(rowNamed(report, 'fix: a safe one').standing).toBe('landed');
      expect(rowNamed(report, 'feat!: a breaking one').standing).toBe('review');
      const rebuilt = made.pull('autosync/acme/review');
      expect(rebuilt).toMatchObject({ number: review?.number, state: 'open' });
      expect(rebuilt?.body).not.toContain('It builds on');
      expect(git(made.hosted.folder, ['rev-parse', `${rebuilt?.headSha}^`])).toBe(made.hosted.tip('main'));
      made.hosted.status(rebuilt?.headSha ?? '', 'ci', 'success');
      made.hosted.merge(review?.number ?? 0, 'keeper', method);
      expect(rowNamed(await made.sync(), 'feat!: a breaking one').standing).toBe('landed');
      expect(made.landed().filter((subject) => subject.includes('one'))).toHaveLength(method === 'merge' ? 2 : 0);
      expect(made.hosted.pulls()).toHaveLength(2);
    });
});

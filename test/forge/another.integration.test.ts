import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type ForgeFamily, makeForgeFamily, rowNamed } from '../support/forgeFamily.js';

const open: ForgeFamily[] = [];

afterEach(async () => {
  for (const { github } of open.splice(0)) await github.close();
});

describe('a lane that another AutoSync moved', () => {
  it('is taken over, and written to only when there is something new', async () => {
    const made = await makeForgeFamily();
    open.push(made);
    const acme = made.family.sibling('acme');
    made.family.commit(acme, 'feat!: one', { 'src/one.txt': 'one\n' });
    await made.sync();
    // The other one starts from the same memory, and goes on alone.
    const [here, aside] = [join(made.family.target, '.autosync'), join(made.family.folder, 'aside')];
    cpSync(here, aside, { recursive: true });
    made.family.commit(acme, 'feat!: two', { 'src/two.txt': 'two\n' });
    await made.sync();
    const tip = made.hosted.tip('autosync/acme/review');
    rmSync(here, { recursive: true });
    cpSync(aside, here, { recursive: true });
    const pull = made.hosted.pull(1);
    const body = pull.body ?? '';
    // A block that names a commit which is nowhere says nothing, and stops nothing.
    Object.assign(pull, { body: body.replace(/"head":"\w+"/, `"head":"${'e'.repeat(40)}"`) });
    await made.sync();
    Object.assign(pull, { body });
    const written = made.github.wire.writes().length;
    const report = await made.sync();
    expect(report.siblings.flatMap(({ notes }) => notes).join('\n')).not.toContain('a person');
    expect(rowNamed(report, 'feat!: two')).toMatchObject({
      standing: 'review',
      pullRequest: expect.stringContaining('/pull/1'),
    });
    expect(made.hosted.tip('autosync/acme/review')).toBe(tip);
    expect(made.github.wire.writes().slice(written)).toEqual([]);
    made.family.commit(acme, 'feat!: three', { 'src/three.txt': 'three\n' });
    await made.sync();
    expect(made.hosted.tip('autosync/acme/review')).not.toBe(tip);
    expect(made.hosted.pulls()).toHaveLength(1);
  });

  it('is declined by nobody when the other one withdrew it to offer its commits elsewhere', async () => {
    const land = { askPeople: false };
    const made = await makeForgeFamily({
      policy: { land, decide: { maxRisk: 0 } },
      hosting: { protection: { main: { requiredChecks: ['ci'] } } },
    });
    open.push(made);
    made.family.commit(made.family.sibling('acme'), 'fix: one', { 'src/one.txt': 'one\n' });
    await made.sync();
    const [here, aside] = [join(made.family.target, '.autosync'), join(made.family.folder, 'aside')];
    cpSync(here, aside, { recursive: true });
    const safe = { land, decide: { maxRisk: 5 } };
    made.family.configure(safe);
    await made.sync();
    expect(made.hosted.pulls()).toMatchObject([{ state: 'closed' }, { state: 'open', head: 'autosync/acme/auto' }]);
    rmSync(here, { recursive: true });
    cpSync(aside, here, { recursive: true });
    made.family.configure(safe);
    const report = await made.sync();
    expect(rowNamed(report, 'fix: one')).toMatchObject({
      standing: 'review',
      pullRequest: expect.stringContaining('/pull/2'),
    });
    expect(made.hosted.pulls()).toMatchObject([{ state: 'closed' }, { state: 'open' }]);
    expect(report.notes.join('\n')).toContain(
      'Pull request #1 of acme was closed by sync-bot: it brought nothing any more.',
    );
  });

  it.each(['merged', 'closed'] as const)('is %s by a person while it is withdrawn: that counts', async (how) => {
    const land = { askPeople: false };
    const made = await makeForgeFamily({ policy: { land, decide: { maxRisk: 0 } } });
    open.push(made);
    made.family.commit(made.family.sibling('acme'), 'fix: one', { 'src/one.txt': 'one\n' });
    await made.sync();
    made.family.configure({ land, filter: { types: ['feat'] } });
    const end = (): void =>
      void (how === 'merged' ? made.hosted.merge(1, 'keeper') : made.hosted.setState(1, 'closed'));
    const listed = { method: 'GET', path: /\/pulls\/1\/reviews$/, kind: 'none' } as const;
    made.github.faults.next({ ...listed, meanwhile: end });
    await made.sync();
    expect(made.github.faults.waiting()).toEqual([]);
    made.family.configure({ land, decide: { maxRisk: 0 } });
    const next = await made.sync();
    expect(rowNamed(next, 'fix: one').standing).toBe(how === 'merged' ? 'landed' : 'declined');
    expect(made.hosted.pulls()).toHaveLength(1);
  });
});

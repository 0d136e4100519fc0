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
});

import { afterEach, describe, expect, it } from 'vitest';
import { appWith } from '../support/family.js';
import { type ForgeFamily, makeForgeFamily } from '../support/forgeFamily.js';

const open: ForgeFamily[] = [];

afterEach(async () => {
  for (const { github } of open.splice(0)) await github.close();
});

/** One enhancement for review, of a file with owners of every kind, which a member and a stranger changed before. */
async function owned(askPeople: boolean): Promise<ForgeFamily> {
  const made = await makeForgeFamily({
    policy: { land: { askPeople } },
    hosting: {
      collaborators: { 'sync-bot': 'write', keeper: 'write', writer: 'write', editor: 'write' },
      teams: ['core'],
    },
  });
  open.push(made);
  const owners = '* @keeper\n/src/ @writer @stranger @house/core @evil/core mail@example.test\n';
  made.hosted.commit('main', { CODEOWNERS: owners }, 'chore: owners', 'keeper');
  made.hosted.commit('main', { 'src/app.txt': appWith({ 20: 'a' }) }, 'fix: one', 'outsider');
  made.hosted.commit('main', { 'src/app.txt': appWith({ 20: 'b' }) }, 'fix: two', 'editor');
  made.family.commit(made.family.sibling('acme'), 'feat!: line two', { 'src/app.txt': appWith({ 2: 'acme' }) });
  return made;
}

describe('who is asked to look at a pull request', () => {
  it('are owners of its files and who last changed them, when they are members, and nobody else', async () => {
    const made = await owned(true);
    await made.sync();
    const { reviewers, teams, assignees } = made.hosted.pull(1);
    expect([...reviewers].sort()).toEqual(['editor', 'writer']);
    expect(teams).toEqual(['core']);
    expect(assignees).toEqual(['writer']);
    const text = JSON.stringify(made.github.wire.writes().map(({ body }) => body));
    expect(text).not.toMatch(/stranger|outsider|evil/);
  });

  it('is nobody when the policy says so', async () => {
    const made = await owned(false);
    await made.sync();
    expect(made.hosted.pull(1)).toMatchObject({ reviewers: [], teams: [], assignees: [] });
    const asked = made.github.wire.requests.map(({ path }) => path).filter((path) => /assignees|reviewers/.test(path));
    expect(asked).toEqual([]);
  });
});

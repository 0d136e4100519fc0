import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { NEVER } from '../support/family.js';
import { type ForgeFamily, GRANTED, makeForgeFamily, TARGET_TOKEN } from '../support/forgeFamily.js';
import { git } from '../support/plainGit.js';

const REF = 'refs/autosync/state/acme/main';
const open: ForgeFamily[] = [];

afterEach(async () => {
  for (const { github } of open.splice(0)) await github.close();
});

async function scanned(more: Parameters<typeof makeForgeFamily>[0]): Promise<ForgeFamily> {
  const made = await makeForgeFamily(more);
  open.push(made);
  made.family.commit(made.family.sibling('acme'), 'fix: one', { 'src/one.txt': 'one\n' });
  await made.scan();
  return made;
}

const push = ({ engine }: ForgeFamily, more: { readonly open?: boolean } = {}) =>
  engine().shareState({ direction: 'push', sibling: 'acme', signal: NEVER, ...more });

const holding = (folder: string, text: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(folder, name);
    return statSync(path).isFile() && readFileSync(path).includes(text);
  });

describe('a state that is shared through the forge', () => {
  it("is pushed with the target's token, which stays in no file, also where work lands on branches", async () => {
    const made = await scanned({ policy: { land: { how: 'branch' } }, hosting: { private: true } });
    expect((await push(made)).siblings).toMatchObject([{ outcome: 'kept', ref: REF }]);
    expect(git(made.hosted.folder, ['cat-file', '-t', REF])).toBe('commit');
    // One push, and nothing beside it.
    expect(made.github.wire.writes().map(({ operation, path }) => [operation, path])).toEqual([
      ['git', '/house/shop.git/git-receive-pack'],
    ]);
    const basic = Buffer.from(`x-access-token:${TARGET_TOKEN}`).toString('base64');
    for (const folder of [made.family.target, made.family.cache, made.hosted.folder])
      for (const text of [TARGET_TOKEN, basic]) expect(holding(folder, text)).toEqual([]);
  });

  it('says which permission the token lacks, and leaves nothing there', async () => {
    const made = await scanned({ token: { permissions: { ...GRANTED.permissions, contents: 'read' } } });
    await expect(push(made)).rejects.toThrow('Contents: read and write');
    expect(git(made.hosted.folder, ['for-each-ref', 'refs/autosync'])).toBe('');
  });

  it('is not put where anybody may read it when siblings are read with a token, unless that is asked for', async () => {
    const environment = { AUTOSYNC_SOURCE_TOKEN: 'a-token-of-the-siblings' };
    const [open, closed] = [await scanned({ environment }), await scanned({ environment, hosting: { private: true } })];
    expect((await push(open)).siblings).toMatchObject([{ outcome: 'open' }]);
    expect(open.github.wire.writes()).toEqual([]);
    expect((await push(open, { open: true })).siblings).toMatchObject([{ outcome: 'kept' }]);
    expect((await push(closed)).siblings).toMatchObject([{ outcome: 'kept' }]);
  });

  it('is not put on a public repository over ssh either', async () => {
    const environment = { AUTOSYNC_SOURCE_TOKEN: 'a-token-of-the-siblings', GITHUB_TOKEN: '' };
    const made = await scanned({ environment });
    git(made.family.target, ['remote', 'set-url', 'origin', 'ssh://git@127.0.0.1:1/house/shop.git']);
    expect((await push(made)).siblings).toMatchObject([{ outcome: 'open' }]);
  });

  it('is not put where it is not known who may read it: a fault is no word that nobody may', async () => {
    const made = await scanned({ environment: { AUTOSYNC_SOURCE_TOKEN: 'a-token-of-the-siblings' } });
    made.github.faults.next({ method: 'GET', path: /\/info\/refs$/, kind: '500' });
    expect((await push(made)).siblings).toMatchObject([{ outcome: 'open' }]);
    expect(made.github.faults.waiting()).toEqual([]);
    expect(made.github.wire.writes()).toEqual([]);
  });
});

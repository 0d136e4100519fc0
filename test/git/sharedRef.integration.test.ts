import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openQuarantine } from '../../src/git/quarantine.js';
import { fetchShared, pushShared, type SharedRoom } from '../../src/git/sharedRef.js';
import { readTarget } from '../../src/git/target.js';
import { NEVER } from '../support/openPort.js';
import { git } from '../support/plainGit.js';
import { makeCommit, makeRepository } from '../support/repository.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const REF = 'refs/autosync/state/acme/main';

async function makeRoom(): Promise<{ readonly room: SharedRoom; readonly remote: string }> {
  const root = makeRepository();
  makeCommit(root, { files: { 'a.txt': 'a\n' } });
  const remote = join(temporaryFolder(), 'remote.git');
  git(root, ['clone', '-q', '--bare', '--', root, remote]);
  const target = await readTarget(root, null, 'origin');
  const quarantine = await openQuarantine(target, temporaryFolder());
  const place = { name: 'origin', address: remote, token: null };
  return { remote, room: { quarantine, format: target.objectFormat, place, signal: NEVER } };
}

describe('a ref of the target that AutoSync keeps something on', () => {
  it('is moved only from where it was said to be, in the very moment of the push', async () => {
    const { room, remote } = await makeRoom();
    const send = { ref: REF, parents: [], message: 'kept\n', now: 1_767_322_800_000 };
    const branches = git(remote, ['for-each-ref', 'refs/heads']);
    const first = await pushShared(room, { ...send, before: null, text: 'one' });
    expect(first).toBe(git(remote, ['rev-parse', REF]));
    // Nobody looks first here: it is the other side that says no.
    expect(await pushShared(room, { ...send, before: null, text: 'two' })).toBeNull();
    expect(await pushShared(room, { ...send, before: 'a'.repeat(40), text: 'two' })).toBeNull();
    expect(git(remote, ['rev-parse', REF])).toBe(first);
    const second = await pushShared(room, { ...send, before: first, text: 'two' });
    expect(await fetchShared(room, REF)).toMatchObject({ commit: second, isCommit: true, parents: [] });
    expect((await fetchShared(room, REF))?.bytes?.toString()).toBe('two');
    expect(await fetchShared(room, `${REF}-none`)).toBeNull();
    expect(git(remote, ['for-each-ref', 'refs/heads'])).toBe(branches);
    expect(git(room.quarantine.place.gitDir, ['for-each-ref'])).toBe('');
  });
});

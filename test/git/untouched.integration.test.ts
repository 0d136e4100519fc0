import { appendFileSync, chmodSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GitPort } from '../../src/core/gitPort.js';
import { fingerprint } from '../support/fingerprint.js';
import { bring, NEVER, openPort, siblingAt } from '../support/openPort.js';
import { git, tryGit } from '../support/plainGit.js';
import { cloneOf, makeBranch, makeCommit, makeRepository } from '../support/repository.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { lines } from './corpus.js';

const scene = (): { target: string; sibling: string } => {
  const target = makeRepository();
  makeCommit(target, { files: { 'a.txt': lines(10), 'b.txt': lines(10), '.gitattributes': '*.txt text eol=crlf\n' } });
  const sibling = cloneOf(target);
  makeCommit(sibling, { files: { 'a.txt': lines(10, { 2: 'there' }) } });
  makeCommit(sibling, { files: { 'b.txt': lines(10, { 2: 'there' }), 'new.txt': 'n\n' } });
  makeCommit(target, { files: { 'a.txt': lines(10, { 2: 'here' }) } });
  return { target, sibling };
};

/** Everything a scan and a validation ask of the git side. */
async function everything(port: GitPort, sibling: string): Promise<void> {
  const { fetched, incoming } = await bring(port, siblingAt(sibling));
  const { head, branch } = port.target;
  const requests = incoming.map((commit) => ({ commit }));
  const shas = incoming.map((commit) => commit.sha);
  await port.applied(head, fetched.tip, incoming, NEVER);
  await port.patchIds(shas, NEVER);
  const forecasts = await port.forecast(head, requests, NEVER);
  expect(new Set(forecasts.map((forecast) => forecast.outcome))).toEqual(new Set(['conflict', 'clean']));
  expect((await port.explainConflicts(head, fetched.tip, requests, NEVER)).size).toBe(2);
  await port.blobsAt([head], () => true, NEVER);
  await port.sources(shas, NEVER);
  await port.addedLines(shas, NEVER);
  const chain = await port.chain(
    head,
    requests.map((request) => ({ ...request, message: 'pick\n' })),
    NEVER,
  );
  expect(chain.tip).not.toBe(head);
  await port.revert(chain.tip, [chain.tip], 'back\n', NEVER);
  await port.checkout(chain.tip, NEVER);
  await port.worktreeChanges(chain.tip, NEVER);
  await port.origins(head, NEVER);
  await port.readRefs([`refs/heads/${branch}`]);
  await port.landable(branch);
  await port.resolve(chain.tip.slice(0, 10));
  await port.user();
  await port.close();
}

const states: readonly { readonly name: string; readonly prepare: (target: string) => string }[] = [
  { name: 'is clean', prepare: (target) => target },
  {
    name: 'is dirty, with staged, unstaged and untracked files',
    prepare: (target) => {
      appendFileSync(join(target, 'a.txt'), 'unstaged\n');
      writeFileSync(join(target, 'staged.txt'), 'staged\n');
      git(target, ['add', 'staged.txt']);
      writeFileSync(join(target, 'untracked.txt'), 'untracked\n');
      return target;
    },
  },
  {
    name: 'is in a rebase that stopped on a conflict',
    prepare: (target) => {
      makeBranch(target, 'side', 'HEAD~1');
      makeCommit(target, { files: { 'a.txt': lines(10, { 2: 'side' }) } });
      git(target, ['checkout', '-q', 'main']);
      tryGit(target, ['rebase', 'side']);
      expect(git(target, ['status', '--porcelain'])).toMatch(/^UU|^AA/m);
      return target;
    },
  },
  {
    name: 'has a detached head',
    prepare: (target) => {
      git(target, ['checkout', '-q', '--detach']);
      return target;
    },
  },
  {
    name: 'is a linked worktree',
    prepare: (target) => {
      const linked = join(temporaryFolder(), 'linked');
      git(target, ['worktree', 'add', '-q', '-b', 'side', linked]);
      writeFileSync(join(linked, 'untracked.txt'), 'untracked\n');
      return linked;
    },
  },
];

describe('the user’s repository is the same, byte for byte, after everything but landing', () => {
  it.each(states)('when it $name', async ({ prepare }) => {
    const { target, sibling } = scene();
    const root = prepare(target);
    const before = [fingerprint(root), fingerprint(target), fingerprint(sibling)];
    await everything(await openPort(root), sibling);
    expect([fingerprint(root), fingerprint(target), fingerprint(sibling)]).toEqual(before);
  });

  it('and the comparison sees a touched file, a new ref and a new object', () => {
    const touches: readonly ((target: string) => void)[] = [
      (target) => appendFileSync(join(target, 'a.txt'), 'x'),
      (target) => chmodSync(join(target, 'a.txt'), 0o755),
      (target) => utimesSync(join(target, 'a.txt'), 1, 1),
      (target) => git(target, ['branch', 'x']),
      (target) => git(target, ['config', 'x.y', 'z']),
      (target) => git(target, ['rm', '-q', '--cached', 'a.txt']),
      (target) => git(target, ['hash-object', '-w', '--stdin'], { input: 'new' }),
    ];
    const { target } = scene();
    for (const touch of touches) {
      const before = fingerprint(target);
      expect(fingerprint(target)).toEqual(before);
      touch(target);
      expect(fingerprint(target)).not.toEqual(before);
    }
  });
});

import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { GitPort, PickChain } from '../../src/core/gitPort.js';
import { fingerprintFiles, fingerprintGitFolder, fingerprintRefs } from '../support/fingerprint.js';
import { bring, NEVER, openPort, siblingAt } from '../support/openPort.js';
import { git, tryGit } from '../support/plainGit.js';
import { cloneOf, commitOf, exists, makeBranch, makeCommit, makeRepository } from '../support/repository.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { lines } from './corpus.js';

interface Stand {
  readonly target: string;
  readonly port: GitPort;
  readonly chain: PickChain;
}

async function setUp(prepare: (target: string, sibling: string) => void = () => undefined): Promise<Stand> {
  const target = makeRepository();
  makeCommit(target, { files: { 'a.txt': lines(10), 'b.txt': 'b\n', 'old.txt': 'old\n' } });
  const sibling = cloneOf(target);
  makeCommit(sibling, { remove: ['old.txt'], files: { 'a.txt': lines(10, { 2: 'there' }), 'new.txt': 'new\n' } });
  git(target, ['config', 'user.name', 'The Committer']);
  prepare(target, sibling);
  const port = await openPort(target);
  const { incoming } = await bring(port, siblingAt(sibling));
  const chain = await port.chain(
    port.target.head,
    incoming.map((commit) => ({ commit, message: 'feat: picked\n' })),
    NEVER,
  );
  return { target, port, chain };
}

const everything = (root: string) => ({
  ...fingerprintFiles(root),
  ...fingerprintRefs(root),
  ...withoutOrigHead(fingerprintGitFolder(root)),
});

/** git notes where HEAD was before it tries a merge; a refused one leaves that note and nothing else. */
const withoutOrigHead = (all: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'git ORIG_HEAD'));

const ignore = (target: string, pattern: string): void => {
  mkdirSync(join(target, '.git/info'), { recursive: true });
  writeFileSync(join(target, '.git/info/exclude'), `${pattern}\n`);
};

const toMain = ({ chain }: Stand) => [{ ref: 'refs/heads/main', before: chain.base, after: chain.tip }];

const hooks = (target: string, fired: string): void => {
  mkdirSync(join(target, '.git/hooks'), { recursive: true });
  for (const name of [
    'reference-transaction',
    'post-merge',
    'post-checkout',
    'pre-merge-commit',
    'post-update',
    'update',
    'pre-receive',
    'post-index-change',
  ]) {
    writeFileSync(join(target, '.git/hooks', name), `#!/bin/sh\ntouch '${fired}'\n`);
    chmodSync(join(target, '.git/hooks', name), 0o755);
  }
};

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('landing on refs that are not checked out', () => {
  it('creates a new ref with all its objects, and changes nothing else', async () => {
    const { target, port, chain } = await setUp();
    const before = everything(target);
    await port.land({
      refs: [{ ref: 'refs/heads/autosync/one', before: null, after: chain.tip }],
      fastForward: null,
      run: 'r1',
      signal: NEVER,
    });
    expect(commitOf(target, 'autosync/one')).toBe(chain.tip);
    expect(git(target, ['fsck', '--connectivity-only', '--no-dangling'])).toBe('');
    expect(git(target, ['log', '-1', '--format=%an %cn %s', chain.tip])).toBe('A. Writer The Committer feat: picked');
    git(target, ['update-ref', '-d', 'refs/heads/autosync/one']);
    const after = Object.entries(everything(target)).filter(([name]) => !name.includes('autosync'));
    expect(Object.fromEntries(after)).toEqual(before);
  });

  it('is not put off by names that a killed run of the same process id left in the quarantine', async () => {
    const stand = await setUp();
    const { chain, target } = stand;
    const quarantine = join(await stand.port.checkout(chain.tip, NEVER), '../quarantine.git');
    git(quarantine, ['update-ref', `refs/autosync/landing/${process.pid}-0`, chain.base]);
    await stand.port.land({
      refs: [{ ref: 'refs/heads/autosync/one', before: null, after: chain.tip }],
      fastForward: null,
      run: 'r1',
      signal: NEVER,
    });
    expect(commitOf(target, 'autosync/one')).toBe(chain.tip);
    expect(git(quarantine, ['for-each-ref', 'refs/autosync/landing'])).toBe('');
  });

  it('is refused when a ref moved meanwhile, and then no other ref moves either', async () => {
    const { target, port, chain } = await setUp();
    git(target, ['branch', 'taken']);
    const before = everything(target);
    const refs = [
      { ref: 'refs/heads/autosync/one', before: null, after: chain.tip },
      { ref: 'refs/heads/taken', before: null, after: chain.tip },
      { ref: 'refs/heads/autosync/two', before: chain.base, after: chain.tip },
    ];
    await expect(port.land({ refs, fastForward: null, run: 'r1', signal: NEVER })).rejects.toMatchObject({
      problem: { code: 'moved', ref: 'refs/heads/taken', expected: 'nothing', found: chain.base },
    });
    expect(everything(target)).toEqual(before);
  });

  it('of several refs is all or nothing when one of them is locked by somebody', async () => {
    const { target, port, chain } = await setUp();
    git(target, ['branch', 'one']);
    git(target, ['branch', 'two']);
    writeFileSync(join(target, '.git/refs/heads/two.lock'), '');
    const before = everything(target);
    const refs = ['one', 'two'].map((name) => ({ ref: `refs/heads/${name}`, before: chain.base, after: chain.tip }));
    await expect(port.land({ refs, fastForward: null, run: 'r1', signal: NEVER })).rejects.toThrow(/lock/);
    expect(everything(target)).toEqual(before);
  });

  it('runs none of the target’s hooks', async () => {
    const fired = join(temporaryFolder(), 'fired');
    const { target, port, chain } = await setUp((root) => hooks(root, fired));
    git(target, ['branch', 'control']);
    expect(exists(fired)).toBe(true);
    git(target, ['-c', 'core.hooksPath=/dev/null', 'branch', '-D', 'control']);
    const other = join(temporaryFolder(), 'fired');
    hooks(target, other);
    expect(await port.landable('main')).toMatchObject({ kind: 'fast-forward' });
    const refs = [...toMain({ target, port, chain }), { ref: 'refs/heads/autosync/x', before: null, after: chain.tip }];
    await port.land({ refs, fastForward: { branch: 'main', worktree: target }, run: 'r1', signal: NEVER });
    expect(exists(other)).toBe(false);
  });

  it('brings home what both sides, shallow, have', async () => {
    const origin = makeRepository();
    for (const index of [1, 2, 3]) makeCommit(origin, { files: { 'a.txt': lines(10, { [index]: `${index}` }) } });
    const target = cloneOf(`file://${origin}`, ['--depth=1']);
    makeCommit(origin, { files: { 'n.txt': 'n\n' } });
    const sibling = cloneOf(`file://${origin}`, ['--depth=2']);
    const port = await openPort(target);
    const { incoming } = await bring(port, siblingAt(sibling));
    const chain = await port.chain(
      port.target.head,
      incoming.slice(-1).map((commit) => ({ commit, message: 'm\n' })),
      NEVER,
    );
    await port.land({
      refs: [{ ref: 'refs/heads/autosync/x', before: null, after: chain.tip }],
      fastForward: null,
      run: 'r',
      signal: NEVER,
    });
    expect(git(target, ['rev-list', '--count', 'autosync/x'])).toBe('2');
  });
});

describe('landing on the branch that is checked out', () => {
  it('updates files and index, keeps untracked files, and leaves the tree clean', async () => {
    const stand = await setUp((target) => writeFileSync(join(target, 'untracked.txt'), 'mine'));
    const { target, port, chain } = stand;
    expect(await port.landable('main')).toEqual({ kind: 'fast-forward', worktree: target });
    await port.land({
      refs: toMain(stand),
      fastForward: { branch: 'main', worktree: target },
      run: 'r1',
      signal: NEVER,
    });
    expect(commitOf(target)).toBe(chain.tip);
    expect(git(target, ['status', '--porcelain'])).toBe('?? untracked.txt');
    expect(exists(join(target, 'old.txt'))).toBe(false);
    expect(readFileSync(join(target, 'new.txt'), 'utf8')).toBe('new\n');
    expect(git(target, ['reflog', '-1'])).toContain('autosync: r1');
  });

  it('runs the filters that the user has for files', async () => {
    const home = temporaryFolder();
    writeFileSync(join(home, '.gitconfig'), '[filter "shout"]\n\tsmudge = tr a-z A-Z\n\tclean = tr A-Z a-z\n');
    vi.stubEnv('HOME', home);
    vi.stubEnv('GIT_CONFIG_GLOBAL', undefined);
    const stand = await setUp((target, sibling) => {
      makeCommit(target, { files: { '.gitattributes': 'new.txt filter=shout\n' } });
      git(sibling, ['fetch', '-q', target]);
    });
    await stand.port.land({
      refs: toMain(stand),
      fastForward: { branch: 'main', worktree: stand.target },
      run: 'r1',
      signal: NEVER,
    });
    expect(readFileSync(join(stand.target, 'new.txt'), 'utf8')).toBe('NEW\n');
    expect(git(stand.target, ['show', 'HEAD:new.txt'])).toBe('new');
  });

  it('reads the settings of the user wherever git does: beside the home folder’s own, and attributes too', async () => {
    const [home, elsewhere] = [temporaryFolder(), temporaryFolder()];
    mkdirSync(join(elsewhere, 'git'));
    const filter = '[filter "shout"]\n\tsmudge = tr a-z A-Z\n\tclean = tr A-Z a-z\n';
    writeFileSync(join(elsewhere, 'git/config'), `${filter}[user]\n\temail = elsewhere@example.org\n`);
    writeFileSync(join(elsewhere, 'git/attributes'), 'new.txt filter=shout\n');
    writeFileSync(join(home, '.gitconfig'), '[core]\n\tabbrev = 12\n');
    vi.stubEnv('HOME', home);
    vi.stubEnv('XDG_CONFIG_HOME', elsewhere);
    vi.stubEnv('GIT_CONFIG_GLOBAL', undefined);
    const stand = await setUp((target) => tryGit(target, ['config', '--unset', 'user.email']));
    await stand.port.land({
      refs: toMain(stand),
      fastForward: { branch: 'main', worktree: stand.target },
      run: 'r1',
      signal: NEVER,
    });
    expect(readFileSync(join(stand.target, 'new.txt'), 'utf8')).toBe('NEW\n');
    expect(git(stand.target, ['show', 'HEAD:new.txt'])).toBe('new');
    expect(await stand.port.landable('main')).toMatchObject({ kind: 'fast-forward' });
    expect(await stand.port.user()).toEqual({ name: 'The Committer', email: 'elsewhere@example.org' });
  });

  it('waits where the linked worktree that has the branch is not there', async () => {
    const linked = join(temporaryFolder(), 'linked');
    const stand = await setUp((target) => {
      git(target, ['checkout', '-q', '--detach']);
      git(target, ['worktree', 'add', '-q', linked, 'main']);
      rmSync(linked, { recursive: true });
    });
    const [move] = toMain(stand);
    expect(await stand.port.landable('main')).toEqual({
      kind: 'no',
      why: `main is checked out in ${linked}, which is not there (\`git worktree prune\` forgets it)`,
    });
    expect(move === undefined ? null : await stand.port.finishLanding(move, 'r1')).toBe('nothing');
    git(stand.target, ['worktree', 'prune']);
    expect(await stand.port.landable('main')).toEqual({ kind: 'ref-only' });
  });

  it('that was cut off is finished where every file is the landing’s own, and never over what the user ignores', async () => {
    const stand = await setUp();
    const { target, port, chain } = stand;
    const [move] = toMain(stand);
    if (move === undefined) throw new Error('there is nothing to move');
    await port.land({
      refs: [{ ...move, ref: 'refs/heads/aside', before: null }],
      fastForward: null,
      run: 'r1',
      signal: NEVER,
    });
    writeFileSync(join(target, 'a.txt'), lines(10, { 2: 'there' }));
    ignore(target, 'new.txt');
    writeFileSync(join(target, 'new.txt'), 'mine');
    expect(await port.finishLanding(move, 'r1')).toBe('nothing');
    expect(readFileSync(join(target, 'new.txt'), 'utf8')).toBe('mine');
    rmSync(join(target, 'new.txt'));
    mkdirSync(join(target, 'new.txt'));
    expect(await port.finishLanding(move, 'r1')).toBe('nothing');
    rmSync(join(target, 'new.txt'), { recursive: true });
    expect(await port.finishLanding(move, 'r1')).toBe('finished');
    expect(commitOf(target)).toBe(chain.tip);
    expect(git(target, ['status', '--porcelain'])).toBe('');
  });

  it('waits where the branch is checked out twice: the files of one would stay behind', async () => {
    const linked = join(temporaryFolder(), 'linked');
    const stand = await setUp((target) => {
      git(target, ['worktree', 'add', '-q', '-f', linked, 'main']);
    });
    const why = `main is checked out twice, in ${stand.target} and ${linked}`;
    expect(await stand.port.landable('main')).toEqual({ kind: 'no', why });
  });

  it('works for a branch in a linked worktree', async () => {
    const linked = join(temporaryFolder(), 'linked');
    const stand = await setUp((target) => {
      git(target, ['checkout', '-q', '--detach']);
      git(target, ['worktree', 'add', '-q', linked, 'main']);
    });
    expect(await stand.port.landable('main')).toEqual({ kind: 'fast-forward', worktree: linked });
    await stand.port.land({
      refs: toMain(stand),
      fastForward: { branch: 'main', worktree: linked },
      run: 'r1',
      signal: NEVER,
    });
    expect(git(linked, ['status', '--porcelain'])).toBe('');
    expect(commitOf(linked)).toBe(stand.chain.tip);
  });

  it('is not put off by merge options of the user', async () => {
    const stand = await setUp((target) => {
      for (const [key, value] of [
        ['branch.main.mergeoptions', '--no-ff --squash'],
        ['merge.ff', 'false'],
        ['commit.gpgsign', 'true'],
        ['merge.autoStash', 'true'],
      ] as const)
        git(target, ['config', key, value]);
    });
    await stand.port.land({
      refs: toMain(stand),
      fastForward: { branch: 'main', worktree: stand.target },
      run: 'r1',
      signal: NEVER,
    });
    expect(commitOf(stand.target)).toBe(stand.chain.tip);
    expect(git(stand.target, ['status', '--porcelain'])).toBe('');
  });

  const obstacles: readonly {
    readonly name: string;
    readonly code: string;
    readonly landable: RegExp | null;
    readonly put: (target: string) => void;
  }[] = [
    {
      name: 'a file it would change is changed',
      code: 'cannot-land',
      landable: /uncommitted changes \(a\.txt\)/,
      put: (target) => writeFileSync(join(target, 'a.txt'), 'mine'),
    },
    {
      name: 'a change is staged',
      code: 'cannot-land',
      landable: /uncommitted/,
      put: (target) => {
        writeFileSync(join(target, 'a.txt'), 'mine');
        git(target, ['add', 'a.txt']);
      },
    },
    {
      name: 'an untracked file is in the way',
      code: 'cannot-land',
      landable: null,
      put: (target) => writeFileSync(join(target, 'new.txt'), 'mine'),
    },
    {
      name: 'an untracked folder with a file is in the way',
      code: 'cannot-land',
      landable: null,
      put: (target) => {
        mkdirSync(join(target, 'new.txt'));
        writeFileSync(join(target, 'new.txt/mine'), 'mine');
      },
    },
    {
      name: 'a file in the way is one that the user ignores',
      code: 'cannot-land',
      landable: null,
      put: (target) => {
        ignore(target, 'new.txt');
        writeFileSync(join(target, 'new.txt'), 'mine');
      },
    },
    {
      name: 'a folder in the way has a file that the user ignores',
      code: 'cannot-land',
      landable: null,
      put: (target) => {
        ignore(target, 'new.txt');
        mkdirSync(join(target, 'new.txt'));
        writeFileSync(join(target, 'new.txt/mine'), 'mine');
      },
    },
    {
      name: 'somebody holds the index',
      code: 'cannot-land',
      landable: null,
      put: (target) => writeFileSync(join(target, '.git/index.lock'), ''),
    },
    {
      name: 'a merge is under way',
      code: 'cannot-land',
      landable: /a merge/,
      put: (target) => {
        makeBranch(target, 'side');
        makeCommit(target, { files: { 'b.txt': 'side\n' } });
        git(target, ['checkout', '-q', 'main']);
        git(target, ['merge', '-q', '--no-ff', '--no-commit', 'side']);
      },
    },
    {
      name: 'a rebase is under way',
      code: 'moved',
      landable: /a rebase/,
      put: (target) => {
        tryGit(target, ['rebase', '--exec', 'false', '--no-ff', '--root']);
      },
    },
    {
      name: 'another branch was checked out',
      code: 'moved',
      landable: null,
      put: (target) => git(target, ['checkout', '-q', '-b', 'elsewhere']),
    },
  ];

  it.each(obstacles)('is refused when $name, and changes nothing', async ({ code, landable, put }) => {
    const stand = await setUp();
    put(stand.target);
    if (landable !== null)
      expect(await stand.port.landable('main')).toMatchObject({ kind: 'no', why: expect.stringMatching(landable) });
    const before = everything(stand.target);
    await expect(
      stand.port.land({
        refs: toMain(stand),
        fastForward: { branch: 'main', worktree: stand.target },
        run: 'r1',
        signal: NEVER,
      }),
    ).rejects.toMatchObject({ code });
    expect(everything(stand.target)).toEqual(before);
  });

  it('is refused when the branch moved meanwhile', async () => {
    const stand = await setUp();
    makeCommit(stand.target, { files: { 'b.txt': 'moved\n' } });
    const before = everything(stand.target);
    await expect(
      stand.port.land({
        refs: toMain(stand),
        fastForward: { branch: 'main', worktree: stand.target },
        run: 'r1',
        signal: NEVER,
      }),
    ).rejects.toMatchObject({ code: 'moved' });
    expect(everything(stand.target)).toEqual(before);
  });

  it('is put off while the branch is being rebased in another worktree', async () => {
    const linked = join(temporaryFolder(), 'linked');
    const stand = await setUp((target) => {
      git(target, ['checkout', '-q', '--detach']);
      git(target, ['worktree', 'add', '-q', linked, 'main']);
      tryGit(linked, ['rebase', '--exec', 'false', '--no-ff', '--root']);
    });
    expect(await stand.port.landable('main')).toMatchObject({ kind: 'no', why: expect.stringMatching(/rebase/) });
    expect(await stand.port.landable('other')).toMatchObject({ kind: 'ref-only' });
  });

  it('that two runs try at once happens once', async () => {
    const stand = await setUp();
    const second = await openPort(stand.target);
    expect(second.target.head).toBe(stand.chain.base);
    const land = (port: GitPort) =>
      port.land({
        refs: [{ ref: 'refs/heads/autosync/x', before: null, after: stand.chain.tip }],
        fastForward: null,
        run: 'r',
        signal: NEVER,
      });
    const results = await Promise.allSettled([land(stand.port), land(stand.port)]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(commitOf(stand.target, 'autosync/x')).toBe(stand.chain.tip);
  });
});

describe('taking picks back', () => {
  it('gives the tree from before, and names conflicting paths as they are written', async () => {
    const { target, port, chain } = await setUp((_root, sibling) =>
      makeCommit(sibling, { files: { 'żółć "x".txt': lines(10) } }),
    );
    const picks = chain.results.flatMap((result) => (result.kind === 'picked' ? [result.pick] : [])).reverse();
    expect(await port.revert(chain.tip, picks, 'revert: all\n', NEVER)).toMatchObject({
      kind: 'reverted',
      tree: port.target.headTree,
    });
    await port.land({
      refs: [{ ref: 'refs/heads/x', before: null, after: chain.tip }],
      fastForward: null,
      run: 'r',
      signal: NEVER,
    });
    git(target, ['checkout', '-q', 'x']);
    const head = makeCommit(target, { files: { 'żółć "x".txt': lines(10, { 3: 'changed since' }) } });
    const later = await openPort(target);
    expect(await later.revert(head, picks, 'revert: all\n', NEVER)).toMatchObject({
      kind: 'conflict',
      pick: picks[0],
      paths: ['żółć "x".txt'],
    });
  });
});

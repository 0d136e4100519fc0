import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SiblingConfig } from '../../src/core/config.js';
import { bring, NEVER, openPort, siblingAt } from '../support/openPort.js';
import { git, plainEnvironment, tryGit } from '../support/plainGit.js';
import { cloneOf, commitOf, exists, makeCommit, makeRepository, nextSecond } from '../support/repository.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { lines } from './corpus.js';

const marker = (): string => join(temporaryFolder(), 'fired');

const target = (): string => {
  const root = makeRepository();
  makeCommit(root, { files: { 'a.txt': lines(10), z: lines(10) } });
  return root;
};

const hook = (folder: string, name: string, touched: string): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `#!/bin/sh\ntouch '${touched}'\n`);
  chmodSync(join(folder, name), 0o755);
};

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('addresses and branch names that are options or programs (T1, T2)', () => {
  const naive: readonly (readonly [string, (fired: string, repository: string) => readonly string[]])[] = [
    ['--upload-pack', (fired, repository) => ['ls-remote', `--upload-pack=touch ${fired};git-upload-pack`, repository]],
    ['--output', (fired) => ['log', `--output=${fired}`]],
    ['ext::', (fired) => ['-c', 'protocol.ext.allow=always', 'ls-remote', `ext::sh -c touch% ${fired}`]],
    [
      'insteadOf',
      (fired, repository) => [
        '-c',
        'protocol.ext.allow=always',
        '-c',
        `url.ext::sh -c touch% ${fired} .insteadOf=${repository}`,
        'ls-remote',
        repository,
      ],
    ],
  ];

  it.each(naive)('%s runs when it is passed on carelessly', (_name, args) => {
    const fired = marker();
    const root = target();
    tryGit(root, args(fired, root));
    expect(exists(fired)).toBe(true);
  });

  const evil: readonly ((fired: string, root: string) => SiblingConfig)[] = [
    (fired) => ({ name: 's', url: `--upload-pack=touch ${fired};git-upload-pack` }),
    (fired) => ({ name: 's', url: `ext::sh -c touch% ${fired}` }),
    (fired) => ({ name: 's', url: `ssh://-oProxyCommand=touch%20${fired}/x` }),
    (fired) => ({ name: 's', url: `-oProxyCommand=touch ${fired}:x` }),
    (fired) => ({ name: 's', url: `file://--upload-pack=touch ${fired}` }),
    () => ({ name: 's', url: 'http://example.test/x.git' }),
    () => ({ name: 's', url: 'https://user:password@example.test/x.git' }),
    (fired, root) => ({ name: 's', path: root, branch: `--output=${fired}` }),
    (_fired, root) => ({ name: 's', path: root, branch: '--upload-pack=x' }),
    (_fired, root) => ({ name: 's', path: root, branch: 'x:refs/heads/main' }),
  ];

  it.each(evil.map((make, index) => ({ make, index })))(
    'are refused before git hears of them ($index)',
    async ({ make }) => {
      const fired = marker();
      const root = target();
      const port = await openPort(root);
      const config = make(fired, target());
      await expect(port.tipOf(config, NEVER)).rejects.toMatchObject({ code: 'unsafe-input' });
      await expect(
        port.fetch(config, { branch: 'main', tip: '1'.repeat(40), attempts: 1 }, NEVER),
      ).rejects.toMatchObject({ code: 'unsafe-input' });
      expect(exists(fired)).toBe(false);
    },
  );

  it('do not come in through settings of the user', async () => {
    const fired = marker();
    const sibling = target();
    const home = temporaryFolder();
    writeFileSync(
      join(home, '.gitconfig'),
      `[protocol]\n\tallow = always\n[url "ext::sh -c touch% ${fired} "]\n\tinsteadOf = ${sibling}\n`,
    );
    spawnSync('git', ['ls-remote', sibling], { env: { PATH: process.env['PATH'], HOME: home } });
    expect(exists(fired)).toBe(true);
    rmSync(fired);
    vi.stubEnv('HOME', home);
    vi.stubEnv('GIT_CONFIG_GLOBAL', join(home, '.gitconfig'));
    vi.stubEnv('GIT_CONFIG_COUNT', '1');
    vi.stubEnv('GIT_CONFIG_KEY_0', 'core.fsmonitor');
    vi.stubEnv('GIT_CONFIG_VALUE_0', `touch ${fired}`);
    await bring(await openPort(target()), siblingAt(sibling));
    expect(exists(fired)).toBe(false);
  });

  it('do not come in through a repository that holds the folder for temporary files', async () => {
    const fired = marker();
    const sibling = target();
    const around = makeRepository();
    git(around, ['config', 'protocol.allow', 'always']);
    git(around, ['config', `url.ext::sh -c touch% ${fired} .insteadOf`, sibling]);
    mkdirSync(join(around, 'tmp'));
    tryGit(join(around, 'tmp'), ['ls-remote', sibling]);
    expect(exists(fired)).toBe(true);
    rmSync(fired);
    const cache = temporaryFolder();
    const root = target();
    vi.stubEnv('TMPDIR', join(around, 'tmp'));
    vi.resetModules();
    const { openGit } = await import('../../src/git/git.js');
    const port = await openGit({ folder: root, branch: null, remote: 'origin', source: null, cache, clock: Date.now });
    expect(await port.tipOf(siblingAt(sibling), NEVER)).toMatchObject({ tip: commitOf(sibling) });
    expect(exists(fired)).toBe(false);
  });
});

describe('what a sibling folder would run (T3)', () => {
  it('is not run: fsmonitor, hooks, a promisor remote', async () => {
    const fired = marker();
    const root = target();
    const sibling = cloneOf(root);
    makeCommit(sibling, { files: { 'n.txt': 'n\n' } });
    git(sibling, ['config', 'core.fsmonitor', `touch ${fired};:`]);
    for (const name of ['post-checkout', 'reference-transaction', 'pre-receive', 'post-index-change'])
      hook(join(sibling, '.git/hooks'), name, fired);
    tryGit(sibling, ['status']);
    expect(exists(fired)).toBe(true);
    rmSync(fired);
    await bring(await openPort(root), siblingAt(sibling));
    expect(exists(fired)).toBe(false);
  });

  it('is not run where an object is missing and a remote promises it', async () => {
    const fired = marker();
    const root = target();
    const sibling = cloneOf(root);
    makeCommit(sibling, { files: { 'n.txt': 'promised\n' } });
    const blob = git(sibling, ['rev-parse', 'HEAD:n.txt']);
    for (const [key, value] of [
      ['extensions.partialClone', 'origin'],
      ['remote.origin.promisor', 'true'],
      ['remote.origin.uploadpack', `touch ${fired};git-upload-pack`],
      ['core.repositoryFormatVersion', '1'],
    ] as const)
      git(sibling, ['config', key, value]);
    rmSync(join(sibling, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    tryGit(sibling, ['cat-file', '-p', blob]);
    expect(exists(fired)).toBe(true);
    rmSync(fired);
    const port = await openPort(root);
    await expect(bring(port, siblingAt(sibling))).rejects.toMatchObject({ code: expect.stringMatching(/^sibling-/) });
    expect(exists(fired)).toBe(false);
  });
});

describe('what the target would run, woken by foreign attributes (T4)', () => {
  const armed = (fired: string): { root: string; sibling: string } => {
    const root = target();
    const sibling = cloneOf(root);
    makeCommit(sibling, {
      files: {
        '.gitattributes': '* merge=drv\nz filter=x diff=x\n',
        'a.txt': lines(10, { 2: 'there' }),
        z: lines(10, { 9: 'there' }),
      },
    });
    makeCommit(sibling, { files: { 'a.txt': lines(10, { 2: 'there', 5: 'x' }) } });
    makeCommit(root, {
      files: { '.gitattributes': '* merge=drv\n', 'a.txt': lines(10, { 8: 'here' }), z: lines(10, { 1: 'here' }) },
    });
    for (const name of [
      'reference-transaction',
      'post-checkout',
      'post-merge',
      'post-index-change',
      'pre-commit',
      'post-commit',
      'pre-merge-commit',
    ])
      hook(join(root, '.git/hooks'), name, fired);
    for (const [key, value] of [
      ['merge.drv.driver', `touch ${fired}`],
      ['filter.x.smudge', `touch ${fired}; cat`],
      ['filter.x.clean', `touch ${fired}; cat`],
      ['diff.x.textconv', `touch ${fired}; cat`],
      ['diff.external', `touch ${fired}`],
      ['core.fsmonitor', `touch ${fired};:`],
    ] as const)
      git(root, ['config', key, value]);
    return { root, sibling };
  };

  it('runs for a plain merge', () => {
    const fired = marker();
    const { root, sibling } = armed(fired);
    tryGit(root, ['pull', '-q', '--no-rebase', '--no-edit', sibling, 'main']);
    expect(exists(fired)).toBe(true);
  });

  it('does not run for anything a scan or a validation does', async () => {
    const fired = marker();
    const { root, sibling } = armed(fired);
    rmSync(fired, { force: true });
    const port = await openPort(root);
    const { incoming, fetched } = await bring(port, siblingAt(sibling));
    const requests = incoming.map((commit) => ({ commit }));
    const { head } = port.target;
    await port.applied(head, fetched.tip, incoming, NEVER);
    await port.forecast(head, requests, NEVER);
    await port.explainConflicts(head, fetched.tip, requests, NEVER);
    await port.addedLines(
      incoming.map((commit) => commit.sha),
      NEVER,
    );
    const chain = await port.chain(
      head,
      requests.map((request) => ({ ...request, message: 'm\n' })),
      NEVER,
    );
    await port.checkout(chain.tip, NEVER);
    await port.checkout(fetched.tip, NEVER);
    await port.worktreeChanges(fetched.tip, NEVER);
    await port.land({
      refs: [{ ref: 'refs/heads/autosync/x', before: null, after: fetched.tip }],
      fastForward: null,
      run: 'r',
      signal: NEVER,
    });
    expect(exists(fired)).toBe(false);
  });

  it('does not run from what a check put in place of the worktree’s .git', async () => {
    const fired = marker();
    const root = target();
    const head = commitOf(root);
    const next = makeCommit(root, { files: { 'a.txt': 'next\n' } });
    const port = await openPort(root);
    const worktree = await port.checkout(head, NEVER);
    const evil = makeRepository();
    makeCommit(evil, { files: { 'a.txt': 'evil\n' } });
    for (const [key, value] of [
      ['filter.x.smudge', `touch ${fired}; cat`],
      ['filter.x.clean', `touch ${fired}; cat`],
      ['core.worktree', worktree],
    ] as const)
      git(evil, ['config', key, value]);
    mkdirSync(join(evil, '.git/info'), { recursive: true });
    writeFileSync(join(evil, '.git/info/attributes'), '* filter=x\n');
    writeFileSync(join(worktree, '.git'), `gitdir: ${join(evil, '.git')}\n`);
    writeFileSync(join(worktree, 'a.txt'), 'changed by a check\n');
    expect(await port.worktreeChanges(head, NEVER)).toEqual(['a.txt']);
    expect(exists(fired)).toBe(false);
    expect(await port.checkout(next, NEVER)).toBe(worktree);
    expect(exists(fired)).toBe(false);
    tryGit(worktree, ['-c', 'safe.directory=*', 'diff']);
    rmSync(join(worktree, '.git'));
    await port.checkout(head, NEVER);
    expect(await port.worktreeChanges(head, NEVER)).toEqual([]);
  });
});

describe('evil trees (T5, T6, T7)', () => {
  const treeOfNames = (
    root: string,
    entries: readonly (readonly [mode: string, name: string | Buffer, oid: string])[],
  ): string => {
    const body = Buffer.concat(
      entries.flatMap(([mode, name, oid]) => [
        Buffer.from(`${mode} `),
        Buffer.from(name),
        Buffer.from([0]),
        Buffer.from(oid, 'hex'),
      ]),
    );
    return git(root, ['hash-object', '-t', 'tree', '-w', '--literally', '--stdin'], { input: body });
  };

  const commitTree = (root: string, tree: string): void => {
    const date = `@${nextSecond()} +0000`;
    const sha = git(root, ['commit-tree', tree, '-p', 'HEAD', '-m', 'evil'], {
      environment: { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    });
    git(root, ['update-ref', 'refs/heads/main', sha]);
  };

  const blobIn = (root: string, text: string): string => git(root, ['hash-object', '-w', '--stdin'], { input: text });

  const expectRefused = async (root: string, sibling: string): Promise<void> => {
    const cache = temporaryFolder();
    const port = await openPort(root, { cache });
    await expect(bring(port, siblingAt(sibling))).rejects.toMatchObject({ code: 'sibling-evil' });
    const quarantine = `${cache}/autosync`;
    expect(
      spawnSync('sh', ['-c', `cd ${quarantine}/*/quarantine.git && git --git-dir=. for-each-ref`], {
        env: plainEnvironment(),
        encoding: 'utf8',
      }),
    ).toMatchObject({ stdout: '', status: 0 });
  };

  const names = ['.git', '.GIT', 'git~1', '.g\u200cit', '..', '.', '.git ', '.git.', '.git::$INDEX_ALLOCATION'];

  it.each(names.map((name) => ({ name, shown: JSON.stringify(name) })))(
    'with a folder called $shown are refused, where a plain fetch takes them',
    async ({ name }) => {
      const root = target();
      const sibling = cloneOf(root);
      const hooks = treeOfNames(sibling, [['100755', 'post-checkout', blobIn(sibling, '#!/bin/sh\n')]]);
      commitTree(sibling, treeOfNames(sibling, [['40000', name, hooks]]));
      expect(tryGit(cloneOf(root), ['fetch', '-q', sibling, 'main']).exit).toBe(0);
      await expectRefused(root, sibling);
    },
  );

  it('with a .gitmodules that is a link are refused', async () => {
    const root = target();
    const sibling = cloneOf(root);
    commitTree(sibling, treeOfNames(sibling, [['120000', '.gitmodules', blobIn(sibling, '/etc/passwd')]]));
    await expectRefused(root, sibling);
  });

  it('with a submodule address that is an option are refused', async () => {
    const root = target();
    const sibling = cloneOf(root);
    makeCommit(sibling, { files: { '.gitmodules': '[submodule "x"]\n\tpath = x\n\turl = --upload-pack=touch\n' } });
    await expectRefused(root, sibling);
  });

  /** Ten files to a folder, ten folders to a folder, ten levels deep. */
  const commitBomb = (sibling: string): void => {
    const blob = blobIn(sibling, 'x');
    let level = treeOfNames(
      sibling,
      Array.from({ length: 10 }, (_unused, index) => ['100644', `${index}`, blob] as const),
    );
    for (let depth = 0; depth < 9; depth += 1) {
      const below = level;
      level = treeOfNames(
        sibling,
        Array.from({ length: 10 }, (_unused, index) => ['40000', `${index}`, below] as const),
      );
    }
    commitTree(sibling, level);
  };

  it('that unfold to a billion files are refused within five seconds', async () => {
    const root = target();
    const sibling = cloneOf(root);
    commitBomb(sibling);
    const started = performance.now();
    await expectRefused(root, sibling);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('have no name before they were looked at, so that neither a kill nor another sibling lets them in', async () => {
    const root = target();
    const sibling = cloneOf(root);
    commitBomb(sibling);
    const [cache, programs] = [temporaryFolder(), temporaryFolder()];
    const [looking, go] = [join(programs, 'looking'), join(programs, 'go')];
    const real = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim();
    // The first look at what came stands still until the other sibling was fetched.
    const wait = `if mkdir '${looking}' 2>/dev/null; then while [ -d '${looking}' ] && ! [ -e '${go}' ]; do sleep 0.02; done; fi`;
    const script = `#!/bin/sh\ncase "$*" in *object:type=tree*) ${wait} ;; esac\nexec '${real}' "$@"\n`;
    writeFileSync(join(programs, 'git'), script);
    chmodSync(join(programs, 'git'), 0o755);
    const port = await openPort(root, { cache });
    vi.stubEnv('PATH', `${programs}:${process.env['PATH']}`);
    const fetched = async (name: string): Promise<unknown> => {
      const one = siblingAt(sibling, { name });
      return port.fetch(one, await port.tipOf(one, NEVER), NEVER).catch((problem: unknown) => problem);
    };
    const first = fetched('first');
    await vi.waitUntil(() => exists(looking), { timeout: 60_000 });
    const second = await fetched('second');
    const quarantine = join(cache, 'autosync', readdirSync(join(cache, 'autosync'))[0] ?? '', 'quarantine.git');
    const named = git(quarantine, ['for-each-ref', 'refs/autosync/siblings']);
    writeFileSync(go, '');
    for (const outcome of [await first, second]) expect(outcome).toMatchObject({ code: 'sibling-evil' });
    expect([named, git(quarantine, ['for-each-ref'])]).toEqual(['', '']);
  });

  it('that are nested too deep are refused, also when two commits share the depth', async () => {
    const root = target();
    const sibling = cloneOf(root);
    let level = treeOfNames(sibling, [['100644', 'f', blobIn(sibling, 'x')]]);
    const levels = [level];
    for (let depth = 0; depth < 620; depth += 1) {
      level = treeOfNames(sibling, [['40000', 'd', level]]);
      levels.push(level);
    }
    commitTree(sibling, level);
    commitTree(sibling, levels[300] ?? level);
    await expectRefused(root, sibling);
  });

  it('that lead a checkout through a link out of its folder do not', async () => {
    const outside = temporaryFolder();
    const root = target();
    const first = makeCommit(root, { files: { link: { link: outside } } });
    const second = makeCommit(root, { remove: ['link'], files: { 'link/f': 'through\n' } });
    const port = await openPort(root);
    await port.checkout(first, NEVER);
    const folder = await port.checkout(second, NEVER);
    await port.checkout(first, NEVER);
    expect(exists(join(folder, 'link/f'))).toBe(false);
    expect(exists(join(outside, 'f'))).toBe(false);
  });

  it('may carry a NUL in a commit’s message: it ends there, and nothing else is lost', async () => {
    const root = target();
    const sibling = cloneOf(root);
    const raw = `${git(sibling, ['cat-file', 'commit', makeCommit(sibling, { files: { n: 'n\n' } })])}\n\0hidden\n`;
    const sha = git(sibling, ['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'], { input: raw });
    git(sibling, ['update-ref', 'refs/heads/main', sha]);
    const { incoming } = await bring(await openPort(root), siblingAt(sibling));
    expect(incoming).toMatchObject([{ sha, message: 'a change\n', changes: [{ path: 'n' }] }]);
  });

  it('of harmless old histories are taken, and can be landed', async () => {
    const root = target();
    const sibling = cloneOf(root);
    const blob = blobIn(sibling, 'old\n');
    const padded = treeOfNames(sibling, [['100664', 'file', blob]]);
    const old = treeOfNames(sibling, [
      ['040000', 'old', padded],
      ['100644', 'z', git(sibling, ['rev-parse', 'HEAD:z'])],
    ]);
    commitTree(
      sibling,
      treeOfNames(sibling, [
        ['100644', 'a.txt', git(sibling, ['rev-parse', 'HEAD:a.txt'])],
        ['040000', 'old', old],
        ['100644', 'z', git(sibling, ['rev-parse', 'HEAD:z'])],
      ]),
    );
    const port = await openPort(root);
    const { incoming } = await bring(port, siblingAt(sibling));
    const chain = await port.chain(
      port.target.head,
      incoming.map((commit) => ({ commit, message: 'm\n' })),
      NEVER,
    );
    expect(chain.results).toMatchObject([{ kind: 'picked' }]);
    await port.land({
      refs: [{ ref: 'refs/heads/autosync/x', before: null, after: chain.tip }],
      fastForward: null,
      run: 'r',
      signal: NEVER,
    });
    expect(commitOf(root, 'autosync/x')).toBe(chain.tip);
  });
});

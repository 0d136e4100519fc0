import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { GitPort } from '../../src/core/gitPort.js';
import { openGit } from '../../src/git/git.js';
import { type HttpGit, type HttpGitOptions, serveGit } from '../support/httpGit.js';
import { bring, NEVER, openPort } from '../support/openPort.js';
import { git } from '../support/plainGit.js';
import { processesWith, watchCommandLines } from '../support/processes.js';
import { cloneOf, commitOf, makeBranch, makeCommit, makeRepository } from '../support/repository.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const TOKEN = `ghp_${'SECRET'.repeat(6)}`;
const CREDENTIALS = `x-access-token:${TOKEN}`;
const ENCODED = Buffer.from(CREDENTIALS).toString('base64');

interface Stand {
  readonly target: string;
  readonly sibling: string;
  readonly cache: string;
  readonly server: HttpGit;
  readonly port: GitPort;
  readonly config: { readonly name: string; readonly url: string };
}

async function setUp(options: HttpGitOptions = {}, token: string | null = null): Promise<Stand> {
  const target = makeRepository();
  makeCommit(target, { files: { 'a.txt': 'a\n' } });
  const sibling = cloneOf(target);
  makeCommit(sibling, { files: { 'big.bin': randomBytes(400_000), 'c.txt': 'c\n' } });
  const server = await serveGit(dirname(sibling), options);
  const cache = temporaryFolder();
  const source = token === null ? {} : { source: { token, origin: server.origin } };
  const port = await openPort(target, { cache, ...source });
  return { target, sibling, cache, server, port, config: { name: 'web', url: `${server.origin}/clone/.git` } };
}

const refsOf = (cache: string): string => {
  const quarantine = join(cache, 'autosync', readdirSync(join(cache, 'autosync'))[0] ?? '', 'quarantine.git');
  return git(quarantine, ['for-each-ref']);
};

function* everyFile(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* everyFile(path);
    else if (entry.isFile()) yield path;
  }
}

const filesWithToken = (folders: readonly string[]): readonly string[] =>
  folders
    .flatMap((folder) => [...everyFile(folder)])
    .filter((path) => [TOKEN, ENCODED].some((text) => readFileSync(path).includes(text)));

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a sibling behind a proxy', () => {
  it('is asked for through the proxy of the environment, and one on this machine is not', async () => {
    const asked: string[] = [];
    const proxy = createServer().on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = proxy.address();
    const port = typeof address === 'object' ? address?.port : 0;
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${port}`);
    vi.stubEnv('https_proxy', undefined);
    vi.stubEnv('NO_PROXY', undefined);
    vi.stubEnv('no_proxy', undefined);
    const stand = await setUp();
    const far = { name: 'far', url: 'https://sibling.invalid/x.git' };
    await expect(stand.port.tipOf(far, NEVER)).rejects.toMatchObject({ code: expect.stringMatching(/^sibling-/) });
    expect((await stand.port.tipOf(stand.config, NEVER)).tip).toBe(commitOf(stand.sibling));
    expect(new Set(asked)).toEqual(new Set(['sibling.invalid:443']));
    await stand.server.close();
    await new Promise((resolve) => proxy.close(resolve));
  });
});

describe('the target’s own remote over http', () => {
  it('is found when the branch that receives work becomes a folder of branches', async () => {
    const { server, target, sibling, cache } = await setUp();
    const tipOf = async (branch: string): Promise<string> => {
      makeBranch(target, branch);
      makeBranch(sibling, branch);
      const place = {
        name: 'o/n',
        address: `${server.origin}/clone/.git`,
        token: { token: TOKEN, origin: 'https://x.test' },
      };
      const { target: view } = await openGit({
        ...{ folder: target, branch, remote: 'origin', source: null, cache, clock: () => 0 },
        upstream: { ...place, ask: NEVER },
      });
      for (const root of [target, sibling]) git(root, ['checkout', '-q', 'main']);
      for (const root of [target, sibling]) git(root, ['branch', '-q', '-D', branch]);
      return view.head;
    };
    const tip = commitOf(sibling);
    expect([await tipOf('release'), await tipOf('release/2'), await tipOf('żółw/1%2F')]).toEqual([tip, tip, tip]);
    await server.close();
  });
});

describe.concurrent('a sibling over http', () => {
  it('is fetched', async () => {
    const stand = await setUp();
    expect(await bring(stand.port, stand.config)).toMatchObject({
      fetched: { tip: commitOf(stand.sibling), attempts: 1 },
    });
    await stand.server.close();
  });

  it('that wants no token of ours is told none', async () => {
    const stand = await setUp();
    const port = await openPort(stand.target, { source: { token: TOKEN, origin: 'https://github.com' } });
    await bring(port, stand.config);
    expect(stand.server.requests.map((request) => request.authorization)).not.toContainEqual(expect.anything());
    await stand.server.close();
  });

  it('with a wrong token is refused at once', async () => {
    const stand = await setUp({ credentials: CREDENTIALS }, 'wrong');
    await expect(stand.port.tipOf(stand.config, NEVER)).rejects.toMatchObject({ code: 'sibling-refused' });
    expect(stand.server.requests.length).toBeLessThanOrEqual(2);
    await stand.server.close();
  });

  it('that fails twice is asked a third time', async () => {
    const stand = await setUp({
      misbehave: (_request, response, number) => {
        if (number > 2) return null;
        response.writeHead(500).end();
        return 'handled';
      },
    });
    expect(await stand.port.tipOf(stand.config, NEVER)).toMatchObject({ attempts: 3, tip: commitOf(stand.sibling) });
    await stand.server.close();
  });

  it('that nobody serves is unreachable after four attempts', async () => {
    const stand = await setUp();
    await stand.server.close();
    await expect(stand.port.tipOf(stand.config, NEVER)).rejects.toMatchObject({
      problem: { code: 'sibling-unreachable', attempts: 4 },
    });
  });

  it('that is cut in the middle of the pack leaves no ref', async () => {
    const stand = await setUp({ cutPackAt: 50_000 });
    const tip = await stand.port.tipOf(stand.config, NEVER);
    await expect(stand.port.fetch(stand.config, tip, NEVER)).rejects.toMatchObject({ code: 'sibling-unreachable' });
    expect(refsOf(stand.cache)).toBe('');
    await stand.server.close();
  });

  it('that hangs can be cancelled within two seconds, and no process stays', async ({ expect }) => {
    const stand = await setUp({ misbehave: () => 'handled' });
    const controller = new AbortController();
    const asking = stand.port.tipOf(stand.config, controller.signal);
    setTimeout(() => controller.abort(), 400);
    const started = performance.now();
    await expect(asking).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - started).toBeLessThan(2_400);
    await expect.poll(() => processesWith(stand.server.origin)).toEqual([]);
    await stand.server.close();
  });

  it('that stops in the middle of the pack can be cancelled, and no process stays', async ({ expect }) => {
    const stand = await setUp({
      misbehave: (request) =>
        request.url?.endsWith('/git-upload-pack') &&
        request.headers['git-protocol'] === 'version=2' &&
        Number(request.headers['content-length'] ?? 0) > 250
          ? 'handled'
          : null,
    });
    const tip = await stand.port.tipOf(stand.config, NEVER);
    const controller = new AbortController();
    const fetching = stand.port.fetch(stand.config, tip, controller.signal);
    setTimeout(() => controller.abort(), 800);
    await expect(fetching).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(() => processesWith(stand.cache)).toEqual([]);
    expect(refsOf(stand.cache)).toBe('');
    await stand.server.close();
  });

  it('that redirects to another port is refused, and the other port hears nothing', async () => {
    const other = await serveGit(temporaryFolder());
    const stand = await setUp(
      {
        misbehave: (request, response) => {
          response.writeHead(302, { Location: `${other.origin}${request.url}` }).end();
          return 'handled';
        },
      },
      TOKEN,
    );
    await expect(stand.port.tipOf(stand.config, NEVER)).rejects.toMatchObject({ code: 'sibling-refused' });
    expect(other.requests).toEqual([]);
    await Promise.all([stand.server.close(), other.close()]);
  });

  it('whose name holds words of a complaint is still asked again after a network fault', async () => {
    const stand = await setUp();
    await stand.server.close();
    const config = { name: 'web', url: `${stand.server.origin}/unsafe-fsck-gitmodules.git` };
    await expect(stand.port.tipOf(config, NEVER)).rejects.toMatchObject({
      problem: { code: 'sibling-unreachable', attempts: 4 },
    });
  });
});

describe('the source token', () => {
  it('is found in the command line of a careless command: the watch works', async () => {
    const watch = watchCommandLines([TOKEN]);
    const child = spawn('sh', ['-c', 'sleep 0.3', `https://${TOKEN}@example.test`]);
    await new Promise((resolve) => child.once('close', resolve));
    expect(watch.stop().length).toBeGreaterThan(0);
  });

  it('opens a private sibling, and is in no command line, file or trace', async () => {
    const traces = temporaryFolder();
    vi.stubEnv('GIT_TRACE_CURL', join(traces, 'curl'));
    vi.stubEnv('GIT_TRACE_REDACT', '0');
    vi.stubEnv('GIT_TRACE2_EVENT', join(traces, 'event'));
    vi.stubEnv('GIT_TRACE2_ENV_VARS', 'GIT_CONFIG_VALUE_0');
    const careless = spawn('git', ['--version'], { env: process.env });
    await new Promise((resolve) => careless.once('close', resolve));
    expect(statSync(join(traces, 'event')).size).toBeGreaterThan(0);
    const size = statSync(join(traces, 'event')).size;
    const stand = await setUp({ credentials: CREDENTIALS }, TOKEN);
    const watch = watchCommandLines([TOKEN, ENCODED]);
    const { incoming } = await bring(stand.port, stand.config);
    const chain = await stand.port.chain(
      stand.port.target.head,
      incoming.map((commit) => ({ commit, message: 'pick\n' })),
      NEVER,
    );
    const ref = 'refs/heads/autosync/web';
    await stand.port.land({
      refs: [{ ref, before: null, after: chain.tip }],
      fastForward: null,
      run: 'r1',
      signal: NEVER,
    });
    expect(watch.stop()).toEqual([]);
    expect(stand.server.requests.at(-1)?.authorization).toBe(`Basic ${ENCODED}`);
    expect(filesWithToken([stand.target, stand.cache])).toEqual([]);
    expect(existsSync(join(traces, 'curl'))).toBe(false);
    expect(statSync(join(traces, 'event')).size).toBe(size);
    await stand.server.close();
  });

  it('is in no message when the sibling refuses it', async () => {
    const stand = await setUp({ credentials: 'somebody:else' }, TOKEN);
    const error: unknown = await stand.port.tipOf(stand.config, NEVER).catch((reason: unknown) => reason);
    const said = `${String(error)} ${JSON.stringify(error)} ${error instanceof Error ? `${error.stack} ${String(error.cause)} ${JSON.stringify(error.cause)}` : ''}`;
    expect(said).toContain('sibling-refused');
    expect([TOKEN, ENCODED].filter((text) => said.includes(text))).toEqual([]);
    await stand.server.close();
  });
});

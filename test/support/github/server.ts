/**
 * A stand-in for GitHub on this machine, for tests.
 *
 * ```ts
 * const github = await startGitHub({
 *   tokens: [{ token: 'ghp_target', login: 'acme', kind: 'fine-grained',
 *              permissions: { contents: 'write', pull_requests: 'write' } }],
 *   repositories: [{ owner: 'acme', name: 'shop', from: folderOfARepository }],
 * });
 * const octokit = new Octokit({ baseUrl: github.apiUrl, auth: 'ghp_target' });
 * // git: github.repository('acme/shop').cloneUrl, with `Authorization: Basic base64(x-access-token:ghp_target)`.
 * // Never by spawnSync or `git()` of plainGit.ts: the stand-in lives in this process; take `gitBeside` (gitClient.ts).
 * await github.close(); // rejects when a request or an answer broke GitHub's description
 * ```
 *
 * What it promises:
 * - REST at `apiUrl` (`origin/api/v3`, as GitHub Enterprise has it) and at `origin`; GraphQL at `/api/graphql` and
 *   `/graphql`; git over HTTP at `origin/<owner>/<name>.git`. Every request and answer is held against GitHub's OpenAPI
 *   description (`openapi.json`): unknown path, parameter or key, wrong type, wrong answer = a violation, answered 422.
 *   An operation that is not in the subset is a violation too (404): add its name in `scripts/github-openapi.mjs`.
 * - Branches and commits are real (`folder` is a bare repository). Pull requests follow their branches: a push moves the
 *   head, deleting the branch closes, pushing the head to the base counts as merged. `mergeable` comes from
 *   `git merge-tree`. A merge makes a real commit; 409 for another head than `sha`, 405 for drafts, conflicts, missing
 *   checks or reviews, methods that are switched off.
 * - Only branches of the same repository are heads: there are no forks.
 * - Tokens: 401 unknown or expired; 404 for what is private and out of reach; 403 without permission, with GitHub's
 *   words and `x-accepted-github-permissions`. Pushes that touch workflow files need `workflows: write` (or the classic
 *   scope `workflow`); guarded branches take no push. What a `kind: 'actions'` token does starts no workflow.
 * - Every answer carries a request id, the limit's headers and, for reads, an ETag; `if-none-match` gives 304, which
 *   costs nothing of the limit.
 * - Workflows run when the test says so: `hosted.runs()`, `hosted.advance(run, ...)`, or by reading with `onRead`.
 * - `faults.next({ method: 'POST', path: /\/pulls$/, kind: 'reply-lost' })` breaks the next matching request
 *   (`faults.ts` says what each kind does); `redirects.add({ path, to })` sends requests elsewhere, for example to a
 *   `startRecorder()`; `wire` has every request (`wire.writes()`, `wire.carrying(secret)`).
 * - `violations()` lists what is wrong so far; `takeViolations()` lists and forgets it, for tests that expect some;
 *   `close()` stops the server and rejects when any are left.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { temporaryFolder } from '../temporaryFolder.js';
import { tokenOf } from './access.js';
import { makeApi } from './api.js';
import type { DeclaredRepository, DeclaredToken } from './declared.js';
import { readDescription } from './description.js';
import { type Faults, makeFaults } from './faults.js';
import { type Hosted, hostedOf } from './hosted.js';
import { host } from './hosting.js';
import { type Limits, makeLimits } from './limits.js';
import { makeRedirects, type Redirects } from './redirects.js';
import { answerRequest, type Room } from './replies.js';
import { makeShape } from './sample.js';
import { makeValidators } from './validators.js';
import { makeWire, type Wire } from './wire.js';
import { makeWorld } from './world.js';

/** What is there from the start. */
export interface GitHubOptions {
  readonly tokens?: readonly DeclaredToken[];
  readonly repositories?: readonly DeclaredRepository[];
  /** Members by name of the organization. */
  readonly organizations?: Readonly<Record<string, readonly string[]>>;
  /** Default: the real time. */
  readonly clock?: () => Date;
}

/** A running stand-in. */
export interface GitHubStandIn {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  /** What Octokit takes as `baseUrl`. */
  readonly apiUrl: string;
  readonly faults: Faults;
  readonly redirects: Redirects;
  readonly limits: Limits;
  readonly wire: Wire;
  /** A repository by full name (`owner/name`). Throws when it is not hosted. */
  repository(fullName: string): Hosted;
  host(declared: DeclaredRepository): Hosted;
  /** Makes a token known from now on, in place of one with the same text. */
  declareToken(token: DeclaredToken): void;
  violations(): readonly string[];
  takeViolations(): readonly string[];
  /** Ends every connection. Rejects with the violations that nobody took. */
  close(): Promise<void>;
}

/** The description is read and compiled once: a test file may start hundreds of stand-ins. */
const DESCRIPTION = readDescription();
const VALIDATORS = makeValidators(DESCRIPTION);

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<{
  readonly origin: string;
  readonly stop: () => Promise<void>;
}> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

/** Starts a stand-in for GitHub on a free port of this machine. */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHubStandIn> {
  const clock = options.clock ?? (() => new Date());
  const world = makeWorld(makeShape(DESCRIPTION), clock, options.organizations ?? {});
  const root = temporaryFolder();
  const tokens = new Map((options.tokens ?? []).map((token) => [token.token, token]));
  let violations: string[] = [];
  const room: Room = {
    world,
    root,
    api: makeApi(world, DESCRIPTION, VALIDATORS),
    tokenOf: (headers) => tokenOf(headers, [...tokens.values()], clock()),
    faults: makeFaults(),
    redirects: makeRedirects(),
    limits: makeLimits(clock),
    wire: makeWire(),
    violate: (violation) => void violations.push(violation),
  };
  const { origin, stop } = await listen((request, response) => void answerRequest(room, request, response));
  world.origin = origin;
  const addHost = (declared: DeclaredRepository): Hosted => hostedOf(world, host(world, root, declared));
  for (const declared of options.repositories ?? []) addHost(declared);
  return {
    origin,
    apiUrl: `${origin}/api/v3`,
    faults: room.faults,
    redirects: room.redirects,
    limits: room.limits,
    wire: room.wire,
    repository(fullName) {
      const found = world.repositories.get(fullName.toLowerCase());
      if (found === undefined) throw new Error(`${fullName} is not hosted.`);
      return hostedOf(world, found);
    },
    host: addHost,
    declareToken: (token) => void tokens.set(token.token, token),
    violations: () => violations,
    takeViolations() {
      const taken = violations;
      violations = [];
      return taken;
    },
    async close() {
      await stop();
      if (violations.length > 0) throw new Error(`Against GitHub's description:\n${violations.join('\n')}`);
    },
  };
}

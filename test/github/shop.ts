import { expect, onTestFinished } from 'vitest';
import type { ForgePort, PullRequest, WantedPullRequest } from '../../src/core/forgePort.js';
import { type GitHubOptions, openGitHub } from '../../src/github/github.js';
import type { DeclaredRepository, DeclaredToken } from '../support/github/declared.js';
import type { Hosted } from '../support/github/hosted.js';
import { type GitHubStandIn, startGitHub } from '../support/github/server.js';

/** A token that would be seen wherever it leaked. */
export const CANARY = 'github_pat_canary0123456789canary';
/** The branch that pull requests of these tests come from. */
export const BRANCH = 'autosync/globex/auto';
/** Waits of milliseconds in place of seconds. */
const QUICK = { request: 20_000, limit: 120, second: 1, spaced: false };

/** What AutoSync's own token may. */
export const PERMISSIONS = {
  contents: 'write',
  pull_requests: 'write',
  issues: 'write',
  actions: 'write',
  checks: 'read',
  statuses: 'read',
  administration: 'read',
} as const;

/** A forge, and the stand-in behind it. */
export interface Shop {
  readonly github: GitHubStandIn;
  readonly hosted: Hosted;
  readonly forge: ForgePort;
  readonly logged: readonly string[];
  /** Another forge on the same repository. */
  open(options?: Partial<GitHubOptions>): ForgePort;
}

/** What a test wants else than usual. */
export interface ShopOptions {
  readonly token?: Partial<DeclaredToken>;
  readonly repository?: Partial<DeclaredRepository>;
  readonly patience?: GitHubOptions['patience'];
}

/** Starts a stand-in with the repository `acme/shop`; at the end of the test it must have found nothing wrong. */
export async function startShop(options: ShopOptions = {}): Promise<Shop> {
  const token: DeclaredToken = {
    token: CANARY,
    login: 'acme',
    kind: 'fine-grained',
    permissions: PERMISSIONS,
    ...options.token,
  };
  const github = await startGitHub({
    tokens: [token],
    repositories: [
      {
        owner: 'acme',
        name: 'shop',
        private: true,
        collaborators: { writer: 'write', reader: 'read' },
        teams: ['core'],
        ...options.repository,
      },
    ],
  });
  onTestFinished(() => github.close());
  const hosted = github.repository('acme/shop');
  hosted.commit('main', { 'README.md': 'A shop.\n', 'src/price.js': 'export const price = 1;\n' });
  hosted.commit(BRANCH, { 'src/price.js': 'export const price = 2;\n' }, 'fix: set the price');
  const logged: string[] = [];
  const open = (more: Partial<GitHubOptions> = {}): ForgePort =>
    openGitHub({
      repository: { owner: 'acme', name: 'shop', server: github.origin, api: github.apiUrl },
      token: token.token,
      userAgent: 'autosync/test',
      log: (line) => void logged.push(line),
      patience: { ...QUICK, ...options.patience },
      ...more,
    });
  return { github, hosted, forge: open(), logged, open };
}

/** What a pull request shall say, unless the test says otherwise. */
export function wanted(part: Partial<WantedPullRequest> = {}): WantedPullRequest {
  return {
    branch: BRANCH,
    base: 'main',
    title: 'Improvements from globex',
    body: '| what | risk |\n',
    draft: false,
    labels: ['auto-sync', 'risk:low'],
    assignees: [],
    reviewers: [],
    ...part,
  };
}

/** A signal that nobody aborts. */
export const calm = (): AbortSignal => new AbortController().signal;

/** Opens a pull request, which must be the only one. */
export async function opened({ forge, hosted }: Shop, part: Partial<WantedPullRequest> = {}): Promise<PullRequest> {
  const pull = await forge.openPullRequest(wanted(part), calm());
  expect(hosted.pulls()).toHaveLength(1);
  return pull;
}

/** The message of the error that a promise must end in. */
export async function messageOf(promise: Promise<unknown>): Promise<string> {
  const ended = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(ended instanceof Error)) throw new Error('it was to fail, and did not');
  return ended.message;
}

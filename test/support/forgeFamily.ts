import type { EditorEngine } from '../../src/core/engine.js';
import type { IncomingCommit, RunReport } from '../../src/core/enhancement.js';
import type { PullRequestState } from '../../src/core/facts.js';
import { openStore } from '../../src/store/store.js';
import { type Family, makeFamily, NEVER, type Policy } from './family.js';
import type { DeclaredRepository, DeclaredToken } from './github/declared.js';
import type { Hosted } from './github/hosted.js';
import { type GitHubStandIn, startGitHub } from './github/server.js';
import { git } from './plainGit.js';

/** The target's token: nothing but the stand-in may ever see it. */
export const TARGET_TOKEN = 'ghp_TARGETcanary0123456789abcdefghijklm';

const KEEPER_TOKEN = 'ghp_keeper0123456789abcdefghijklmnopqrstu';

/** A family whose target is a clone of a repository on a stand-in for GitHub. */
export interface ForgeFamily {
  readonly family: Family;
  readonly github: GitHubStandIn;
  readonly hosted: Hosted;
  /** Variables that the engine is started with. */
  readonly environment: Readonly<Record<string, string>>;
  /** An engine that lives as long as the test wants, as the editor's does. */
  engine(): EditorEngine;
  sync(sibling?: string): Promise<RunReport>;
  dryRun(): Promise<RunReport>;
  scan(): Promise<RunReport>;
  apply(shas: readonly string[]): Promise<RunReport>;
  undo(run: string): Promise<RunReport>;
  /** A person closes a pull request, or opens it again, on its page. */
  setState(number: number, state: 'open' | 'closed'): Promise<void>;
  /** A person says that a draft is ready, on its page. */
  setReady(number: number): Promise<void>;
  /** Pull requests by branch, as the stand-in has them. */
  pull(branch: string): ReturnType<Hosted['pulls']>[number] | undefined;
  /** What AutoSync remembers of its pull requests. */
  remembered(): Promise<readonly PullRequestState[]>;
  /** Subjects of what is in the target's branch on the forge, oldest first, merges left out. */
  landed(): readonly string[];
}

/** Waits of milliseconds in place of seconds; a forge on this machine asks for nothing else. */
export const QUICK = { request: 4000, second: 20, spaced: false } as const;

/** How the family on a forge differs from the usual one. */
export interface ForgeMore {
  readonly siblings?: readonly string[];
  readonly policy?: Policy;
  readonly hosting?: Partial<DeclaredRepository>;
  readonly token?: Partial<DeclaredToken>;
  /** More that the engine is started with. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Everything the target's token needs. */
export const GRANTED: DeclaredToken = {
  token: TARGET_TOKEN,
  login: 'sync-bot',
  kind: 'fine-grained',
  permissions: {
    contents: 'write',
    pull_requests: 'write',
    issues: 'write',
    actions: 'write',
    metadata: 'read',
    administration: 'read',
  },
};

/** Makes the family and starts its forge; `github.close()` ends it and tells of violations. */
export async function makeForgeFamily(more: ForgeMore = {}): Promise<ForgeFamily> {
  const family = makeFamily(more.siblings ?? ['acme']);
  const github = await startGitHub({
    tokens: [
      { ...GRANTED, ...more.token },
      { token: KEEPER_TOKEN, login: 'keeper', kind: 'classic', scopes: ['repo'] },
    ],
    repositories: [
      {
        ...{
          owner: 'house',
          name: 'shop',
          from: family.target,
          collaborators: { 'sync-bot': 'write', keeper: 'write' },
        },
        ...more.hosting,
      },
    ],
  });
  const hosted = github.repository('house/shop');
  git(family.target, ['remote', 'add', 'origin', hosted.cloneUrl]);
  family.configure({ land: { askPeople: false }, ...more.policy });
  const environment = {
    ...{ GITHUB_TOKEN: TARGET_TOKEN, GITHUB_SERVER_URL: github.origin, GITHUB_API_URL: github.apiUrl },
    ...more.environment,
  };
  const engine = () => family.engine({ environment, patience: QUICK });
  const signal = NEVER;
  return {
    family,
    github,
    hosted,
    environment,
    engine,
    sync: (sibling) => engine().sync({ dryRun: false, signal, ...(sibling === undefined ? {} : { sibling }) }),
    dryRun: () => engine().sync({ dryRun: true, signal }),
    scan: () => engine().scan({ signal }),
    apply: (shas) => engine().apply(shas, signal),
    undo: (run) => engine().undo(run, signal),
    setState: async (number, state) => {
      await asKeeper(github, 'PATCH', `${github.apiUrl}/repos/house/shop/pulls/${number}`, { state });
    },
    setReady: async (number) => {
      const page = await asKeeper(github, 'GET', `${github.apiUrl}/repos/house/shop/pulls/${number}`);
      const query =
        'mutation($id: ID!) { markPullRequestReadyForReview(input: {pullRequestId: $id}) { pullRequest { isDraft } } }';
      await asKeeper(github, 'POST', `${github.origin}/api/graphql`, { query, variables: { id: page.node_id } });
    },
    pull: (branch) => hosted.pulls().findLast(({ head }) => head === branch),
    remembered: async () => {
      const store = await openStore({ root: family.target, clock: Date.now, readOnly: true });
      try {
        return store.pullRequests();
      } finally {
        await store.close();
      }
    },
    landed: () =>
      git(hosted.folder, ['log', '--reverse', '--no-merges', '--format=%s', 'main']).split('\n').filter(Boolean),
  };
}

/** The row of a commit in a report, by its subject. */
export function rowNamed(report: RunReport, subject: string): IncomingCommit {
  const found = report.siblings.flatMap(({ commits }) => commits).find((commit) => commit.subject === subject);
  if (found === undefined) throw new Error(`the report has no commit "${subject}"`);
  return found;
}

async function asKeeper(
  github: GitHubStandIn,
  method: string,
  address: string,
  body?: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const headers = {
    authorization: `Bearer ${KEEPER_TOKEN}`,
    'content-type': 'application/json',
    'user-agent': 'a person',
  };
  const answer = await fetch(address, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${address.slice(github.origin.length)}: ${answer.status}`);
  return answer.json() as Promise<Readonly<Record<string, unknown>>>;
}

import type { PullRequest } from '../core/forgePort.js';
import type { Client } from './client.js';
import { refusalStatus } from './refusal.js';

/** Paths that are looked at for who knows them: the first ones say enough, and each is a request. */
const MOST_PATHS = 20;
/** Latest commits of a path that are looked at. */
const MOST_COMMITS = 5;

/**
 * Of these logins, those who may be asked: collaborators of the repository, and teams of the organisation that owns it
 * (`organisation/team`). Accounts of programs are nobody to ask.
 */
export async function membersOf(
  client: Client,
  logins: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const known = await Promise.all(logins.map((login) => isMember(client, login, signal)));
  return logins.filter((_login, index) => known[index] === true);
}

async function isMember(client: Client, login: string, signal: AbortSignal): Promise<boolean> {
  const [organisation, team] = login.split('/');
  if (team !== undefined) return organisation?.toLowerCase() === client.repository.owner.toLowerCase() && team !== '';
  if (!/^[A-Za-z0-9][\w-]*$/.test(login)) return false;
  const collaborates = await answers(() =>
    client.read('metadata', signal, (octokit, at) => octokit.rest.repos.checkCollaborator({ ...at, username: login })),
  );
  // Only who may push is told who collaborates; who may be assigned is told to everybody.
  if (collaborates !== 'secret') return collaborates === 'yes';
  const assignable = await answers(() =>
    client.read('metadata', signal, (octokit, at) =>
      octokit.rest.issues.checkUserCanBeAssigned({ ...at, assignee: login }),
    ),
  );
  return assignable === 'yes';
}

async function answers(ask: () => Promise<unknown>): Promise<'yes' | 'no' | 'secret'> {
  try {
    await ask();
    return 'yes';
  } catch (error) {
    const status = refusalStatus(error);
    if (status === 404) return 'no';
    if (status === 403) return 'secret';
    throw error;
  }
}

/** A change of a path by somebody with an account. */
interface Edit {
  readonly login: string;
  readonly at: string;
}

/** Logins of who last changed these paths on `base`, latest first, each once; accounts of programs left out. */
export async function lastEditors(
  client: Client,
  base: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const edits = await Promise.all(paths.slice(0, MOST_PATHS).map((path) => editsOf(client, base, path, signal)));
  const latestFirst = edits.flat().sort((a, b) => b.at.localeCompare(a.at));
  return [...new Set(latestFirst.map((edit) => edit.login))];
}

async function editsOf(client: Client, base: string, path: string, signal: AbortSignal): Promise<readonly Edit[]> {
  const { data } = await client.read('read-contents', signal, (octokit, at) =>
    octokit.rest.repos.listCommits({ ...at, sha: base, path, per_page: MOST_COMMITS }),
  );
  return data.flatMap(({ author, commit }) => {
    if (author === null || !('login' in author) || author.type !== 'User') return [];
    return author.login.endsWith('[bot]') ? [] : [{ login: author.login, at: commit.author?.date ?? '' }];
  });
}

/** Whom to ask for what. */
export interface Asked {
  readonly assignees: readonly string[];
  readonly reviewers: readonly string[];
}

/** Assigns and asks for reviews. Whom GitHub does not let us ask is left out: the author, and who has no access. */
export async function askPeople(client: Client, pull: PullRequest, asked: Asked, signal: AbortSignal): Promise<void> {
  if (asked.assignees.length > 0)
    await client.write('write-pulls', signal, (octokit, at) =>
      octokit.rest.issues.addAssignees({ ...at, issue_number: pull.number, assignees: [...asked.assignees] }),
    );
  if (asked.reviewers.length === 0) return;
  // One who may not be asked makes GitHub refuse all of them.
  if (await askForReview(client, pull.number, asked.reviewers, signal)) return;
  for (const reviewer of asked.reviewers) await askForReview(client, pull.number, [reviewer], signal);
}

async function askForReview(
  client: Client,
  number: number,
  reviewers: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const teams = reviewers.flatMap((reviewer) => reviewer.split('/')[1] ?? []);
  const people = reviewers.filter((reviewer) => !reviewer.includes('/'));
  try {
    await client.write('write-pulls', signal, (octokit, at) =>
      octokit.rest.pulls.requestReviewers({ ...at, pull_number: number, reviewers: people, team_reviewers: teams }),
    );
    return true;
  } catch (error) {
    // Whom the token may not ask is not asked: a pull request without them is better than none.
    if ([403, 422].includes(refusalStatus(error) ?? 0)) return false;
    throw error;
  }
}

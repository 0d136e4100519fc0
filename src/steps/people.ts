import { CODEOWNERS, ownersOf } from '../core/codeowners.js';
import type { WantedPullRequest } from '../core/forgePort.js';
import type { Ports } from '../core/ports.js';
import type { Visit } from './visit.js';

/** People who are asked to review, at most. */
const MOST_REVIEWERS = 5;
/** Paths whose last editors are looked up: each costs a request. */
const MOST_PATHS = 5;

/** The text of the target's CODEOWNERS file; empty when it has none. */
async function codeowners(git: Ports['git'], signal: AbortSignal): Promise<string> {
  const found = await git.filesAt(git.target.head, (path) => CODEOWNERS.includes(path), signal);
  const path = CODEOWNERS.find((one) => found.has(one));
  const blob = path === undefined ? undefined : found.get(path);
  return blob === undefined ? '' : ((await git.readTexts([blob], signal)).get(blob) ?? '');
}

/**
 * Who is asked to look at a pull request, and who is assigned: owners of its files, then who last changed them; members
 * of the target's repository and teams of its owner alone, whatever a file says.
 */
export async function peopleFor(
  { git }: Pick<Ports, 'git'>,
  { forge }: Visit,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<Pick<WantedPullRequest, 'assignees' | 'reviewers'>> {
  const owners = ownersOf(await codeowners(git, signal), paths);
  const editors = await forge.lastEditors(git.target.branch, paths.slice(0, MOST_PATHS), signal);
  const teams = owners.filter((owner) => owner.startsWith(`${forge.repository.owner}/`));
  const logins = [...new Set([...owners.filter((owner) => !owner.includes('/')), ...editors])];
  const members = await forge.membersOf(logins.slice(0, 2 * MOST_REVIEWERS), signal);
  return { reviewers: [...teams, ...members].slice(0, MOST_REVIEWERS), assignees: members.slice(0, 1) };
}

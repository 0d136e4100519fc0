import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { Finding } from '../core/finding.js';
import type { TokenKind } from './account.js';
import { ACTIONS_LOGIN } from './account.js';
import type { AnswerHeaders } from './permissions.js';
import { scopesOf } from './permissions.js';

/** A repository as GitHub's REST API answers it to who asks for it. */
export type AnsweredRepository = Pick<
  RestEndpointMethodTypes['repos']['get']['response']['data'],
  'archived' | 'disabled' | 'private' | 'permissions'
>;

/** What a token of GitHub Actions lacks. */
export const QUIET: Finding = {
  subject: 'CI',
  state: 'warning',
  what: "Pull requests and pushes made with GitHub Actions' own token start no workflow.",
  mend: 'Use a fine-grained token or one of an application of your own as GITHUB_TOKEN, or name a workflow for AutoSync to start.',
};
/** What a token without leave for workflow files lacks. Nothing to mend: no rule lets such files of siblings through. */
export const NO_WORKFLOWS: Finding = {
  subject: 'Workflow files',
  state: 'good',
  what: 'The token may not push changes of files below .github/workflows; AutoSync takes none of them from siblings.',
  mend: '',
};

/** A finding that stops a run. */
export const bad = (subject: string, what: string, mend: string): Finding => ({ subject, state: 'bad', what, mend });

/** What GitHub's API says of pushing; null for tokens of applications, of which it says no whatever they may. */
export function saidToPush(repository: AnsweredRepository, kind: TokenKind): boolean | null {
  return kind === 'installation' ? null : (repository.permissions?.push ?? null);
}

/** Whether the repository takes changes at all, and from this token. `asked` is its full name. */
export function repositoryFindings(
  repository: AnsweredRepository,
  asked: string,
  pushes: boolean | null,
): readonly Finding[] {
  if (repository.archived)
    return [bad('Repository', `${asked} is archived: it is read-only.`, 'Unarchive it in its settings.')];
  if (repository.disabled)
    return [bad('Repository', `${asked} is disabled by GitHub.`, 'Its owner has to contact GitHub.')];
  const grant = `Grant the token "Contents: read and write" and "Pull requests: read and write" for ${asked} (in a workflow: "permissions: { contents: write, pull-requests: write }").`;
  if (pushes === false) return [bad('Repository', `The token may read ${asked} but not push to it.`, grant)];
  if (pushes === true)
    return [{ subject: 'Repository', state: 'good', what: `The token may push to ${asked}.`, mend: '' }];
  return [
    {
      subject: 'Repository',
      state: 'warning',
      what: `GitHub does not say whether the token may push to ${asked}.`,
      mend: grant,
    },
  ];
}

/** Only classic tokens say what they may; `public_repo` is enough for a public repository. */
export function scopeFindings(repository: AnsweredRepository, headers: AnswerHeaders): readonly Finding[] {
  const scopes = scopesOf(headers);
  if (scopes === null || scopes.includes('repo')) return [];
  if (!repository.private && scopes.includes('public_repo')) return [];
  const lacks = repository.private ? 'repo' : 'public_repo';
  const what = `The token lacks the scope "${lacks}", so it can neither push nor open pull requests.`;
  return [bad('GitHub token', what, `Add the scope "${lacks}" to the token on its page at GitHub.`)];
}

/** Only classic tokens say so; that of GitHub Actions never may. */
export function mayPushWorkflows(login: string | null, headers: AnswerHeaders): boolean | null {
  if (login === ACTIONS_LOGIN) return false;
  return scopesOf(headers)?.includes('workflow') ?? null;
}

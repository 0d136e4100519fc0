import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { Finding } from '../core/finding.js';
import type { ForgeNeeds, Preflight } from '../core/forgePort.js';
import type { Clock } from '../core/ports.js';
import type { TokenKind } from './account.js';
import { ACTIONS_LOGIN, loginOf } from './account.js';
import type { Client } from './client.js';
import { expiryFinding, expiryOf } from './expiry.js';
import { refusal, refusalStatus } from './failures.js';
import { closedBy, mergeSettings, reviewsMissing } from './gates.js';
import type { AnswerHeaders } from './permissions.js';
import { scopesOf } from './permissions.js';
import { guardOf } from './rules.js';

type Repository = RestEndpointMethodTypes['repos']['get']['response']['data'];

/** Whether everything a run needs is allowed. A token that is unknown or sees nothing is a finding, not an error. */
export async function preflight(
  client: Client,
  kind: TokenKind,
  clock: Clock,
  needs: ForgeNeeds,
  signal: AbortSignal,
): Promise<Preflight> {
  try {
    const answer = await client.read('metadata', signal, (octokit, at) => octokit.rest.repos.get({ ...at }));
    return await examined(client, kind, clock, needs, answer.data, answer.headers, signal);
  } catch (error) {
    const problem = refusal(error);
    if (problem === null) throw error;
    const finding = bad('GitHub', `${problem.repository}: ${problem.why}.`, problem.next);
    return { login: null, expiresAt: null, pushesWorkflows: null, startsChecks: false, findings: [finding] };
  }
}

async function examined(
  client: Client,
  kind: TokenKind,
  clock: Clock,
  needs: ForgeNeeds,
  repository: Repository,
  headers: AnswerHeaders,
  signal: AbortSignal,
): Promise<Preflight> {
  const login = await loginOf(client, kind, signal);
  const startsChecks = login !== ACTIONS_LOGIN;
  const pushesWorkflows = mayPushWorkflows(login, headers);
  const expiresAt = expiryOf(headers);
  const expiry = expiryFinding(expiresAt, clock());
  const findings = [
    ...repositoryFindings(repository, client),
    ...(expiry === null ? [] : [expiry]),
    ...scopeFindings(repository, headers),
    ...(startsChecks ? [] : [QUIET, ...(await actionsFindings(client, signal))]),
    ...(pushesWorkflows === false ? [NO_WORKFLOWS] : []),
    ...(await readsPulls(client, signal)),
    ...(needs.merge ? await mergeFindings(client, needs, signal) : []),
  ];
  return { login, expiresAt, pushesWorkflows, startsChecks, findings };
}

const QUIET: Finding = {
  subject: 'CI',
  state: 'warning',
  what: "Pull requests and pushes made with GitHub Actions' own token start no workflow.",
  mend: 'Use a fine-grained token or one of an application of your own as GITHUB_TOKEN, or name a workflow for AutoSync to start.',
};
const NO_WORKFLOWS: Finding = {
  subject: 'Workflow files',
  state: 'warning',
  what: 'The token may not push changes of files below .github/workflows.',
  mend: 'Nothing to do unless siblings bring such files; then grant "Workflows: read and write" (classic tokens: the scope "workflow").',
};

const bad = (subject: string, what: string, mend: string): Finding => ({ subject, state: 'bad', what, mend });

function repositoryFindings(repository: Repository, client: Client): readonly Finding[] {
  const asked = `${client.repository.owner}/${client.repository.name}`;
  if (repository.archived)
    return [bad('Repository', `${asked} is archived: it is read-only.`, 'Unarchive it in its settings.')];
  if (repository.disabled)
    return [bad('Repository', `${asked} is disabled by GitHub.`, 'Its owner has to contact GitHub.')];
  if (repository.permissions?.push === true)
    return [{ subject: 'Repository', state: 'good', what: `The token may push to ${asked}.`, mend: '' }];
  const grant = 'Grant the token "Contents: read and write" and "Pull requests: read and write"';
  return [bad('Repository', `The token may read ${asked} but not push to it.`, `${grant} for ${asked}.`)];
}

/** Only classic tokens say what they may; `public_repo` is enough for a public repository. */
function scopeFindings(repository: Repository, headers: AnswerHeaders): readonly Finding[] {
  const scopes = scopesOf(headers);
  if (scopes === null || scopes.includes('repo')) return [];
  if (!repository.private && scopes.includes('public_repo')) return [];
  const lacks = repository.private ? 'repo' : 'public_repo';
  const what = `The token lacks the scope "${lacks}", so it can neither push nor open pull requests.`;
  return [bad('GitHub token', what, `Add the scope "${lacks}" to the token on its page at GitHub.`)];
}

function mayPushWorkflows(login: string | null, headers: AnswerHeaders): boolean | null {
  if (login === ACTIONS_LOGIN) return false;
  return scopesOf(headers)?.includes('workflow') ?? null;
}

/** GitHub Actions' token opens pull requests only where a setting lets it, which only administrators may read. */
async function actionsFindings(client: Client, signal: AbortSignal): Promise<readonly Finding[]> {
  try {
    const { data } = await client.read('read-protection', signal, (octokit, at) =>
      octokit.rest.actions.getGithubActionsDefaultWorkflowPermissionsRepository({ ...at }),
    );
    if (data.can_approve_pull_request_reviews) return [];
  } catch (error) {
    if (refusalStatus(error) === 403 || refusalStatus(error) === 404) return [];
    throw error;
  }
  return [
    bad(
      'Pull requests',
      'The repository does not let GitHub Actions open pull requests.',
      'Tick "Allow GitHub Actions to create and approve pull requests" in its settings, under Actions.',
    ),
  ];
}

async function readsPulls(client: Client, signal: AbortSignal): Promise<readonly Finding[]> {
  try {
    await client.read('write-pulls', signal, (octokit, at) => octokit.rest.pulls.list({ ...at, per_page: 1 }));
    return [];
  } catch (error) {
    const problem = refusal(error);
    if (problem === null) throw error;
    const mend = 'Grant the token "Pull requests: read and write".';
    return [bad('Pull requests', `The token may not even read them: ${problem.why}.`, mend)];
  }
}

/** Rules that keep AutoSync from merging leave pull requests to people: worth knowing, no reason to stop. */
async function mergeFindings(client: Client, needs: ForgeNeeds, signal: AbortSignal): Promise<readonly Finding[]> {
  const [settings, guard] = await Promise.all([mergeSettings(client, signal), guardOf(client, needs.base, signal)]);
  const reasons = [...closedBy(guard, settings, needs.method), ...reviewsMissing(guard.approvals, [], [])];
  const mend =
    'Pull requests will wait for a person; change the rules of the branch, or "merge" in .autosync/config.json.';
  if (reasons.length === 0)
    return [{ subject: 'Merging', state: 'good', what: `"${needs.base}" may be merged into.`, mend: '' }];
  return reasons.map((what) => ({ subject: 'Merging', state: 'warning', what, mend }));
}

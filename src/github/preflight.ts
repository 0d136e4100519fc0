import type { Finding } from '../core/finding.js';
import type { ForgeNeeds, Preflight } from '../core/forgePort.js';
import type { Clock } from '../core/ports.js';
import type { TokenKind } from './account.js';
import { ACTIONS_LOGIN, loginOf } from './account.js';
import type { Client } from './client.js';
import { expiryFinding, expiryOf } from './expiry.js';
import { ALLOW_ACTIONS } from './failures.js';
import { closedBy, mergeSettings, reviewsMissing } from './gates.js';
import type { AnswerHeaders } from './permissions.js';
import { refusal, refusalStatus } from './refusal.js';
import { guardOf } from './rules.js';
import type { AnsweredRepository } from './tokenFindings.js';
import {
  bad,
  mayPushWorkflows,
  NO_WORKFLOWS,
  QUIET,
  repositoryFindings,
  saidToPush,
  scopeFindings,
} from './tokenFindings.js';

/** What is known of the token without asking GitHub's API. */
export interface TokenFacts {
  readonly kind: TokenKind;
  readonly clock: Clock;
  /** Asks over git whether it may push; null: it could not be asked. */
  readonly mayPush: (signal: AbortSignal) => Promise<boolean | null>;
}

/** Whether everything a run needs is allowed. A token that is unknown or sees nothing is a finding, not an error. */
export async function preflight(
  client: Client,
  token: TokenFacts,
  needs: ForgeNeeds,
  signal: AbortSignal,
): Promise<Preflight> {
  try {
    const answer = await client.read('metadata', signal, (octokit, at) => octokit.rest.repos.get({ ...at }));
    return await examined(client, token, needs, answer.data, answer.headers, signal);
  } catch (error) {
    const problem = refusal(error);
    if (problem === null) throw error;
    const finding = bad('GitHub', `${problem.repository}: ${problem.why}.`, problem.next);
    return { login: null, expiresAt: null, pushesWorkflows: null, startsChecks: false, findings: [finding] };
  }
}

async function examined(
  client: Client,
  token: TokenFacts,
  needs: ForgeNeeds,
  repository: AnsweredRepository,
  headers: AnswerHeaders,
  signal: AbortSignal,
): Promise<Preflight> {
  const login = await loginOf(client, token.kind, signal);
  const startsChecks = login !== ACTIONS_LOGIN;
  const pushesWorkflows = mayPushWorkflows(login, headers);
  const expiresAt = expiryOf(headers);
  const expiry = expiryFinding(expiresAt, token.clock());
  const pushes = (await token.mayPush(signal)) ?? saidToPush(repository, token.kind);
  const findings = [
    ...repositoryFindings(repository, `${client.repository.owner}/${client.repository.name}`, pushes),
    ...(expiry === null ? [] : [expiry]),
    ...scopeFindings(repository, headers),
    ...(startsChecks ? [] : [QUIET, ...(await actionsFindings(client, signal))]),
    ...(pushesWorkflows === false ? [NO_WORKFLOWS] : []),
    ...(await readsPulls(client, signal)),
    ...(needs.follow === true ? await readsRuns(client, signal) : []),
    ...(await branchFindings(client, needs, signal)),
  ];
  return { login, expiresAt, pushesWorkflows, startsChecks, findings };
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
  return [bad('Pull requests', 'The repository does not let GitHub Actions open pull requests.', ALLOW_ACTIONS)];
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

/** What follows a landing stops none. Only a start or a repetition would tell whether it may write there as well. */
async function readsRuns(client: Client, signal: AbortSignal): Promise<readonly Finding[]> {
  try {
    await client.read('read-actions', signal, (octokit, at) =>
      octokit.rest.actions.listWorkflowRunsForRepo({ ...at, per_page: 1 }),
    );
    return [];
  } catch (error) {
    const problem = refusal(error);
    if (problem === null) throw error;
    const mend = 'Grant the token "Actions: read and write", or switch "chain.follow" off.';
    const what = `The token may not read the runs of workflows: ${problem.why}.`;
    return [{ subject: 'Actions', state: 'warning', what, mend }];
  }
}

async function branchFindings(client: Client, needs: ForgeNeeds, signal: AbortSignal): Promise<readonly Finding[]> {
  try {
    await client.read('write-contents', signal, (octokit, at) =>
      octokit.rest.repos.getBranch({ ...at, branch: needs.base }),
    );
  } catch (error) {
    const problem = refusal(error);
    if (problem === null) throw error;
    const mend = `Push the branch, or change "target.branch" in .autosync/config.json. Else: ${problem.next}`;
    return [bad('Branch', `The branch "${needs.base}" cannot be read: ${problem.why}.`, mend)];
  }
  return needs.merge ? mergeFindings(client, needs, signal) : [];
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

import type { DeclaredToken, Level } from './declared.js';

/** What a fine-grained token needs for an operation: one of these. An empty list: nothing. */
export type Needed = readonly { readonly permission: string; readonly level: Level }[];

const needed = (...words: readonly string[]): Needed =>
  words.map((word) => {
    const [permission = '', level = ''] = word.split('=');
    return { permission, level: level as Level };
  });

const METADATA = needed('metadata=read');
const CONTENTS = needed('contents=read');
const CONTENTS_WRITE = needed('contents=write');
const PULLS = needed('pull_requests=read');
const PULLS_WRITE = needed('pull_requests=write');
const ISSUES = needed('issues=read', 'pull_requests=read');
const ISSUES_WRITE = needed('issues=write', 'pull_requests=write');
const ACTIONS = needed('actions=read');
const ACTIONS_WRITE = needed('actions=write');
const ADMINISTRATION = needed('administration=read');

/**
 * By operation, after GitHub's page "Permissions required for fine-grained personal access tokens". Its OpenAPI
 * description does not say permissions, so nothing checks this table against GitHub.
 */
const TABLE: Readonly<Record<string, Needed>> = {
  'users/get-authenticated': [],
  'rate-limit/get': [],
  'orgs/check-membership-for-user': needed('members=read'),
  'repos/get': METADATA,
  'repos/get-branch': CONTENTS,
  'repos/get-branch-protection': ADMINISTRATION,
  'repos/get-branch-rules': METADATA,
  'repos/get-commit': CONTENTS,
  'repos/list-commits': CONTENTS,
  'repos/compare-commits-with-basehead': CONTENTS,
  'repos/get-combined-status-for-ref': needed('statuses=read'),
  'repos/list-commit-statuses-for-ref': needed('statuses=read'),
  'repos/create-commit-status': needed('statuses=write'),
  'repos/list-pull-requests-associated-with-commit': PULLS,
  'repos/check-collaborator': METADATA,
  'repos/get-collaborator-permission-level': METADATA,
  'repos/get-content': CONTENTS,
  'checks/list-for-ref': needed('checks=read'),
  'git/get-ref': CONTENTS,
  'git/list-matching-refs': CONTENTS,
  'git/get-commit': CONTENTS,
  'git/create-ref': CONTENTS_WRITE,
  'git/update-ref': CONTENTS_WRITE,
  'git/delete-ref': CONTENTS_WRITE,
  'pulls/list': PULLS,
  'pulls/get': PULLS,
  'pulls/list-files': PULLS,
  'pulls/list-commits': PULLS,
  'pulls/list-reviews': PULLS,
  'pulls/check-if-merged': CONTENTS,
  'pulls/create': PULLS_WRITE,
  'pulls/update': PULLS_WRITE,
  'pulls/request-reviewers': PULLS_WRITE,
  'pulls/update-branch': PULLS_WRITE,
  'pulls/merge': CONTENTS_WRITE,
  'issues/list-labels-for-repo': ISSUES,
  'issues/get': ISSUES,
  'issues/get-label': ISSUES,
  'issues/list-labels-on-issue': ISSUES,
  'issues/list-comments': ISSUES,
  'issues/check-user-can-be-assigned': ISSUES,
  'issues/create-label': ISSUES_WRITE,
  'issues/add-labels': ISSUES_WRITE,
  'issues/set-labels': ISSUES_WRITE,
  'issues/remove-label': ISSUES_WRITE,
  'issues/add-assignees': ISSUES_WRITE,
  'issues/create-comment': ISSUES_WRITE,
  'issues/update-comment': ISSUES_WRITE,
  'actions/list-repo-workflows': ACTIONS,
  'actions/get-workflow': ACTIONS,
  'actions/list-workflow-runs': ACTIONS,
  'actions/list-workflow-runs-for-repo': ACTIONS,
  'actions/get-workflow-run': ACTIONS,
  'actions/list-jobs-for-workflow-run': ACTIONS,
  'actions/create-workflow-dispatch': ACTIONS_WRITE,
  'actions/re-run-workflow-failed-jobs': ACTIONS_WRITE,
  'actions/cancel-workflow-run': ACTIONS_WRITE,
  'actions/get-github-actions-default-workflow-permissions-repository': ADMINISTRATION,
};

const RANK: Readonly<Record<Level, number>> = { read: 1, write: 2, admin: 3 };

/** What an operation needs. Throws when the table forgot it. */
export function neededFor(operation: string): Needed {
  const found = TABLE[operation];
  if (found === undefined) throw new Error(`The stand-in does not say which permission ${operation} needs.`);
  return found;
}

/** True when a level is enough for another. */
export function reaches(has: Level | undefined | null, level: Level): boolean {
  return has !== undefined && has !== null && RANK[has] >= RANK[level];
}

/** True when a fine-grained token, or the token of a workflow, has one of what is needed. */
export function grants(token: DeclaredToken, wanted: Needed): boolean {
  return (
    wanted.length === 0 ||
    wanted.some(({ permission, level }) => permission === 'metadata' || reaches(token.permissions?.[permission], level))
  );
}

/** As GitHub writes it into `x-accepted-github-permissions`. */
export function acceptedHeader(wanted: Needed): string {
  return wanted.map(({ permission, level }) => `${permission}=${level}`).join('; ');
}

import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { MergeMethod } from '../core/forgePort.js';

/** A check that must pass; when `app` is given, only that application's counts. */
export interface RequiredCheck {
  readonly name: string;
  readonly app: number | null;
}

/** What guards a branch, from classic protection and from rules together. */
export interface Guard {
  readonly checks: readonly RequiredCheck[];
  /** Approvals that a merge needs; 0: none. */
  readonly approvals: number;
  /** Ways to merge that are allowed. */
  readonly methods: readonly MergeMethod[];
  /** Why nobody but a person or a queue may merge, a sentence each. */
  readonly closed: readonly string[];
}

type Protection = RestEndpointMethodTypes['repos']['getBranchProtection']['response']['data'];
/** A rule as GitHub's REST API answers it. */
export type Rule = RestEndpointMethodTypes['repos']['getBranchRules']['response']['data'][number];

const ALL: readonly MergeMethod[] = ['merge', 'squash', 'rebase'];
const LINEAR: readonly MergeMethod[] = ['squash', 'rebase'];
/** Nothing in the way. */
export const FREE: Guard = { checks: [], approvals: 0, methods: ALL, closed: [] };

/** Several guards are all in force. */
export function together(guards: readonly Guard[]): Guard {
  const checks = guards.flatMap((guard) => guard.checks);
  return {
    checks: checks.filter((check, index) => checks.findIndex((one) => sameCheck(one, check)) === index),
    approvals: Math.max(0, ...guards.map((guard) => guard.approvals)),
    methods: ALL.filter((method) => guards.every((guard) => guard.methods.includes(method))),
    closed: [...new Set(guards.flatMap((guard) => guard.closed))],
  };
}

const sameCheck = (one: RequiredCheck, other: RequiredCheck): boolean =>
  one.name === other.name && one.app === other.app;

/** Classic branch protection. */
export function ofProtection(protection: Protection): Guard {
  const required = protection.required_status_checks;
  const reviews = protection.required_pull_request_reviews;
  const closed = [
    ...(protection.lock_branch?.enabled ? ['The branch is locked: nobody may change it.'] : []),
    ...(protection.restrictions === undefined ? [] : ['Only named people may push to the branch.']),
    ...(reviews?.require_code_owner_reviews ? ['A code owner has to approve it.'] : []),
  ];
  return {
    checks: checksOf(required?.contexts ?? [], required?.checks ?? []),
    approvals: reviews?.required_approving_review_count ?? 0,
    methods: protection.required_linear_history?.enabled ? LINEAR : ALL,
    closed,
  };
}

/** `checks` says of each name which application reports it; `contexts` is the older list of the same names. */
export function checksOf(
  contexts: readonly string[],
  checks: readonly { readonly context: string; readonly app_id: number | null }[],
): readonly RequiredCheck[] {
  const named = checks.map(({ context, app_id }) => ({ name: context, app: appOf(app_id) }));
  const names = new Set(named.map((check) => check.name));
  return [...named, ...contexts.filter((name) => !names.has(name)).map((name) => ({ name, app: null }))];
}

/** -1 is any application. */
const appOf = (id: number | null | undefined): number | null => (id === undefined || id === -1 ? null : id);

/** One rule of a ruleset. */
export function ofRule(rule: Rule): Guard {
  switch (rule.type) {
    case 'required_status_checks':
      return {
        ...FREE,
        checks: (rule.parameters?.required_status_checks ?? []).map(({ context, integration_id }) => ({
          name: context,
          app: appOf(integration_id),
        })),
      };
    case 'pull_request':
      return {
        ...FREE,
        approvals: rule.parameters?.required_approving_review_count ?? 0,
        methods: rule.parameters?.allowed_merge_methods ?? ALL,
        closed: rule.parameters?.require_code_owner_review ? ['A code owner has to approve it.'] : [],
      };
    case 'required_linear_history':
      return { ...FREE, methods: LINEAR };
    case 'merge_queue':
      return { ...FREE, closed: ['The branch takes changes through a merge queue only.'] };
    case 'update':
      return { ...FREE, closed: ['Only who may bypass the rules may change the branch.'] };
    default:
      return FREE;
  }
}

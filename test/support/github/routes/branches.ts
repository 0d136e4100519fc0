import { tipOf } from '../bare.js';
import { type Call, type Handler, page, Refusal } from '../call.js';
import type { Protection } from '../declared.js';
import type { JsonObject } from '../json.js';
import { guardsOf } from '../mergeability.js';
import { commitView } from '../views.js';

function checksOf(guard: Protection | undefined): JsonObject {
  const names = guard?.requiredChecks ?? [];
  return {
    strict: guard?.strict === true,
    contexts: names,
    checks: names.map((context) => ({ context, app_id: null })),
  };
}

const urlOf = (call: Call, branch: string): string =>
  `${call.world.origin}/repos/${call.repository.fullName}/branches/${encodeURIComponent(branch)}`;

const get: Handler = (call) => {
  const branch = call.values['branch'] ?? '';
  const tip = tipOf(call.repository.folder, branch);
  if (tip === null) throw new Refusal(404, 'Branch not found');
  const guard = call.repository.protection.get(branch);
  const guarded = guardsOf(call.repository, branch).length > 0;
  return {
    status: 200,
    body: call.world.shape('branch-with-protection', {
      name: branch,
      commit: commitView(call.world, call.repository, tip),
      protected: guarded,
      protection: {
        enabled: guard !== undefined,
        required_status_checks: { enforcement_level: guard === undefined ? 'off' : 'everyone', ...checksOf(guard) },
      },
      protection_url: `${urlOf(call, branch)}/protection`,
      _links: { html: `${call.world.origin}/${call.repository.fullName}/tree/${branch}`, self: urlOf(call, branch) },
    }),
  };
};

const protection: Handler = (call) => {
  const branch = call.values['branch'] ?? '';
  if (tipOf(call.repository.folder, branch) === null) throw new Refusal(404, 'Branch not found');
  const guard = call.repository.protection.get(branch);
  if (guard === undefined) throw new Refusal(404, 'Branch not protected');
  const url = `${urlOf(call, branch)}/protection`;
  return {
    status: 200,
    body: call.world.shape('branch-protection', {
      url,
      enforce_admins: { url: `${url}/enforce_admins`, enabled: true },
      required_linear_history: { enabled: guard.linearHistory === true },
      allow_force_pushes: { enabled: false },
      allow_deletions: { enabled: false },
      ...(guard.requiredChecks === undefined
        ? {}
        : {
            required_status_checks: {
              url: `${url}/required_status_checks`,
              contexts_url: `${url}/required_status_checks/contexts`,
              ...checksOf(guard),
            },
          }),
      ...(guard.requiredApprovals === undefined
        ? {}
        : {
            required_pull_request_reviews: {
              url: `${url}/required_pull_request_reviews`,
              dismiss_stale_reviews: false,
              require_code_owner_reviews: guard.codeOwnerReviews === true,
              required_approving_review_count: guard.requiredApprovals,
              require_last_push_approval: false,
            },
          }),
    }),
  };
};

function rulesOf(guard: Protection): readonly JsonObject[] {
  const checks = guard.requiredChecks ?? [];
  return [
    { type: 'deletion' },
    { type: 'non_fast_forward' },
    ...(guard.linearHistory ? [{ type: 'required_linear_history' }] : []),
    ...(checks.length === 0
      ? []
      : [
          {
            type: 'required_status_checks',
            parameters: {
              strict_required_status_checks_policy: guard.strict === true,
              required_status_checks: checks.map((context) => ({ context })),
            },
          },
        ]),
    ...(guard.requiredApprovals === undefined
      ? []
      : [
          {
            type: 'pull_request',
            parameters: {
              dismiss_stale_reviews_on_push: false,
              require_code_owner_review: guard.codeOwnerReviews === true,
              require_last_push_approval: false,
              required_approving_review_count: guard.requiredApprovals,
              required_review_thread_resolution: false,
            },
          },
        ]),
  ];
}

const rules: Handler = (call) => {
  const guard = call.repository.rules.get(call.values['branch'] ?? '');
  const source = { ruleset_source_type: 'Repository', ruleset_source: call.repository.fullName, ruleset_id: 1 };
  return page(call, guard === undefined ? [] : rulesOf(guard).map((rule) => ({ ...rule, ...source })));
};

/** Answers of the operations on branches and what guards them. */
export const branchRoutes: Readonly<Record<string, Handler>> = {
  'repos/get-branch': get,
  'repos/get-branch-protection': protection,
  'repos/get-branch-rules': rules,
};

import type { Handler } from '../call.js';
import { account } from '../people.js';
import { sharedView } from '../pullView.js';
import { pullOf } from './pulls.js';

/** The issue that every pull request also is; only it says who closed it. */
const get: Handler = (call) => {
  const { world, repository } = call;
  const pull = pullOf(call);
  const url = `${world.origin}/repos/${repository.fullName}/issues/${pull.number}`;
  const html = `${world.origin}/${repository.fullName}/pull/${pull.number}`;
  return {
    status: 200,
    body: world.shape('issue', {
      id: pull.id,
      number: pull.number,
      url,
      html_url: html,
      ...sharedView(world, repository, pull),
      created_at: pull.createdAt,
      updated_at: pull.updatedAt,
      closed_at: pull.closedAt,
      closed_by: pull.closedBy === null ? null : world.shape('simple-user', account(world, pull.closedBy)),
      pull_request: { url: url.replace('/issues/', '/pulls/'), html_url: html, diff_url: null, patch_url: null },
    }),
  };
};

/** Answers of the operations on issues that are no labels, comments or people. */
export const issueRoutes: Readonly<Record<string, Handler>> = {
  'issues/get': get,
};

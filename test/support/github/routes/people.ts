import { type Call, type Handler, notFound, page, Refusal } from '../call.js';
import { isObject, type Json, type JsonObject, textAt, textsAt } from '../json.js';
import { account, roleOf, userView } from '../people.js';
import { nodeOf, pullInList } from '../pullView.js';
import { labelView } from '../views.js';
import type { Comment, Pull } from '../world.js';
import { pullOf } from './pulls.js';

const isMember: Handler = (call) => {
  const members = call.world.organizations[call.values['org'] ?? ''];
  if (members?.includes(call.values['username'] ?? '') !== true) throw notFound();
  return { status: 204 };
};

const isCollaborator: Handler = (call) => {
  if (roleOf(call.repository, call.values['username'] ?? '') === null) throw notFound();
  return { status: 204 };
};

const permission: Handler = (call) => {
  const login = call.values['username'] ?? '';
  const role = roleOf(call.repository, login);
  const user = { ...account(call.world, login), role_name: role ?? 'none' };
  return {
    status: 200,
    body: call.world.shape('repository-collaborator-permission', {
      permission: role ?? (call.repository.declared.private ? 'none' : 'read'),
      role_name: role ?? 'none',
      user: call.world.shape('nullable-collaborator', user),
    }),
  };
};

const assignable: Handler = (call) => {
  if (roleOf(call.repository, call.values['assignee'] ?? '') === null) throw notFound();
  return { status: 204 };
};

function issueView(call: Call, pull: Pull): JsonObject {
  const { world, repository } = call;
  const url = `${world.origin}/repos/${repository.fullName}/issues/${pull.number}`;
  return world.shape('issue', {
    id: pull.id,
    node_id: nodeOf(repository, pull),
    number: pull.number,
    title: pull.title,
    body: pull.body ?? '',
    state: pull.state,
    url,
    html_url: `${world.origin}/${repository.fullName}/pull/${pull.number}`,
    user: userView(world, pull.author),
    assignees: pull.assignees.map((login) => userView(world, login)),
    labels: pull.labels.flatMap((name) => {
      const label = repository.labels.get(name.toLowerCase());
      return label === undefined ? [] : [labelView(world, repository, label)];
    }),
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
  });
}

const assign: Handler = (call) => {
  const pull = pullOf(call);
  const asked = call.body['assignees'];
  const logins = (Array.isArray(asked) ? asked : []).map((one: Json) =>
    typeof one === 'string' ? one : (textAt(isObject(one) ? one : {}, 'login') ?? ''),
  );
  // GitHub leaves out, without a word, whoever cannot be assigned.
  const able = logins.filter((login) => roleOf(call.repository, login) !== null);
  pull.assignees = [...new Set([...pull.assignees, ...able])];
  return { status: 201, body: issueView(call, pull) };
};

const NO_COLLABORATOR =
  'Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the';

const requestReviewers: Handler = (call) => {
  const { world, repository, body } = call;
  const pull = pullOf(call);
  const logins = textsAt(body, 'reviewers');
  const teams = textsAt(body, 'team_reviewers');
  if (logins.includes(pull.author)) throw new Refusal(422, 'Review cannot be requested from pull request author.');
  const strangers = logins.some((login) => roleOf(repository, login) === null);
  if (strangers || teams.some((slug) => repository.declared.teams?.includes(slug) !== true)) {
    throw new Refusal(422, `${NO_COLLABORATOR} ${repository.fullName} repository.`);
  }
  pull.reviewers = [...new Set([...pull.reviewers, ...logins])];
  pull.teams = [...new Set([...pull.teams, ...teams])];
  return { status: 201, body: pullInList(world, repository, pull) };
};

const reviews: Handler = (call) => {
  const pull = pullOf(call);
  const { world, repository } = call;
  const url = `${world.origin}/repos/${repository.fullName}/pulls/${pull.number}`;
  const views = pull.reviews.map((review) =>
    world.shape('pull-request-review', {
      id: review.id,
      node_id: `PRR_${review.id}`,
      user: userView(world, review.login),
      body: review.body,
      state: review.state,
      commit_id: review.commit,
      submitted_at: review.at,
      html_url: url,
      pull_request_url: url,
      _links: { html: { href: url }, pull_request: { href: url } },
      author_association: 'MEMBER',
    }),
  );
  return page(call, views);
};

function commentView(call: Call, comment: Comment): JsonObject {
  const url = `${call.world.origin}/repos/${call.repository.fullName}/issues/comments/${comment.id}`;
  return call.world.shape('issue-comment', {
    id: comment.id,
    node_id: `IC_${comment.id}`,
    url,
    html_url: `${call.world.origin}/${call.repository.fullName}/pull/${comment.pull}#issuecomment-${comment.id}`,
    body: comment.body,
    user: userView(call.world, comment.login),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: 'MEMBER',
  });
}

const comments: Handler = (call) => {
  const { number } = pullOf(call);
  const found = [...call.repository.comments.values()].filter((comment) => comment.pull === number);
  return page(
    call,
    found.map((comment) => commentView(call, comment)),
  );
};

const createComment: Handler = (call) => {
  const now = call.world.now();
  const comment: Comment = {
    id: call.world.nextId(),
    pull: pullOf(call).number,
    login: call.login,
    body: textAt(call.body, 'body') ?? '',
    createdAt: now,
    updatedAt: now,
  };
  call.repository.comments.set(comment.id, comment);
  return { status: 201, body: commentView(call, comment) };
};

const updateComment: Handler = (call) => {
  const comment = call.repository.comments.get(Number(call.values['comment_id']));
  if (comment === undefined) throw notFound();
  comment.body = textAt(call.body, 'body') ?? '';
  comment.updatedAt = call.world.now();
  return { status: 200, body: commentView(call, comment) };
};

/** Answers of the operations on people, reviews and comments. */
export const peopleRoutes: Readonly<Record<string, Handler>> = {
  'orgs/check-membership-for-user': isMember,
  'repos/check-collaborator': isCollaborator,
  'repos/get-collaborator-permission-level': permission,
  'issues/check-user-can-be-assigned': assignable,
  'issues/add-assignees': assign,
  'pulls/request-reviewers': requestReviewers,
  'pulls/list-reviews': reviews,
  'issues/list-comments': comments,
  'issues/create-comment': createComment,
  'issues/update-comment': updateComment,
};

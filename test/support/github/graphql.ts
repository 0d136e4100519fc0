import { refuseAccess, sees } from './access.js';
import { type Answer, Refusal } from './call.js';
import type { DeclaredToken } from './declared.js';
import { type Mutation, readMutation } from './graphqlText.js';
import { isObject, type Json, type JsonObject, objectAt, textAt } from './json.js';
import { mergeabilityOf } from './mergeability.js';
import { nodeOf } from './pullView.js';
import type { Pull, Repository, World } from './world.js';

/** The keys that the input of each mutation may have besides `clientMutationId`; `pullRequestId` is required. */
const INPUTS: Readonly<Record<string, readonly string[]>> = {
  enablePullRequestAutoMerge: ['mergeMethod', 'commitHeadline', 'commitBody', 'authorEmail', 'expectedHeadOid'],
  disablePullRequestAutoMerge: [],
  convertPullRequestToDraft: [],
  markPullRequestReadyForReview: [],
};

/** The one question that is no mutation. */
const WHO = /^\s*query\s*\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/;

const FIELDS = new Set([
  ...['clientMutationId', 'pullRequest', 'id', 'number', 'isDraft', 'state', 'url', 'headRefOid', 'title'],
  ...['autoMergeRequest', 'mergeMethod', 'enabledAt'],
]);

const METHODS = { MERGE: 'merge', SQUASH: 'squash', REBASE: 'rebase' } as const;

function wrongs({ name, input, fields }: Mutation): readonly string[] {
  const allowed = INPUTS[name];
  if (allowed === undefined) return [`${name} is no mutation that the stand-in knows`];
  const keys = Object.keys(input).filter((key) => ![...allowed, 'pullRequestId', 'clientMutationId'].includes(key));
  const method = input['mergeMethod'];
  return [
    ...keys.map((key) => `${name} takes no ${key}`),
    ...(Object.values(input).every((value) => typeof value === 'string') ? [] : ['input holds what is no text']),
    ...(textAt(input, 'pullRequestId') === null ? [`${name} needs pullRequestId`] : []),
    ...(method === undefined || String(method) in METHODS ? [] : [`mergeMethod ${method} is none`]),
    ...fields.filter((field) => !FIELDS.has(field)).map((field) => `a pull request has no field ${field}`),
  ];
}

function find(world: World, node: string): { readonly repository: Repository; readonly pull: Pull } | null {
  for (const repository of world.repositories.values()) {
    for (const pull of repository.pulls.values()) if (nodeOf(repository, pull) === node) return { repository, pull };
  }
  return null;
}

function enableAutoMerge(repository: Repository, pull: Pull, input: JsonObject, login: string): void {
  if (repository.declared.allowAutoMerge !== true) {
    throw new Refusal(422, 'Auto merge is not allowed for this repository');
  }
  const { state, refusal } = mergeabilityOf(repository, pull);
  if (pull.state === 'closed') throw new Refusal(422, 'Pull request is closed');
  if (refusal === null) throw new Refusal(422, `Pull request Pull request is in ${state} status`);
  const seen = textAt(input, 'expectedHeadOid');
  if (seen !== null && seen !== pull.headSha) throw new Refusal(422, 'Head sha didn’t match expected head sha');
  const method = METHODS[(textAt(input, 'mergeMethod') ?? 'MERGE') as keyof typeof METHODS];
  if (repository.declared.mergeMethods?.includes(method) === false) {
    throw new Refusal(422, `Merge method ${method} merging is not allowed on this repository`);
  }
  pull.autoMerge = { method, by: login };
}

function perform(name: string, repository: Repository, pull: Pull, input: JsonObject, login: string): void {
  if (name === 'enablePullRequestAutoMerge') enableAutoMerge(repository, pull, input, login);
  else if (name === 'disablePullRequestAutoMerge') pull.autoMerge = null;
  else pull.draft = name === 'convertPullRequestToDraft';
}

function view(world: World, repository: Repository, pull: Pull, input: JsonObject): JsonObject {
  const request = pull.autoMerge;
  return {
    clientMutationId: input['clientMutationId'] ?? null,
    pullRequest: {
      id: nodeOf(repository, pull),
      number: pull.number,
      title: pull.title,
      isDraft: pull.draft,
      state: pull.merge === null ? pull.state.toUpperCase() : 'MERGED',
      url: `${world.origin}/${repository.fullName}/pull/${pull.number}`,
      headRefOid: pull.headSha,
      autoMergeRequest: request === null ? null : { mergeMethod: request.method.toUpperCase(), enabledAt: world.now() },
    },
  };
}

const failed = (name: string, type: string, message: string): Answer => ({
  status: 200,
  body: { data: { [name]: null }, errors: [{ type, path: [name], message }] },
});

function mutate(world: World, token: DeclaredToken, { name, input }: Mutation): Answer {
  const node = textAt(input, 'pullRequestId') ?? '';
  const found = find(world, node);
  if (found === null || !sees(token, found.repository)) {
    return failed(name, 'NOT_FOUND', `Could not resolve to a node with the global id of '${node}'`);
  }
  const { repository, pull } = found;
  try {
    const permission = name.endsWith('AutoMerge') ? 'contents' : 'pull_requests';
    refuseAccess(token, repository, [{ permission, level: 'write' }]);
    perform(name, repository, pull, input, token.login);
    return { status: 200, body: { data: { [name]: view(world, repository, pull, input) } } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return failed(name, error.status === 403 ? 'FORBIDDEN' : 'UNPROCESSABLE', error.message);
  }
}

/** Answers the few mutations that GitHub has no REST operation for, and who asks, and says what is wrong with all else. */
export function answerGraphql(
  world: World,
  token: DeclaredToken | null,
  text: string,
): { readonly answer: Answer; readonly violations: readonly string[] } {
  if (token === null) throw new Refusal(401, 'This endpoint requires you to be authenticated.');
  const body: Json = JSON.parse(text);
  const asked = isObject(body) ? body : {};
  const extra = Object.keys(asked).filter((key) => !['query', 'variables', 'operationName'].includes(key));
  try {
    if (extra.length > 0) throw new Error(`body has ${extra.join(', ')}`);
    if (WHO.test(textAt(asked, 'query') ?? ''))
      return { answer: { status: 200, body: { data: { viewer: { login: token.login } } } }, violations: [] };
    const mutation = readMutation(textAt(asked, 'query') ?? '', objectAt(asked, 'variables'));
    const violations = wrongs(mutation);
    if (violations.length === 0) return { answer: mutate(world, token, mutation), violations };
    return { answer: { status: 200, body: { errors: violations.map((message) => ({ message })) } }, violations };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { answer: { status: 200, body: { errors: [{ message }] } }, violations: [message] };
  }
}

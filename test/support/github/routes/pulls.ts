import { commitsBetween, contains, meetingOf, tipOf } from '../bare.js';
import { type Call, type Handler, invalid, notFound, page, Refusal } from '../call.js';
import { type Actor, keepHead, startRuns } from '../happenings.js';
import { textAt } from '../json.js';
import { type MergeWish, mergePull, updateHead } from '../merging.js';
import { pullAlone, pullInList } from '../pullView.js';
import { commitView, filesView } from '../views.js';
import type { Pull } from '../world.js';

/** The pull request in the path of a call. */
export function pullOf(call: Call): Pull {
  const number = Number(call.values['pull_number'] ?? call.values['issue_number']);
  const pull = call.repository.pulls.get(number);
  if (pull === undefined) throw notFound();
  return pull;
}

/** Who asks, for what follows from it. */
export function actorOf(call: Call): Actor {
  return { login: call.login, startsWorkflows: call.token?.kind !== 'actions' };
}

/** The branch in `branch` or `owner:branch`; null when it belongs to somebody else. */
function branchIn(call: Call, head: string): string | null {
  const colon = head.indexOf(':');
  if (colon < 0) return head;
  return head.slice(0, colon).toLowerCase() === call.repository.owner.toLowerCase() ? head.slice(colon + 1) : null;
}

const custom = (message: string): Refusal => invalid([{ resource: 'PullRequest', code: 'custom', message }]);
const wrong = (field: string): Refusal => invalid([{ resource: 'PullRequest', field, code: 'invalid' }]);

function refuseTwin(call: Call, head: string, base: string): void {
  const twin = [...call.repository.pulls.values()].some(
    (pull) => pull.state === 'open' && pull.head === head && pull.base === base,
  );
  if (twin) throw custom(`A pull request already exists for ${call.repository.owner}:${head}.`);
}

const list: Handler = (call) => {
  const { state = 'open', head, base, sort = 'created', direction } = call.query;
  const found = [...call.repository.pulls.values()].filter(
    (pull) =>
      (state === 'all' || pull.state === state) &&
      (base === undefined || pull.base === base) &&
      // GitHub takes a head without its owner for no filter at all.
      (head === undefined || !head.includes(':') || pull.head === branchIn(call, head)),
  );
  const key = (pull: Pull): string => (sort === 'updated' ? pull.updatedAt : String(pull.number).padStart(9, '0'));
  found.sort((one, other) => key(one).localeCompare(key(other)));
  if ((direction ?? (sort === 'created' ? 'desc' : 'asc')) === 'desc') found.reverse();
  return page(
    call,
    found.map((pull) => pullInList(call.world, call.repository, pull)),
  );
};

function made(call: Call, head: string, base: string, tips: { readonly head: string; readonly base: string }): Pull {
  const { world, repository, body } = call;
  const now = world.now();
  return {
    id: world.nextId(),
    number: repository.pulls.size + 1,
    author: call.login,
    head,
    base,
    title: textAt(body, 'title') ?? '',
    body: textAt(body, 'body'),
    draft: body['draft'] === true,
    state: 'open',
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
    merge: null,
    autoMerge: null,
    labels: [],
    assignees: [],
    reviewers: [],
    teams: [],
    reviews: [],
    headSha: tips.head,
    baseSha: tips.base,
    unknownReads: repository.declared.slowMergeability ?? 0,
  };
}

const create: Handler = (call) => {
  const { world, repository, body } = call;
  if (call.token?.kind === 'actions' && repository.declared.actionsMayCreatePullRequests === false) {
    throw new Refusal(403, 'GitHub Actions is not permitted to create or approve pull requests.');
  }
  const head = branchIn(call, textAt(body, 'head') ?? '');
  const base = textAt(body, 'base') ?? '';
  const headTip = head === null ? null : tipOf(repository.folder, head);
  const baseTip = tipOf(repository.folder, base);
  if (head === null || headTip === null) throw wrong('head');
  if (baseTip === null) throw wrong('base');
  if ((textAt(body, 'title') ?? '').trim() === '') {
    throw invalid([{ resource: 'PullRequest', field: 'title', code: 'missing_field' }]);
  }
  refuseTwin(call, head, base);
  if (contains(repository.folder, baseTip, headTip)) throw custom(`No commits between ${base} and ${head}`);
  const pull = made(call, head, base, { head: headTip, base: baseTip });
  repository.pulls.set(pull.number, pull);
  keepHead(repository, pull);
  startRuns(world, repository, 'pull_request', { branch: head, sha: headTip }, actorOf(call));
  return { status: 201, body: pullAlone(world, repository, pull) };
};

const get: Handler = (call) => ({ status: 200, body: pullAlone(call.world, call.repository, pullOf(call)) });

function changeState(call: Call, pull: Pull, state: string): void {
  if (state === pull.state) return;
  if (state === 'closed') {
    pull.state = 'closed';
    pull.closedAt = call.world.now();
    pull.closedBy = call.login;
    pull.autoMerge = null;
    return;
  }
  const { folder } = call.repository;
  const head = tipOf(folder, pull.head);
  if (pull.merge !== null) throw custom('state cannot be changed. The pull request was merged.');
  if (head === null) throw custom(`state cannot be changed. The ${pull.head} branch has been deleted.`);
  if (!contains(folder, head, pull.headSha)) {
    throw custom(`state cannot be changed. The ${pull.head} branch was force-pushed or recreated.`);
  }
  refuseTwin(call, pull.head, pull.base);
  pull.state = 'open';
  pull.closedAt = null;
  pull.closedBy = null;
  pull.headSha = head;
  pull.baseSha = tipOf(folder, pull.base) ?? pull.baseSha;
}

const update: Handler = (call) => {
  const pull = pullOf(call);
  const base = textAt(call.body, 'base');
  const tip = base === null ? null : tipOf(call.repository.folder, base);
  if (base !== null && tip === null) throw wrong('base');
  const state = textAt(call.body, 'state');
  if (state !== null) changeState(call, pull, state);
  if (base !== null && tip !== null) {
    pull.base = base;
    pull.baseSha = tip;
  }
  pull.title = textAt(call.body, 'title') ?? pull.title;
  pull.body = textAt(call.body, 'body') ?? pull.body;
  pull.updatedAt = call.world.now();
  return { status: 200, body: pullAlone(call.world, call.repository, pull) };
};

const merge: Handler = (call) => {
  const wish: MergeWish = {
    method: (textAt(call.body, 'merge_method') ?? 'merge') as MergeWish['method'],
    sha: textAt(call.body, 'sha'),
    title: textAt(call.body, 'commit_title'),
    message: textAt(call.body, 'commit_message'),
  };
  const sha = mergePull(call.world, call.repository, pullOf(call), wish, actorOf(call));
  return { status: 200, body: { sha, merged: true, message: 'Pull Request successfully merged' } };
};

const updateBranch: Handler = (call) => {
  const pull = pullOf(call);
  updateHead(call.world, call.repository, pull, textAt(call.body, 'expected_head_sha'), actorOf(call));
  const url = `${call.world.origin}/repos/${call.repository.fullName}/pulls/${pull.number}`;
  return { status: 202, body: { message: 'Updating pull request branch.', url } };
};

const isMerged: Handler = (call) => {
  if (pullOf(call).merge === null) throw notFound();
  return { status: 204 };
};

const files: Handler = (call) => {
  const pull = pullOf(call);
  const start = meetingOf(call.repository.folder, pull.baseSha, pull.headSha) ?? pull.baseSha;
  return page(call, filesView(call.world, call.repository, start, pull.headSha));
};

const commits: Handler = (call) => {
  const pull = pullOf(call);
  const found = commitsBetween(call.repository.folder, pull.baseSha, pull.headSha);
  return page(
    call,
    found.map((sha) => commitView(call.world, call.repository, sha)),
  );
};

/** Answers of the operations on pull requests. */
export const pullRoutes: Readonly<Record<string, Handler>> = {
  'pulls/list': list,
  'pulls/create': create,
  'pulls/get': get,
  'pulls/update': update,
  'pulls/merge': merge,
  'pulls/update-branch': updateBranch,
  'pulls/check-if-merged': isMerged,
  'pulls/list-files': files,
  'pulls/list-commits': commits,
};

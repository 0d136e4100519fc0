import { git } from '../../plainGit.js';
import { commitAt, contains, moveRef, refsOf } from '../bare.js';
import { type Call, type Handler, invalid, notFound, Refusal } from '../call.js';
import { refsMoved } from '../happenings.js';
import type { JsonObject } from '../json.js';
import { textAt } from '../json.js';
import { guardsOf } from '../mergeability.js';
import { actorOf } from './pulls.js';

function view(call: Call, ref: string, sha: string): JsonObject {
  const at = `${call.world.origin}/repos/${call.repository.fullName}/git`;
  return call.world.shape('git-ref', {
    ref,
    node_id: `REF_${ref}`,
    url: `${at}/${ref}`,
    object: { type: 'commit', sha, url: `${at}/commits/${sha}` },
  });
}

const full = (call: Call): string => `refs/${call.values['ref'] ?? ''}`;

function shaOf(call: Call): string {
  const sha = textAt(call.body, 'sha') ?? '';
  const known = /^[0-9a-f]{40}$/.test(sha) && commitAt(call.repository.folder, sha) !== null;
  if (!known) throw new Refusal(422, 'Object does not exist');
  return sha;
}

function refuseGuarded(call: Call, ref: string): void {
  if (guardsOf(call.repository, ref.replace('refs/heads/', '')).length > 0) {
    throw new Refusal(422, `Cannot update this protected ref: ${ref}`);
  }
}

const get: Handler = (call) => {
  const sha = refsOf(call.repository.folder, full(call)).get(full(call));
  if (sha === undefined) throw notFound();
  return { status: 200, body: view(call, full(call), sha) };
};

const matching: Handler = (call) => {
  const found = [...refsOf(call.repository.folder)].filter(([ref]) => ref.startsWith(full(call)));
  return { status: 200, body: found.map(([ref, sha]) => view(call, ref, sha)) };
};

const create: Handler = (call) => {
  const { repository, world } = call;
  const ref = textAt(call.body, 'ref') ?? '';
  if (!/^refs\/[^/]+\/.+/.test(ref)) throw invalid([{ resource: 'Reference', code: 'invalid', field: 'ref' }]);
  const sha = shaOf(call);
  const before = refsOf(repository.folder);
  if (before.has(ref)) throw new Refusal(422, 'Reference already exists');
  moveRef(repository.folder, ref, sha, null);
  refsMoved(world, repository, before, actorOf(call));
  return { status: 201, body: view(call, ref, sha) };
};

const update: Handler = (call) => {
  const { repository, world } = call;
  const before = refsOf(repository.folder);
  const from = before.get(full(call));
  if (from === undefined) throw new Refusal(422, 'Reference does not exist');
  const sha = shaOf(call);
  refuseGuarded(call, full(call));
  if (call.body['force'] !== true && !contains(repository.folder, sha, from)) {
    throw new Refusal(422, 'Update is not a fast forward');
  }
  moveRef(repository.folder, full(call), sha, from);
  refsMoved(world, repository, before, actorOf(call));
  return { status: 200, body: view(call, full(call), sha) };
};

const remove: Handler = (call) => {
  const { repository, world } = call;
  const before = refsOf(repository.folder);
  if (!before.has(full(call))) throw new Refusal(422, 'Reference does not exist');
  refuseGuarded(call, full(call));
  git(repository.folder, ['update-ref', '-d', full(call)]);
  refsMoved(world, repository, before, actorOf(call));
  return { status: 204 };
};

/** Answers of the operations on refs. */
export const refRoutes: Readonly<Record<string, Handler>> = {
  'git/get-ref': get,
  'git/list-matching-refs': matching,
  'git/create-ref': create,
  'git/update-ref': update,
  'git/delete-ref': remove,
};

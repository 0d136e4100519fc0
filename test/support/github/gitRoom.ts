import type { IncomingHttpHeaders } from 'node:http';
import { refuseAccess, sees } from './access.js';
import { refsOf } from './bare.js';
import { notFound, Refusal } from './call.js';
import type { DeclaredToken } from './declared.js';
import { askGit, type GitAnswer } from './gitHttp.js';
import { refsMoved } from './happenings.js';
import { guardsOf } from './mergeability.js';
import { reaches } from './permissions.js';
import type { Repository, World } from './world.js';

/** A request of git over HTTP. */
export interface GitCall {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const ADDRESS = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

/** True for an address that git asks. */
export function isGit(path: string): boolean {
  return ADDRESS.test(path);
}

function mayPushWorkflows(token: DeclaredToken | null): boolean {
  if (token?.kind === 'classic') return token.scopes?.includes('workflow') === true;
  return reaches(token?.permissions?.['workflows'], 'write');
}

function guardedBranches(repository: Repository): readonly string[] {
  const branches = new Set([...repository.protection.keys(), ...repository.rules.keys()]);
  return [...branches].filter((branch) => guardsOf(repository, branch).length > 0);
}

function refuse(repository: Repository, token: DeclaredToken | null, pushes: boolean): void {
  const unknown = new Refusal(401, 'Requires authentication');
  if (token === null && (pushes || !sees(null, repository))) throw unknown;
  if (!sees(token, repository)) throw notFound();
  refuseAccess(token, repository, [{ permission: 'contents', level: pushes ? 'write' : 'read' }]);
}

/** Answers git. Throws a {@link Refusal}: 401 without a token where one is needed, 403 and 404 as GitHub does. */
export async function answerGit(
  world: World,
  root: string,
  token: DeclaredToken | null,
  call: GitCall,
): Promise<GitAnswer> {
  const [, owner = '', name = '', service = ''] = ADDRESS.exec(call.path) ?? [];
  const repository = world.repositories.get(`${owner}/${name}`.toLowerCase());
  if (repository === undefined) throw token === null ? new Refusal(401, 'Requires authentication') : notFound();
  const pushes = `${service}${call.query}`.includes('git-receive-pack');
  refuse(repository, token, pushes);
  const before = refsOf(repository.folder);
  const answer = await askGit({
    ...call,
    root,
    path: `/${repository.fullName}.git/${service}`,
    login: token?.login ?? '',
    hook: {
      STAND_IN_WORKFLOWS: mayPushWorkflows(token) ? 'taken' : 'refused',
      STAND_IN_GUARDED: guardedBranches(repository).join(' '),
    },
  });
  if (pushes && call.method === 'POST') {
    refsMoved(world, repository, before, { login: token?.login ?? '', startsWorkflows: token?.kind !== 'actions' });
  }
  return answer;
}

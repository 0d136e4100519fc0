import type { IncomingHttpHeaders } from 'node:http';
import { refuseAccess } from './access.js';
import { type Answer, type Call, Refusal } from './call.js';
import type { DeclaredToken } from './declared.js';
import { type Description, findOperation, type Operation } from './description.js';
import { isObject, type Json, type JsonObject } from './json.js';
import type { LimitView } from './limits.js';
import { neededFor } from './permissions.js';
import { ROUTES } from './routes.js';
import type { Validators } from './validators.js';
import type { Repository, World } from './world.js';

/** A request of the REST API. */
export interface ApiRequest {
  readonly method: string;
  /** Without query, and without `/api/v3`. */
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** What its token may still ask. */
  readonly limit: LimitView;
}

/** An answer, and what was wrong with request or answer. */
export interface ApiAnswer {
  readonly answer: Answer;
  readonly operation: Operation | null;
  readonly violations: readonly string[];
}

/** GitHub's form of a refusal. */
export function refusalAnswer(refusal: Refusal): Answer {
  const documentation_url = 'https://docs.github.com/rest';
  const errors = refusal.errors === undefined ? {} : { errors: refusal.errors };
  return { status: refusal.status, body: { message: refusal.message, documentation_url, ...errors } };
}

function readBody(text: string): Json | undefined {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'Problems parsing JSON');
  }
}

function wrongs(
  validators: Validators,
  operation: Operation,
  request: ApiRequest,
  parts: { readonly values: Readonly<Record<string, string>>; readonly body: Json | undefined },
): readonly string[] {
  const pairs = [...new URLSearchParams(request.query)];
  const twice = pairs.length === new Set(pairs.map(([name]) => name)).size ? [] : ['query names a parameter twice'];
  return [
    ...(request.headers['user-agent'] === undefined ? ['no user-agent: GitHub answers 403'] : []),
    ...twice,
    ...validators.parameters(operation, 'path', parts.values),
    ...validators.parameters(operation, 'query', Object.fromEntries(pairs)),
    ...validators.body(operation, parts.body),
  ];
}

function repositoryOf(world: World, values: Readonly<Record<string, string>>): Repository | null {
  if (values['owner'] === undefined) return null;
  const found = world.repositories.get(`${values['owner']}/${values['repo']}`.toLowerCase());
  if (found === undefined) throw new Refusal(404, 'Not Found');
  return found;
}

/** GitHub takes a bare list of labels too: a call has it under its name. */
function bodyOf(body: Json | undefined): JsonObject {
  if (Array.isArray(body)) return { labels: body };
  return isObject(body) ? body : {};
}

function handled(
  world: World,
  token: DeclaredToken | null,
  operation: Operation,
  call: Omit<Call, 'repository'>,
): Answer {
  const repository = repositoryOf(world, call.values);
  if (repository !== null) refuseAccess(token, repository, neededFor(operation.id));
  const handler = ROUTES[operation.id];
  if (handler === undefined) throw new Error(`The stand-in does not answer ${operation.id} yet.`);
  return handler({
    ...call,
    get repository(): Repository {
      if (repository === null) throw new Error(`${operation.id} is about no repository.`);
      return repository;
    },
  });
}

/** Answers requests of the REST API; `token` throws when the one that is carried is not taken. */
export function makeApi(
  world: World,
  description: Description,
  validators: Validators,
): (request: ApiRequest, token: () => DeclaredToken | null) => ApiAnswer {
  const refused = (work: () => Answer): Answer => {
    try {
      return work();
    } catch (error) {
      if (error instanceof Refusal) return refusalAnswer(error);
      throw error;
    }
  };
  return (request, token) => {
    const { method, path, query } = request;
    const found = findOperation(description, method, path);
    if (found === null) {
      const violation = `${method} ${path} is no operation of GitHub that the tests know`;
      return { answer: refusalAnswer(new Refusal(404, 'Not Found')), operation: null, violations: [violation] };
    }
    const { operation, values } = found;
    let body: Json | undefined;
    const unreadable = refused(() => {
      body = readBody(request.body);
      return { status: 200 };
    });
    if (unreadable.status !== 200) return { answer: unreadable, operation, violations: ['body is no JSON'] };
    const violations = wrongs(validators, operation, request, { values, body });
    if (violations.length > 0) {
      return { answer: refusalAnswer(new Refusal(422, violations.join('; '))), operation, violations };
    }
    const answer = refused(() => {
      const known = token();
      const parts = {
        world,
        token: known,
        login: known?.login ?? '',
        path,
        values,
        body: bodyOf(body),
        limit: request.limit,
      };
      return handled(world, known, operation, { ...parts, query: Object.fromEntries(new URLSearchParams(query)) });
    });
    const own = validators.answer(operation, answer.status, answer.body);
    return { answer, operation, violations: own.map((problem) => `the stand-in answers wrongly: ${problem}`) };
  };
}

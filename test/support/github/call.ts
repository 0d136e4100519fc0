import type { DeclaredToken } from './declared.js';
import type { Json, JsonObject } from './json.js';
import type { LimitView } from './limits.js';
import type { Repository, World } from './world.js';

/** A request that was found valid and allowed. */
export interface Call {
  readonly world: World;
  /** The repository in its path; for operations without one, any access of it throws. */
  readonly repository: Repository;
  /** Null for a request without a token. */
  readonly token: DeclaredToken | null;
  /** Who asks; empty for nobody. */
  readonly login: string;
  readonly path: string;
  readonly values: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: JsonObject;
  /** What the token may still ask. */
  readonly limit: LimitView;
}

/** What is answered. */
export interface Answer {
  readonly status: number;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers one operation, or throws a {@link Refusal}. */
export type Handler = (call: Call) => Answer;

/** An answer with GitHub's words for why not. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly JsonObject[] | undefined;
  constructor(status: number, message: string, errors?: readonly JsonObject[]) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

/** GitHub's answer to a name it does not know, or does not want to tell of. */
export function notFound(): Refusal {
  return new Refusal(404, 'Not Found');
}

/** GitHub's answer to content that is refused. */
export function invalid(errors: readonly JsonObject[]): Refusal {
  return new Refusal(422, 'Validation Failed', errors);
}

/** The page of a list that is asked for, with links to the others. */
export function page(
  call: Call,
  items: readonly Json[],
  wrap: (items: readonly Json[]) => Json = (all) => all,
): Answer {
  const size = Math.min(100, Number(call.query['per_page'] ?? 30));
  const number = Number(call.query['page'] ?? 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (to: number, name: string): string => {
    const query = new URLSearchParams({ ...call.query, page: String(to) });
    return `<${call.world.origin}${call.path}?${query}>; rel="${name}"`;
  };
  const links = [
    ...(number > 1 ? [link(number - 1, 'prev'), link(1, 'first')] : []),
    ...(number < last ? [link(number + 1, 'next'), link(last, 'last')] : []),
  ];
  return {
    status: 200,
    body: wrap(items.slice((number - 1) * size, number * size)),
    ...(links.length > 0 ? { headers: { link: links.join(', ') } } : {}),
  };
}

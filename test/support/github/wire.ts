import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** One request as it came. */
export interface WireRequest {
  /** Counts from 1. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** GitHub's name of the operation, `graphql`, `git`, or null for none that is known. */
  operation: string | null;
  /** Login of its token; null without a token or with one that is not taken. */
  login: string | null;
  /** The first 16 digits of the SHA-256 of the `Authorization` header; null when there was none. */
  readonly authorization: string | null;
  readonly userAgent: string;
  /** Text of the body; for git, its bytes as Latin-1. */
  body: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Null until answered; stays null when the connection was cut or left hanging. */
  status: number | null;
  /** Kind of the fault that met it. */
  fault: string | null;
}

/** All requests so far. */
export interface Wire {
  readonly requests: readonly WireRequest[];
  /** Requests that would change something, whatever became of them: no GET, no fetch of git. */
  writes(): readonly WireRequest[];
  /** Requests whose address, body or other headers hold a text, as it is or in base64. */
  carrying(text: string): readonly WireRequest[];
}

function isWrite({ method, path, body }: WireRequest): boolean {
  if (path.endsWith('/git-upload-pack') || method === 'GET' || method === 'HEAD') return false;
  return path.endsWith('/graphql') ? body.includes('mutation') : true;
}

/** True when a text holds a secret as it is, in base64 at any offset, or coded for an address. */
export function holds(text: string, secret: string): boolean {
  if (text.includes(secret) || text.includes(encodeURIComponent(secret))) return true;
  const coded = ['', 'a', 'ab'].map((before) => {
    const whole = Buffer.from(`${before}${secret}`).toString('base64').replace(/=+$/, '');
    const start = before === '' ? 0 : before.length + 1;
    return whole.slice(start, whole.length - 1);
  });
  return coded.some((form) => text.includes(form));
}

/** A log that requests are noted in. */
export function makeWire(): Wire & { note(request: IncomingMessage): WireRequest } {
  const requests: WireRequest[] = [];
  const others: string[] = [];
  return {
    requests,
    writes: () => requests.filter(isWrite),
    carrying: (text) =>
      requests.filter(({ path, query, body }, index) =>
        holds(`${decodeURIComponent(path)} ${query} ${body} ${others[index]}`, text),
      ),
    note(request) {
      const { authorization, ...headers } = request.headers;
      const [path = '', query = ''] = (request.url ?? '').split('?');
      const noted: WireRequest = {
        number: requests.length + 1,
        method: request.method ?? '',
        path,
        query,
        operation: null,
        login: null,
        authorization:
          authorization === undefined ? null : createHash('sha256').update(authorization).digest('hex').slice(0, 16),
        userAgent: request.headers['user-agent'] ?? '',
        body: '',
        at: Date.now(),
        status: null,
        fault: null,
      };
      requests.push(noted);
      others.push(JSON.stringify(headers));
      return noted;
    },
  };
}

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { type ApiRequest, type makeApi, refusalAnswer } from './api.js';
import { type Answer, Refusal } from './call.js';
import type { DeclaredToken } from './declared.js';
import { answerOf, type Fault, type makeFaults } from './faults.js';
import type { GitAnswer } from './gitHttp.js';
import { answerGit, isGit } from './gitRoom.js';
import { answerGraphql } from './graphql.js';
import { rendered, tokenHeaders } from './headers.js';
import { LIMIT_REACHED, limitHeaders, type makeLimits } from './limits.js';
import { type Needed, neededFor } from './permissions.js';
import type { makeRedirects } from './redirects.js';
import type { makeWire, WireRequest } from './wire.js';
import type { World } from './world.js';

/** Everything a request is answered with. */
export interface Room {
  readonly world: World;
  /** Folder of the bare repositories. */
  readonly root: string;
  readonly api: ReturnType<typeof makeApi>;
  /** Throws 401 for a token that is not taken. */
  readonly tokenOf: (headers: IncomingHttpHeaders) => DeclaredToken | null;
  readonly faults: ReturnType<typeof makeFaults>;
  readonly redirects: ReturnType<typeof makeRedirects>;
  readonly limits: ReturnType<typeof makeLimits>;
  readonly wire: ReturnType<typeof makeWire>;
  readonly violate: (violation: string) => void;
}

/** An answer that is ready to be sent. */
interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function toReply(answer: Answer, more: Readonly<Record<string, string>> = {}): Reply {
  const { text, headers } = rendered(answer);
  return { status: answer.status, headers: { ...headers, ...more }, body: text };
}

function tokenIfTaken(room: Room, headers: IncomingHttpHeaders): DeclaredToken | null {
  try {
    return room.tokenOf(headers);
  } catch {
    return null;
  }
}

/** A read whose answer is still what the asker has costs nothing. */
function conditional(room: Room, token: DeclaredToken | null, request: ApiRequest, answer: Answer): Answer {
  if (request.method !== 'GET' || answer.status !== 200) return answer;
  const { tag } = rendered(answer);
  const tagged = { ...answer, headers: { ...answer.headers, etag: tag } };
  if (request.headers['if-none-match'] !== tag) return tagged;
  room.limits.giveBack(token);
  return { status: 304, headers: tagged.headers };
}

function apiReply(room: Room, request: ApiRequest, noted: WireRequest): Reply {
  const token = tokenIfTaken(room, request.headers);
  const free = request.path === '/rate_limit';
  if (!free && !room.limits.take(token)) return toReply(LIMIT_REACHED, limitHeaders(room.limits.view(token)));
  const { answer, operation, violations } = room.api(request, () => room.tokenOf(request.headers));
  noted.operation = operation?.id ?? null;
  for (const violation of violations) room.violate(`${request.method} ${request.path}: ${violation}`);
  const wanted: Needed = operation === null ? [] : neededFor(operation.id);
  const sent = conditional(room, token, request, answer);
  return toReply(sent, { ...tokenHeaders(token, wanted), ...limitHeaders(room.limits.view(token)) });
}

function graphqlReply(room: Room, request: IncomingMessage, noted: WireRequest, body: string): Reply {
  noted.operation = 'graphql';
  const token = tokenIfTaken(room, request.headers);
  if (!room.limits.take(token)) return toReply(LIMIT_REACHED, limitHeaders(room.limits.view(token)));
  const limit = limitHeaders(room.limits.view(token));
  try {
    const { answer, violations } = answerGraphql(room.world, room.tokenOf(request.headers), body);
    for (const violation of violations) room.violate(`graphql: ${violation}`);
    return toReply(answer, { ...tokenHeaders(token, []), ...limit });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return toReply(refusalAnswer(error), limit);
  }
}

async function gitReply(room: Room, request: IncomingMessage, noted: WireRequest, body: Buffer): Promise<Reply> {
  noted.operation = 'git';
  const call = { method: noted.method, path: noted.path, query: noted.query, headers: request.headers, body };
  try {
    const answer: GitAnswer = await answerGit(room.world, room.root, room.tokenOf(request.headers), call);
    return answer;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const challenge: Record<string, string> =
      error.status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {};
    return {
      status: error.status,
      headers: { 'content-type': 'text/plain', ...challenge },
      body: `${error.message}\n`,
    };
  }
}

function send(response: ServerResponse, reply: Reply, fault: Fault | null): void {
  if (fault?.kind === 'reply-lost') return void response.destroy();
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, { ...reply.headers, 'content-length': String(body.length) });
  if (fault?.kind !== 'cut') return void response.end(reply.status === 304 || reply.status === 204 ? undefined : body);
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

async function replyTo(room: Room, request: IncomingMessage, noted: WireRequest, body: Buffer): Promise<Reply> {
  if (isGit(noted.path)) return gitReply(room, request, noted, body);
  if (/^(\/api)?\/graphql$/.test(noted.path)) return graphqlReply(room, request, noted, body.toString('utf8'));
  const path = noted.path.replace(/^\/api\/v3(?=\/)/, '');
  const { method, query } = noted;
  const limit = room.limits.view(tokenIfTaken(room, request.headers));
  const asked = { method, path, query, headers: request.headers, body: body.toString('utf8'), limit };
  return apiReply(room, asked, noted);
}

/** Notes a request and answers it, as faults and redirects allow. */
export async function answerRequest(room: Room, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const noted = room.wire.note(request);
  response.on('error', () => undefined);
  try {
    const body = await bytesOf(request);
    noted.body = body.toString(isGit(noted.path) ? 'latin1' : 'utf8');
    noted.login = tokenIfTaken(room, request.headers)?.login ?? null;
    const redirect = room.redirects.find(noted.method, noted.path);
    if (redirect !== null) {
      noted.status = redirect.status ?? 302;
      return void response.writeHead(noted.status, { location: `${redirect.to}${request.url}` }).end();
    }
    const fault = room.faults.meet(noted.method, noted.path);
    noted.fault = fault?.kind ?? null;
    fault?.meanwhile?.();
    if (fault?.kind === 'hang') return fault.effect ? void (await replyTo(room, request, noted, body)) : undefined;
    if (fault?.kind === 'refused') return void response.destroy();
    const broken = fault === null ? null : answerOf(fault);
    if (broken === null || fault?.effect === true) {
      const reply = await replyTo(room, request, noted, body);
      if (broken === null) {
        if (fault === null || fault.kind === 'none') noted.status = reply.status;
        return send(response, reply, fault);
      }
    }
    if (broken === null) return;
    noted.status = broken.status;
    send(response, toReply(broken, limitHeaders(room.limits.view(null))), null);
  } catch (error) {
    room.violate(`${noted.method} ${noted.path}: the stand-in broke: ${error instanceof Error ? error.stack : error}`);
    if (!response.headersSent) send(response, toReply(refusalAnswer(new Refusal(500, 'Server Error'))), null);
  }
}

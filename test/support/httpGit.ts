import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { git, plainEnvironment } from './plainGit.js';

/** What the server does in place of git for a request; null lets git answer. `number` counts requests from 1. */
export type Misbehaviour = (request: IncomingMessage, response: ServerResponse, number: number) => 'handled' | null;

/** How a server of repositories behaves. */
export interface HttpGitOptions {
  /** `user:password` that every request must carry. */
  readonly credentials?: string;
  readonly misbehave?: Misbehaviour;
  /** Bytes of the body of upload-pack answers after which the connection is cut. */
  readonly cutPackAt?: number;
}

/** A running server; close it when done. */
export interface HttpGit {
  readonly origin: string;
  readonly requests: readonly {
    readonly method: string;
    readonly url: string;
    readonly authorization: string | undefined;
  }[];
  close(): Promise<void>;
}

function cgiEnvironment(root: string, request: IncomingMessage): Readonly<Record<string, string>> {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  return plainEnvironment({
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: decodeURIComponent(path),
    QUERY_STRING: query,
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: request.headers['content-type'] ?? '',
    CONTENT_LENGTH: request.headers['content-length'] ?? '',
    HTTP_CONTENT_ENCODING: String(request.headers['content-encoding'] ?? ''),
    GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    REMOTE_ADDR: '127.0.0.1',
  });
}

/** Sends the answer of a CGI program on: headers up to the empty line, then the body. */
function passOn(output: NodeJS.ReadableStream, response: ServerResponse, cutAt: number | undefined): void {
  let head: Buffer | null = Buffer.alloc(0);
  let sent = 0;
  const body = (bytes: Buffer): void => {
    sent += bytes.length;
    response.write(cutAt === undefined ? bytes : bytes.subarray(0, Math.max(0, bytes.length - (sent - cutAt))));
    if (cutAt !== undefined && sent > cutAt) setTimeout(() => response.destroy(), 20);
  };
  output.on('data', (chunk: Buffer) => {
    if (head === null) return body(chunk);
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    const lines = head.toString('latin1', 0, end).split('\r\n');
    const headers = lines.map(
      (line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const,
    );
    const status = headers.find(([name]) => name === 'Status')?.[1] ?? '200';
    response.writeHead(Number.parseInt(status, 10), Object.fromEntries(headers.filter(([name]) => name !== 'Status')));
    const rest = head.subarray(end + 4);
    head = null;
    if (rest.length > 0) body(rest);
  });
  output.on('end', () => response.end());
}

function refusesCredentials(
  request: IncomingMessage,
  response: ServerResponse,
  credentials: string | undefined,
): boolean {
  if (credentials === undefined) return false;
  if (request.headers.authorization === `Basic ${Buffer.from(credentials).toString('base64')}`) return false;
  response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end();
  return true;
}

/** Serves the repositories below `root` on this machine through the real `git http-backend`. */
export async function serveGit(root: string, options: HttpGitOptions = {}): Promise<HttpGit> {
  const backend = `${git(root, ['--exec-path'])}/git-http-backend`;
  const requests: { method: string; url: string; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    requests.push({
      method: request.method ?? '',
      url: request.url ?? '',
      authorization: request.headers.authorization,
    });
    if (options.misbehave?.(request, response, requests.length) === 'handled') return;
    if (refusesCredentials(request, response, options.credentials)) return;
    const child = spawn(backend, { env: cgiEnvironment(root, request), stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin.on('error', () => undefined);
    request.pipe(child.stdin);
    const isPack = request.method === 'POST' && request.url?.endsWith('/git-upload-pack');
    passOn(child.stdout, response, isPack ? options.cutPackAt : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

import { spawn } from 'node:child_process';
import { git, plainEnvironment } from '../plainGit.js';

/** What `git http-backend` answered. */
export interface GitAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A request for a repository, as `git http-backend` wants it. */
export interface GitRequest {
  /** Folder below which the bare repositories are. */
  readonly root: string;
  /** Path below the root, for example `/owner/name.git/info/refs`. */
  readonly path: string;
  readonly query: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly login: string;
  /** What the hook of the repository is to refuse, as environment. */
  readonly hook: Readonly<Record<string, string>>;
}

const backend = `${git('.', ['--exec-path'])}/git-http-backend`;

function cgiEnvironment(request: GitRequest): Readonly<Record<string, string>> {
  const header = (name: string): string => String(request.headers[name] ?? '');
  return plainEnvironment({
    ...request.hook,
    GIT_PROJECT_ROOT: request.root,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: request.path,
    QUERY_STRING: request.query,
    REQUEST_METHOD: request.method,
    CONTENT_TYPE: header('content-type'),
    CONTENT_LENGTH: String(request.body.length),
    HTTP_CONTENT_ENCODING: header('content-encoding'),
    GIT_PROTOCOL: header('git-protocol'),
    REMOTE_ADDR: '127.0.0.1',
    // Somebody who is signed in may push.
    ...(request.login === '' ? {} : { REMOTE_USER: request.login }),
  });
}

function parsed(output: Buffer): GitAnswer {
  const end = output.indexOf('\r\n\r\n');
  const lines = output.toString('latin1', 0, Math.max(end, 0)).split('\r\n').filter(Boolean);
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  const status = headers.find(([name]) => name === 'Status')?.[1] ?? (end < 0 ? '500' : '200');
  return {
    status: Number.parseInt(status, 10),
    headers: Object.fromEntries(headers.filter(([name]) => name !== 'Status')),
    body: output.subarray(end < 0 ? output.length : end + 4),
  };
}

/** Lets the real `git http-backend` answer a request, to its end. */
export function askGit(request: GitRequest): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn(backend, { env: cgiEnvironment(request), stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', () => resolve(parsed(Buffer.concat(chunks))));
    child.stdin.end(request.body);
  });
}

import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** The keys that the stand-in knows; canaries, which no message may hold. */
export const KEYS = { id: 'AKIACANARY', secret: 'canary-of-the-key', session: 'canary-of-the-session' } as const;

/** What the stand-in answers once a request is signed as it should be. */
export type Turn =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'error'; readonly status: number; readonly type: string }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'cut' }
  | { readonly kind: 'hang' };

/** AWS Secrets Manager on this machine. */
export interface SecretsManager {
  readonly origin: string;
  /** Bodies of the requests that came. */
  readonly asked: readonly string[];
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The signature by the book, made from what came over the wire and not by the code under test. */
function isSigned(request: IncomingMessage, body: string): boolean {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/([\w-]+)\/secretsmanager\/aws4_request, SignedHeaders=([\w;-]+), Signature=(\w{64})$/;
  const found = pattern.exec(request.headers.authorization ?? '');
  if (found === null) return false;
  const [, id = '', day = '', region = '', names = '', signature] = found;
  const lines = names.split(';').map((name) => `${name}:${request.headers[name] ?? ''}\n`);
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  const canonical = `POST\n${request.url}\n\n${lines.join('')}\n${names}\n${hash(body)}`;
  const moment = String(request.headers['x-amz-date']);
  const text = `AWS4-HMAC-SHA256\n${moment}\n${day}/${region}/secretsmanager/aws4_request\n${hash(canonical)}`;
  const ofService = hmac(hmac(hmac(`AWS4${KEYS.secret}`, day), region), 'secretsmanager');
  const isRight = hmac(hmac(ofService, 'aws4_request'), text).toString('hex') === signature;
  const covered = ['host', 'x-amz-date', 'x-amz-security-token', 'x-amz-target'].every((one) => names.includes(one));
  return isRight && covered && id === KEYS.id && moment.startsWith(day);
}

function refuse(response: ServerResponse, status: number, type: string): void {
  // As AWS does at times, the message quotes what was signed.
  const message = `The canonical string was x-amz-security-token:${KEYS.session} ${KEYS.secret}`;
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify({ __type: type, message }));
}

function answer(response: ServerResponse, turn: Turn): void {
  switch (turn.kind) {
    case 'value':
      response.end(JSON.stringify(turn.value));
      return;
    case 'error':
      refuse(response, turn.status, turn.type);
      return;
    case 'redirect':
      response.writeHead(307, { location: turn.to }).end();
      return;
    case 'cut':
      response.destroy();
      return;
    case 'hang':
      return;
  }
}

/** Starts a stand-in that takes one turn after the other, the last one again and again; it ends with the test. */
export async function startSecretsManager(...turns: readonly Turn[]): Promise<SecretsManager> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    asked.push(body);
    const isMeant = request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue' && request.method === 'POST';
    const turn = turns[Math.min(asked.length, turns.length) - 1];
    if (!isMeant || turn === undefined) refuse(response, 400, 'InvalidAction');
    else if (isSigned(request, body)) answer(response, turn);
    else refuse(response, 400, 'InvalidSignatureException');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

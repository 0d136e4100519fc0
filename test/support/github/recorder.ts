import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { holds } from './wire.js';

/** A request that came to a server nobody should send secrets to. */
export interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A server on another port that only notes what it is sent. */
export interface Recorder {
  readonly origin: string;
  readonly requests: readonly Recorded[];
  /** Requests that carry a secret in any form: as it is, in base64, in any header, address or body. */
  carrying(secret: string): readonly Recorded[];
  close(): Promise<void>;
}

/** Starts a recorder; it answers 404 to everything. */
export async function startRecorder(): Promise<Recorder> {
  const requests: Recorded[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('latin1');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    carrying: (secret) => requests.filter((one) => holds(JSON.stringify(one), secret)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

import { connect, createServer } from 'node:net';

/** Where an app may listen that means this machine alone; Node's `localhost` may be either. */
const LOOPBACK: readonly string[] = ['127.0.0.1', '::1'];

/** How long an attempt to connect may take, in milliseconds: over loopback it is answered or refused at once. */
const CONNECT_LIMIT = 1000;

/** A port of the loopback interface on which nothing listens now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, LOOPBACK[0], () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** The loopback address at which something listens on `port`; null when nothing does. */
export async function listenerOn(port: number): Promise<string | null> {
  for (const host of LOOPBACK) if (await connects(host, port)) return host;
  return null;
}

function connects(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(CONNECT_LIMIT, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

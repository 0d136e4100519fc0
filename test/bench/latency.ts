import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server that takes longer. */
export interface SlowWay {
  readonly origin: string;
  close(): Promise<void>;
}

const later = (from: Socket, to: Socket, milliseconds: number): void => {
  from.on('data', (chunk: Buffer) => setTimeout(() => to.writable && to.write(chunk), milliseconds));
  from.on('end', () => setTimeout(() => to.end(), milliseconds));
  from.on('error', () => to.destroy());
};

/** A way to a server on this machine on which everything that is asked arrives so many milliseconds later. */
export async function slowWayTo(origin: string, milliseconds: number): Promise<SlowWay> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(new URL(origin).port), '127.0.0.1');
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
    }
    later(client, upstream, milliseconds);
    later(upstream, client, 0);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll } from 'vitest';

/** The way to a database, which can be closed (nobody answers there) or jammed (nothing comes through any more). */
export interface Gate {
  /** The database's URL through the gate. */
  url(database: string): string;
  open(): Promise<void>;
  close(): Promise<void>;
  jam(): void;
  /** Ends a jam: what was held back comes through. */
  clear(): void;
}

export function useGate(): Gate {
  const sockets = new Set<Socket>();
  let target = new URL('postgres://nowhere');
  let port = 0;
  let jammed = false;
  const hold = (socket: Socket): unknown => (jammed ? socket.pause() : socket.resume());
  const server = createServer((near) => {
    const far = connect(Number(target.port === '' ? 5432 : target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.on('data', (chunk) => to.write(chunk));
      hold(from);
    }
  });
  const holdAll = (): void => {
    for (const socket of sockets) hold(socket);
  };
  const gate: Gate = {
    url: (database) => {
      target = new URL(database);
      const through = new URL(database);
      through.host = `127.0.0.1:${port}`;
      return through.href;
    },
    open: async () => {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    jam: () => {
      jammed = true;
      holdAll();
    },
    clear: () => {
      jammed = false;
      holdAll();
    },
  };
  beforeAll(async () => {
    await gate.open();
    const address = server.address();
    if (address !== null && typeof address === 'object') port = address.port;
  });
  afterAll(async () => {
    if (server.listening) await gate.close();
  });
  return gate;
}

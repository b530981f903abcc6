import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';

/** Ports that a machine whose kernel does not say so gives to no outgoing connection. */
const usualRange = '32768';

/**
 * A port nobody listens on, and below those that the kernel hands out by itself: one of these would be some
 * connection's own before whoever asked here listens on it.
 */
export async function freePort(): Promise<number> {
  const range = await readFile('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').catch(() => usualRange);
  const [lowest, end] = [10_000, Math.max(Number.parseInt(range, 10), 20_000)];
  for (;;) {
    const port = lowest + Math.floor(Math.random() * (end - lowest));
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

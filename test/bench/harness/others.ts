import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/ports.ts';
import { answers, startProgram, type Program } from './program.ts';

/** A peer that serves a page. */
export interface Server extends Program {
  /** Without a path. */
  readonly url: string;
}

/** Without a file to persist to, as it comes: what is pushed lies in memory. */
export async function startPushgateway(path: string): Promise<Server> {
  const url = `http://127.0.0.1:${await freePort()}`;
  const args = [`--web.listen-address=${url.slice('http://'.length)}`, '--log.level=error'];
  return { ...(await startProgram({ command: path, args, ready: () => answers(`${url}/-/ready`) })), url };
}

/** prom-client in Fastify, in a process of its own. */
export async function startPromClient(series: number): Promise<Server> {
  const program = await startProgram({
    command: process.execPath,
    args: [fileURLToPath(new URL('prom-client-page.js', import.meta.url)), String(series)],
    ready: (output) => output.includes('listening '),
  });
  return { ...program, url: /listening (\S+)/.exec(program.output())?.[1] ?? '' };
}

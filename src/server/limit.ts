import type { onRequestHookHandler } from 'fastify';
import type { Known } from './access.ts';
import { clock } from './database.ts';
import { answerProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** "none": never refused. "page": counted apart, so that a client that reports too much can still be scraped. */
    readonly limit?: 'none' | 'page';
  }
}

/** Milliseconds. Short, so that whoever is refused need not wait, and what is remembered is what came in one of it. */
const period = 1000;

/**
 * Refuses what one client asks beyond so many requests a second, by 429 and when to come back. A client is a token's
 * right and an address (of IPv6 its network, which belongs to one customer); behind a proxy that is not trusted it is the proxy's.
 * Counts what is refused for other reasons too, so it comes before every other hook.
 */
export function limiter(perSecond: number, known: Known): onRequestHookHandler {
  const counts = new Map<string, number>();
  let until = 0;
  return (request, reply, done) => {
    const { limit } = request.routeOptions.config;
    if (limit === 'none') return done();
    const now = clock();
    if (now >= until) {
      counts.clear();
      until = now + period;
    }
    const client = `${limit ?? ''} ${known(request) ?? ''} ${network(request.ip)}`;
    const count = (counts.get(client) ?? 0) + 1;
    counts.set(client, count);
    if (count <= perSecond) return done();
    const refusal = { statusCode: 429, message: `At most ${perSecond} requests a second (NOETL_RATE_LIMIT).` };
    answerProblem(refusal, request, reply.header('retry-after', period / 1000));
  };
}

/** The address, or of IPv6 its first 64 bits. */
export function network(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - groups.length - rest.length;
  return [...groups, ...Array.from({ length: zeros }, () => '0'), ...rest].slice(0, 4).join(':');
}

import { Readable } from 'node:stream';
import type { FastifyError, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { Pool } from 'pg';
import { clock } from '../database.ts';
import { compress, createExposition } from './exposition.ts';
import { Told } from './problem.ts';
import { acceptsGzip, negotiate, scrapeTimeout } from './negotiation.ts';
import type { SelfMetrics } from './self.ts';

/** The page in the form the scraper asked for. HEAD is answered from the request alone. */
export function pageRoute(pool: Pool, self: SelfMetrics): Pick<RouteOptions, 'handler' | 'errorHandler'> {
  const exposition = createExposition(pool, self);
  return {
    errorHandler: noPage,
    handler: async ({ method, headers: sent }, reply) => {
      const deadline = clock() + scrapeTimeout(sent['x-prometheus-scrape-timeout-seconds']);
      const { format, contentType } = negotiate(sent.accept);
      const gzip = acceptsGzip(sent['accept-encoding']?.toString());
      const { pieces, bytes } = method === 'HEAD' ? { pieces: [], bytes: 0 } : await exposition[format](deadline);
      reply.header('vary', 'Accept, Accept-Encoding').type(contentType);
      if (gzip) return reply.header('content-encoding', 'gzip').send(method === 'HEAD' ? undefined : await compress(pieces));
      return pieces.length > 1 ? reply.header('content-length', bytes).send(Readable.from(pieces, { objectMode: false })) : reply.send(pieces[0]);
    },
  };
}

/** What stands in for a page that cannot be had: never an empty 200, and never without a Content-Type. */
function noPage(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof Told) throw error; // refused before the page was asked for
  request.log.error({ err: error, url: request.url }, `no metrics page: ${error.message}`);
  reply.status(503).type('text/plain; charset=utf-8').send('The metrics are not available: the database did not answer.\n');
}

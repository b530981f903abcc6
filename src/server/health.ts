import type { FastifyError, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { DatabaseError, type Pool } from 'pg';
import { Told } from './problem.ts';
import { clock, rowsWithin } from '../database.ts';

/** Milliseconds that the database may take to say that it lives. */
const patience = 1500;

export function healthRoute(pool: Pool): Pick<RouteOptions, 'handler' | 'errorHandler'> {
  return {
    errorHandler: unhealthy,
    handler: async () => {
      const [row] = await rowsWithin<[number]>(pool, 'select partition_days_ahead from noetl.health', { deadline: clock() + patience, role: 'noetl_reader' });
      return { status: 'ok', database: 'up', partition_days_ahead: row?.[0] ?? null };
    },
  };
}

function unhealthy(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof Told) throw error; // refused before the database was asked
  request.log.error({ err: error }, `not healthy: ${error.message}`);
  const database = error instanceof DatabaseError ? 'failing' : 'down';
  reply.status(503).send({ status: 'unavailable', database, partition_days_ahead: null });
}

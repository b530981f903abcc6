import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest, FastifySchema, RouteOptions } from 'fastify';
import type { Pool } from 'pg';
import { clock, piecesAsTaken, piecesWithin, type Limits, type Piece, type Role } from '../database.ts';
import type { Right } from './access.ts';
import { argument, type Facts } from './argument.ts';
import { encoderOf } from './body.ts';
import type { Endpoint, Schema } from './catalogue.ts';
import { Told } from './problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly endpoint?: Endpoint;
  }
}

export interface EndpointLimits {
  /** Milliseconds that the database has for one request, waiting for a connection included. */
  readonly timeout: number;
  /** The most requests that wait for a connection. */
  readonly waiting: number;
}

/** With whose rights the database does what a client asks for. */
const roles: Readonly<Record<Right | 'none', Role>> = { none: 'noetl_reader', reader: 'noetl_reader', writer: 'noetl_writer', admin: 'noetl_admin' };

/** How an address is spelled for Fastify: {name} is one segment, {+name} all the rest. */
export function addressOf(path: string): string {
  return path.replace(/\{\+\w+\}$/, '*').replaceAll(/\{(\w+)\}/g, ':$1');
}

/** The route of an endpoint that is a SQL function. */
export function routeOf(endpoint: Endpoint, pool: Pool, facts: Facts, limits: EndpointLimits): RouteOptions {
  return {
    method: endpoint.method,
    url: addressOf(endpoint.path),
    bodyLimit: endpoint.body_limit_bytes,
    config: { endpoint },
    schema: schemaOf(endpoint),
    handler: async (request, reply) => answer(endpoint, pool, facts, limits, request, reply),
  };
}

/** What is checked before SQL is asked; SQL says what is wrong with a body. */
export function schemaOf({ is_tolerant: tolerant, definition, path }: Endpoint): FastifySchema {
  return tolerant ? {} : {
    querystring: exactly(definition.query, definition.required),
    ...(definition.path && !path.includes('{+') && { params: exactly(definition.path, Object.keys(definition.path)) }),
    ...(definition.headers && { headers: { type: 'object', properties: definition.headers } }),
  };
}

function exactly(properties: Schema = {}, required: readonly string[] = []): Schema {
  return { type: 'object', properties, required, additionalProperties: false };
}

async function answer(
  endpoint: Endpoint, pool: Pool, facts: Facts, { timeout, waiting }: EndpointLimits, request: FastifyRequest, reply: FastifyReply,
): Promise<unknown> {
  const limits: Limits = { deadline: clock() + timeout, role: roles[endpoint.right], waiting };
  const values = await Promise.all(endpoint.arguments.map(async (source) => argument(source, request, facts)));
  const statement = endpoint.statement ?? '';
  if (!endpoint.is_streamed) {
    const pieces = await piecesWithin(pool, statement, values, limits);
    const body = begun(endpoint, reply, pieces[0], () => bodyOf(pieces));
    const encoder = encoderOf(request);
    if (encoder !== undefined) return reply.type(encoder.contentType).send(encoder.answer(body));
    return reply.send(body === '' || endpoint.content_type === null ? undefined : Buffer.from(body));
  }
  const rest = piecesAsTaken(pool, statement, values, limits);
  const { value: first = [] } = await rest.next();
  try {
    const body = begun(endpoint, reply, first[0], () => bodyOf(first));
    const sent = Readable.from(bodies(body, rest), { objectMode: false });
    // where the client has gone before the first byte, nobody begins to read, and so nobody ends what was begun
    sent.once('close', () => void rest.return(undefined));
    return await reply.send(sent);
  } catch (error) {
    await rest.return(undefined);
    throw error;
  }
}

/** Sets the status and the headers, on which the first piece decides, and returns the body. */
function begun(endpoint: Endpoint, reply: FastifyReply, first: Piece | undefined, whole: () => string): string {
  const [status, headers] = first ?? [null, null];
  const code = status === null ? endpoint.status : Number(status);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own SQL wrote it
  const own = headers === null ? {} : (JSON.parse(headers) as Record<string, string>);
  const body = whole();
  if (code >= 400 && own['content-type'] === undefined) throw new Told(code, body);
  void reply.status(code);
  if ((body !== '' || endpoint.is_streamed) && endpoint.content_type !== null) void reply.type(`${endpoint.content_type}; charset=utf-8`);
  void reply.headers(own);
  return body;
}

async function* bodies(first: string, rest: AsyncGenerator<Piece[], undefined>): AsyncGenerator<string> {
  if (first !== '') yield first;
  for await (const pieces of rest) {
    const body = bodyOf(pieces);
    if (body !== '') yield body;
  }
}

/** What is too long for memory the database has kept back. */
function bodyOf(pieces: readonly Piece[]): string {
  if (pieces.some(([, , , isTooLong]) => isTooLong === 't')) throw new Told(422, 'The answer would be longer than the setting answer_bytes allows: ask for less.');
  return pieces.map(([, , body]) => body ?? '').join('');
}

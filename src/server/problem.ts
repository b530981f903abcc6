import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { DatabaseError } from 'pg';
import { Overdue } from './database.ts';
import { Busy } from './load.ts';

/** One thing wrong with a request. In a batch, `index` is the place of the sample from 0. */
interface Fault {
  readonly index?: number;
  readonly field: string;
  readonly rule: string;
}

interface Problem {
  readonly status: number;
  readonly detail?: string | undefined;
  readonly errors?: readonly Fault[];
}

/** What a SQLSTATE, or its class, means to a client. Whatever is not listed is our fault: 500. */
const statuses: Readonly<Record<string, number>> = {
  '22': 400, // data exception: text that is no JSON, a number or time out of range, a NUL
  '23': 422, // integrity constraint violation: a sample that breaks a rule, an unknown component
  '23505': 409, // unique violation: an Idempotency-Key used for another request
  P0002: 404, // no data found
  '54001': 400, // too deeply nested
  '54': 413, // program limit exceeded: too many samples
  '55006': 409, // object in use
  '55000': 409, // object not in prerequisite state: a queue that cannot be read
  '55P03': 503, // lock not available: somebody is at it
  '57': 503, // operator intervention: overdue, shutting down
  '53': 503, // insufficient resources
  '40': 503, // serialization failure, deadlock
  '08': 503, // connection
  '25006': 503, // read-only: a standby
};

declare module 'fastify' {
  interface FastifyContextConfig {
    /** In whose form errors are told; without it, as a problem of RFC 9457. */
    readonly errors?: 'otlp';
  }
}

/** Tells an error in the form of its route. What went wrong inside is for the log, not for the client. */
export function answerProblem(error: Partial<FastifyError>, request: FastifyRequest, reply: FastifyReply): void {
  const { status, detail, errors = [] } = problemOf(error);
  if (status >= 500 && !(error instanceof Busy)) request.log.error({ err: error, url: request.url }, error.message ?? 'failed');
  if (status === 503) void reply.header('retry-after', '1');
  const told: Problem = {
    status,
    ...((status < 500 || error instanceof Busy) && { detail: detail ?? error.message }),
    ...(status < 500 && errors.length > 0 && { errors }),
  };
  const otlp = request.routeOptions.config.errors === 'otlp';
  reply
    .status(status)
    .type(otlp ? 'application/json; charset=utf-8' : 'application/problem+json')
    .send(otlp ? statusOf(told) : { type: 'about:blank', title: STATUS_CODES[status], ...told });
}

/** The codes of gRPC that are nearest. */
const grpcCodes: Readonly<Record<number, number>> = { 401: 16, 403: 7, 413: 8, 429: 8, 503: 14 };

/** google.rpc.Status, which OTLP/HTTP wants of every error. */
function statusOf({ status, detail, errors }: Problem): object {
  return {
    code: grpcCodes[status] ?? (status < 500 ? 3 : 13),
    message: detail ?? STATUS_CODES[status] ?? 'failed',
    ...(errors !== undefined && {
      details: [{
        '@type': 'type.googleapis.com/google.rpc.BadRequest',
        fieldViolations: errors.map(({ field, rule }) => ({ field, description: rule })),
      }],
    }),
  };
}

/** What is no HTTP request, or does not arrive in time. There is no request to answer, so this writes to the socket. */
export function answerNoRequest(error: Error & { code?: string }, socket: Socket): void {
  const status = { HPE_HEADER_OVERFLOW: 431, HPE_CHUNK_EXTENSIONS_OVERFLOW: 413, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code ?? ''] ?? 400;
  const body = JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail: error.message });
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`, 'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`, 'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** What PostgreSQL says of a text that is no jsonb: ours come as bodies alone, and its detail says where it ends being one. */
const notJson = /^(?:invalid input syntax for type json|unsupported Unicode escape sequence)$/;

function problemOf(error: Partial<FastifyError>): Problem {
  if (error instanceof DatabaseError) {
    const code = error.code ?? '';
    const status = statuses[code] ?? statuses[code.slice(0, 2)] ?? 500;
    const detail = notJson.test(error.message) ? `body: is not JSON${error.detail === undefined ? '' : `: ${error.detail}`}` : error.message;
    return { status, detail, errors: listed(error.detail) ?? named(detail) };
  }
  if (error instanceof Busy) return { status: 503, detail: error.message };
  if (error.validation !== undefined) {
    const errors = error.validation.map(({ instancePath, message, params }) => ({
      field: [error.validationContext, ...instancePath.split('/').slice(1), unexpected(params)].filter(Boolean).slice(1).join('.'),
      rule: message ?? 'is not valid',
    }));
    return { status: 400, errors };
  }
  if (error.statusCode === undefined && isLostConnection(error)) return { status: 503 };
  return { status: error.statusCode ?? 500, errors: named(error.message ?? '') };
}

function unexpected(params: Readonly<Record<string, unknown>>): string | undefined {
  const name = params['additionalProperty'] ?? params['missingProperty'];
  return typeof name === 'string' ? name : undefined;
}

/** Every bad sample of a batch, as SQL lists them. */
function listed(detail: string | undefined): Fault[] | undefined {
  if (detail?.startsWith('[{"') !== true) return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own SQL wrote it
  return JSON.parse(detail) as Fault[];
}

/** The form of our own messages, "metrics[3].metric_name: must be a string"; PostgreSQL's have none. */
function named(message: string): Fault[] {
  const [, index, field, rule] = /^(?:[a-z]*\[(\d+)\]\.)?([a-zA-Z_-]+): (.*)$/s.exec(message) ?? [];
  if (field === undefined || rule === undefined) return [];
  return [index === undefined ? { field, rule } : { index: Number(index), field, rule }];
}

/** The database is away; it may be back by the next try. */
function isLostConnection(error: Partial<FastifyError>): boolean {
  return error instanceof Overdue
    || /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)/.test(error.code ?? '')
    || /^(Connection terminated|Client has encountered|Cannot use a pool)/.test(error.message ?? '');
}

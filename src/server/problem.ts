import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { DatabaseError } from 'pg';
import { Busy, Overdue } from '../database.ts';

/** An error that the client is told about. */
export class Told extends Error {
  override readonly name = 'Told';
  readonly statusCode: number;
  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** One thing wrong with a request. In a batch, `index` is the place of the sample from 0. */
interface Fault {
  readonly index?: number;
  readonly field: string;
  readonly rule: string;
}

interface Problem {
  readonly status: number;
  readonly sqlstate?: string | undefined;
  /** Undefined: what went wrong is for the log, not for the client. */
  readonly detail?: string | undefined;
  readonly errors?: readonly Fault[];
}

/** A row of `_noetl.error_form`. */
export interface ErrorForm {
  readonly content_type: string;
  readonly template: unknown;
  readonly codes: Readonly<Record<string, unknown>>;
}

/** `_noetl.http_status` by SQLSTATE or its class. */
export type Statuses = Readonly<Record<string, { readonly status: number; readonly is_told: boolean } | undefined>>;

/** What SQL has said about errors, once it has been asked. */
export interface ErrorRules {
  readonly forms: Readonly<Record<string, ErrorForm>>;
  readonly statuses: Statuses;
}

/** RFC 9457, which also tells errors while SQL cannot be asked. */
const problemForm: ErrorForm = {
  content_type: 'application/problem+json',
  template: { type: 'about:blank', title: '$title', status: '$status', detail: '$detail', errors: '$errors' },
  codes: {},
};

/** Makes of the JSON of an endpoint what a request is answered in that is in something else. */
export interface Encoder {
  readonly contentType: string;
  answer(json: string): Uint8Array;
  error(json: string): Uint8Array;
}

/** Tells an error in the form of its endpoint. */
export function teller(rules: () => ErrorRules | undefined, encoderOf: (request: FastifyRequest) => Encoder | undefined = () => undefined) {
  return (error: Partial<FastifyError>, request: FastifyRequest, reply: FastifyReply): void => {
    const { endpoint } = request.routeOptions.config;
    const { forms = {}, statuses = {} } = rules() ?? {};
    const { status, sqlstate = '', detail, errors = [] } = problemOf(error, statuses, endpoint?.statuses ?? {});
    if (status >= 500 && !(error instanceof Busy)) request.log.error({ err: error, url: request.url }, error.message ?? 'failed');
    if (status === 503) void reply.header('retry-after', '1');
    const { content_type: type, template, codes } = forms[endpoint?.errors ?? 'problem'] ?? problemForm;
    const title = STATUS_CODES[status];
    const code = codes[sqlstate] ?? codes[status] ?? codes[Math.floor(status / 100)];
    const known = { title, status, detail, message: detail ?? title, code, errors: errors.length > 0 ? errors : undefined };
    const body = JSON.stringify(filled(template, known));
    const encoder = encoderOf(request);
    if (encoder === undefined) reply.status(status).type(`${type}; charset=utf-8`).send(body);
    else reply.status(status).type(encoder.contentType).send(encoder.error(body));
  };
}

/** The template with what is known in the place of "$name"; see `_noetl.error_form`. */
function filled(template: unknown, known: Readonly<Record<string, unknown>>): unknown {
  if (typeof template === 'string') return template.startsWith('$') ? known[template.slice(1)] : template;
  if (Array.isArray(template)) {
    const parts = template.map((part) => filled(part, known)).filter((part) => part !== undefined);
    return parts.length > 0 ? parts : undefined;
  }
  if (typeof template !== 'object' || template === null) return template;
  const { $if: condition, $each: list, of, ...rest }: Readonly<Record<string, unknown>> = { ...template };
  if (typeof condition === 'string' && known[condition] === undefined) return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- faults are objects
  if (typeof list === 'string') return ((known[list] ?? []) as object[]).map((each) => filled(of, { ...known, ...each }));
  return Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, filled(part, known)]));
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

/** What it says of a text with a character that it cannot store, spelled as JSON or in an address. */
const nulCharacter = /\\u0000|^invalid byte sequence .*: 0x00$/;

/** What PostgreSQL says of a text that is no jsonb: ours come as bodies alone, and its detail says where it ends being one. */
const notJson = /^(?:invalid input syntax for type json|unsupported Unicode escape sequence)$/;

function problemOf(error: Partial<FastifyError>, statuses: Statuses, own: Readonly<Record<string, number>>): Problem {
  if (error instanceof DatabaseError) {
    const sqlstate = error.code ?? '';
    const { status, is_told: told } = statuses[sqlstate] ?? statuses[sqlstate.slice(0, 2)] ?? { status: 500, is_told: false };
    const text = [error.message, error.hint].filter(Boolean).join('. ');
    const detail = nulCharacter.test(`${error.detail ?? ''} ${error.message}`.trim()) ? 'request: holds the character U+0000' : notJson.test(error.message) ? `body: is not JSON${error.detail === undefined ? '' : `: ${error.detail}`}` : text;
    const special = own[sqlstate] ?? own[sqlstate.slice(0, 2)] ?? status;
    return { status: special, sqlstate, ...(told && { detail, errors: listed(error.detail) ?? named(detail) }) };
  }
  if (error instanceof Busy) return { status: 503, detail: error.message };
  if (error.validation !== undefined) {
    const errors = error.validation.map(({ instancePath, message, params }) => ({
      field: [error.validationContext, ...instancePath.split('/').slice(1), unexpected(params)].filter(Boolean).slice(1).join('.'),
      rule: message ?? 'is not valid',
    }));
    return { status: 400, detail: error.message, errors };
  }
  if (error.statusCode === undefined && isLostConnection(error)) return { status: 503 };
  const status = error.statusCode ?? 500;
  return status < 500 || error instanceof Told ? { status, detail: error.message, errors: named(error.message ?? '') } : { status };
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

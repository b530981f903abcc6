import { createGunzip } from 'node:zlib';
import { pipeline, type Readable } from 'node:stream';
import { parse } from 'node:querystring';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Busy } from '../database.ts';
import { Told } from './problem.ts';

/** By content type ("*\/*": any other) the name of the decoder that makes an argument of a body; null: refused. */
export type Takes = Readonly<Record<string, string | null>>;

/** Makes of a body what a SQL function is given: text, bytes, or what JSON can hold. A new one is a line here. */
type Decode = (body: Buffer, contentType: string) => unknown;

const decoders: Readonly<Record<string, Decode | undefined>> = {
  /** As the text that it is: SQL parses it, once. */
  json: (body, contentType) => {
    const [, charset = 'utf-8'] = /;\s*charset="?([^\s;"]+)/i.exec(contentType) ?? [];
    if (!/^utf-?8$/i.test(charset)) throw new Told(415, `content-type: the charset must be utf-8, not ${charset}`);
    return textOf(body);
  },
  text: (body) => textOf(body),
  form: (body) => ({ ...parse(textOf(body), '&', '=', { maxKeys: 0 }) }),
  bytes: (body) => body,
};

/** What a route that has no use for a body lets be sent to it. */
const anything: Takes = { '*/*': 'bytes' };

/** Reads bodies, gzipped or not, of at most so many bytes in all at once, and has each made what its endpoint takes. */
export function readBodies(app: FastifyInstance, most: number): void {
  let held = 0;
  const holds = new WeakMap<FastifyRequest, number>();
  app.addHook('onRequest', (request, reply, done) => {
    reply.raw.once('close', () => (held -= holds.get(request) ?? 0));
    done();
  });
  const hold = (request: FastifyRequest, bytes: number): void => {
    if (held + bytes > most) throw new Busy();
    held += bytes;
    holds.set(request, (holds.get(request) ?? 0) + bytes);
  };
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: Readable) => {
    const contentType = request.headers['content-type'] ?? '';
    const { endpoint } = request.routeOptions.config;
    const decode = decoderOf(endpoint === undefined || Object.keys(endpoint.takes).length === 0 ? anything : endpoint.takes, contentType);
    const body = await read(payload, request, endpoint?.body_limit_bytes ?? 0, (bytes) => hold(request, bytes));
    return decode(body, contentType);
  });
}

function decoderOf(takes: Takes, contentType: string): Decode {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const decode = decoders[(Object.hasOwn(takes, type) ? takes[type] : takes['*/*']) ?? ''];
  if (decode !== undefined) return decode;
  const taken = Object.entries(takes).flatMap(([each, name]) => (name === null ? [] : [each === '*/*' ? 'the Prometheus text format 0.0.4' : each]));
  throw new Told(415, `content-type: must be ${taken.join(' or ')}, not ${nicknames.find(([pattern]) => pattern.test(type))?.[1] ?? (contentType.slice(0, 100) || 'absent')}`);
}

const nicknames = [[/protobuf/, 'protobuf'], [/openmetrics/, 'OpenMetrics']] as const;

async function read(payload: Readable, { headers }: FastifyRequest, most: number, hold: (bytes: number) => void): Promise<Buffer> {
  const tooLong = new Told(413, `body: is longer than ${most} bytes`);
  if (Number(headers['content-length'] ?? 0) > most) throw tooLong;
  const chunks: Buffer[] = [];
  let length = 0;
  await received(decoded(payload, headers['content-encoding']), (chunk) => {
    length += chunk.length;
    if (length > most) throw tooLong;
    hold(chunk.length);
    chunks.push(chunk);
  });
  return Buffer.concat(chunks);
}

function textOf(body: Buffer): string {
  const text = decodedUtf8(body);
  if (text.startsWith('\uFEFF')) throw new Told(400, 'body: begins with a byte order mark');
  if (text.includes('\0')) throw new Told(400, 'body: holds the character U+0000');
  return text;
}

function decodedUtf8(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new Told(400, 'body: is not UTF-8');
  }
}

/** Hands over each chunk. Unlike a loop it leaves the stream as it is when `take` throws: the connection still has to carry an answer. */
async function received(stream: Readable, take: (chunk: Buffer) => void): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const fail = (error: unknown): void => {
      stream.off('data', data);
      stream.resume();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const data = (chunk: Buffer): void => {
      try {
        take(chunk);
      } catch (error) {
        fail(error);
      }
    };
    stream.on('data', data);
    stream.once('end', resolve);
    stream.once('error', (error) => fail(new Told(400, `body: cannot be read (${error.message})`)));
    stream.once('close', () => fail(new Told(400, 'body: ended early')));
  });
}

function decoded(payload: Readable, encoding = 'identity'): Readable {
  if (/^identity$/i.test(encoding)) return payload;
  if (!/^(x-)?gzip$/i.test(encoding)) throw new Told(415, `content-encoding: must be gzip or none, not ${encoding}`);
  return pipeline(payload, createGunzip(), () => {});
}

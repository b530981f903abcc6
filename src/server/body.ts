import { createGunzip } from 'node:zlib';
import { pipeline, type Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Busy } from './load.ts';

/** An error that is the client's. */
function refused(statusCode: number, message: string): Error {
  return Object.assign(new Error(message), { statusCode });
}

export interface BodyLimits {
  /** The most bytes of one body, unpacked. */
  readonly each: number;
  /** The most bytes of all bodies that are held at once. */
  readonly all: number;
}

/** Reads a body, gzipped or not, as the text that it is: SQL parses it, once. */
export type ReadBody = (request: FastifyRequest, payload: Readable) => Promise<string>;

export function readsBodies(app: FastifyInstance, { each, all }: BodyLimits): ReadBody {
  let held = 0;
  const holds = new WeakMap<FastifyRequest, number>();
  const hold = (request: FastifyRequest, bytes: number): void => {
    if (held + bytes > all) throw new Busy();
    held += bytes;
    holds.set(request, (holds.get(request) ?? 0) + bytes);
  };
  app.addHook('onRequest', async (request, reply) => {
    reply.raw.once('close', () => (held -= holds.get(request) ?? 0));
  });
  return async (request, payload) => {
    const tooLong = refused(413, `body: is longer than ${each} bytes`);
    if (Number(request.headers['content-length'] ?? 0) > each) throw tooLong;
    const chunks: Buffer[] = [];
    let length = 0;
    await received(decoded(payload, request.headers['content-encoding']), (chunk) => {
      length += chunk.length;
      if (length > each) throw tooLong;
      hold(request, chunk.length);
      chunks.push(chunk);
    });
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    } catch {
      throw refused(400, 'body: is not UTF-8');
    }
  };
}

/** Takes bodies that say that they are JSON. */
export function takeJson(app: FastifyInstance, read: ReadBody): void {
  app.removeContentTypeParser(['application/json', 'text/plain']);
  refuseProtobuf(app, 'application/json');
  app.addContentTypeParser('application/json', async (request: FastifyRequest, payload: Readable) => {
    const [, charset = 'utf-8'] = /;\s*charset="?([^\s;"]+)/i.exec(request.headers['content-type'] ?? '') ?? [];
    if (!/^utf-?8$/i.test(charset)) throw refused(415, `content-type: the charset must be utf-8, not ${charset}`);
    return read(request, payload);
  });
  // such as what curl says where it is not told
  app.addContentTypeParser('*', async (request: FastifyRequest) => {
    throw refused(415, `content-type: must be application/json, not ${request.headers['content-type']?.slice(0, 100) ?? 'absent'}`);
  });
}

/** Takes bodies of any type, for SQL to read as text 0.0.4; what says that it is another of Prometheus' formats is refused. */
export function takeText(app: FastifyInstance, read: ReadBody): void {
  const format = 'the Prometheus text format 0.0.4';
  app.removeAllContentTypeParsers();
  refuseProtobuf(app, format);
  refuse(app, /^application\/openmetrics-text/, format, 'OpenMetrics');
  app.addContentTypeParser('*', read);
}

function refuseProtobuf(app: FastifyInstance, instead: string): void {
  refuse(app, /^application\/(vnd\.google\.protobuf|x-protobuf)/, instead, 'protobuf');
}

function refuse(app: FastifyInstance, type: RegExp, instead: string, what: string): void {
  app.addContentTypeParser(type, async () => {
    throw refused(415, `content-type: must be ${instead}, not ${what}`);
  });
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
    stream.once('error', (error) => fail(refused(400, `body: cannot be read (${error.message})`)));
    stream.once('close', () => fail(refused(400, 'body: ended early')));
  });
}

function decoded(payload: Readable, encoding = 'identity'): Readable {
  if (/^identity$/i.test(encoding)) return payload;
  if (!/^(x-)?gzip$/i.test(encoding)) throw refused(415, `content-encoding: must be gzip or none, not ${encoding}`);
  return pipeline(payload, createGunzip(), () => {});
}

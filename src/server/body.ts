import { createGunzip } from 'node:zlib';
import { pipeline, type Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/** An error that is the client's. */
function refused(statusCode: number, message: string): Error {
  return Object.assign(new Error(message), { statusCode });
}

/** Takes JSON bodies, gzipped or not, as the text that they are: SQL parses it, once. The limit is on bytes of text. */
export function takeJson(app: FastifyInstance, bodyLimit: number): void {
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addHook('preParsing', async (request, _reply, payload) => decoded(payload, request.headers['content-encoding']));
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer', bodyLimit }, ({ headers }, body, done) => {
    const [, charset = 'utf-8'] = /;\s*charset="?([^\s;"]+)/i.exec(headers['content-type'] ?? '') ?? [];
    if (!/^utf-?8$/i.test(charset)) return done(refused(415, `content-type: the charset must be utf-8, not ${charset}`));
    try {
      return done(null, new TextDecoder('utf-8', { fatal: true }).decode(body));
    } catch {
      return done(refused(400, 'body: is not UTF-8'));
    }
  });
}

/** Takes bodies of any type, gzipped or not, as text: what says that it is protobuf is refused, all else is for SQL to read. */
export function takeText(app: FastifyInstance, bodyLimit: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^application\/(vnd\.google\.protobuf|x-protobuf)/, (_request, _payload, done) =>
    done(refused(415, 'content-type: must be the Prometheus text format, not protobuf')));
  app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => {
    try {
      return done(null, new TextDecoder('utf-8', { fatal: true }).decode(body));
    } catch {
      return done(refused(400, 'body: is not UTF-8'));
    }
  });
}

type Payload = Readable & { receivedEncodedLength?: number };

/** Fastify counts the bytes that come out of it against the limit, and those that went in against Content-Length. */
function decoded(payload: Payload, encoding = 'identity'): Payload {
  if (/^identity$/i.test(encoding)) return payload;
  if (!/^(x-)?gzip$/i.test(encoding)) throw refused(415, `content-encoding: must be gzip or none, not ${encoding}`);
  const gunzip: ReturnType<typeof createGunzip> & Payload = createGunzip();
  gunzip.receivedEncodedLength = 0;
  payload.on('data', (chunk: Buffer) => (gunzip.receivedEncodedLength = (gunzip.receivedEncodedLength ?? 0) + chunk.length));
  gunzip.prependListener('error', (error) => Object.assign(error, { statusCode: 400, message: `body: is not gzip (${error.message})` }));
  return pipeline(payload, gunzip, () => {});
}

import { createGunzip } from 'node:zlib';
import { pipeline, type Readable } from 'node:stream';
import { parse } from 'node:querystring';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Busy } from '../database.ts';
import { metricFamiliesText, Unwritable } from '../protobuf/metric-families.ts';
import { exportRequestJson, exportResponse, statusMessage } from '../protobuf/otlp.ts';
import { decodeWriteRequest } from '../protobuf/remote-write.ts';
import { unpacked } from '../protobuf/snappy.ts';
import { Told, type Encoder } from './problem.ts';

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
  otlp: (body) => json(understood(() => exportRequestJson(body), 'ExportMetricsServiceRequest')),
  metric_families: (body, contentType) => {
    if (!/^(?=.*;\s*proto="?io\.prometheus\.client\.MetricFamily\b)(?=.*;\s*encoding="?delimited\b)/i.test(contentType)) {
      throw new Told(415, 'content-type: protobuf must be proto=io.prometheus.client.MetricFamily; encoding=delimited');
    }
    return understood(() => metricFamiliesText(body), 'io.prometheus.client.MetricFamily, delimited');
  },
  write_request: (body, contentType) => {
    const [, message = 'prometheus.WriteRequest'] = /;\s*proto="?([^\s;"]+)/i.exec(contentType) ?? [];
    if (message !== 'prometheus.WriteRequest') throw new Told(415, `content-type: must be prometheus.WriteRequest, remote write 1.0, not ${message}`);
    return json(understood(() => writeRequestJson(body), 'prometheus.WriteRequest'));
  },
};

/** Whose bodies are packed into a block of snappy. */
const snappyDecoders: ReadonlySet<string> = new Set(['write_request']);

const encoders: Readonly<Record<string, Encoder | undefined>> = {
  otlp: { contentType: 'application/x-protobuf', answer: exportResponse, error: statusMessage },
};

/** In what a request is answered, if not in the JSON of its endpoint: as its own body is encoded. */
export function encoderOf(request: FastifyRequest): Encoder | undefined {
  const { endpoint } = request.routeOptions.config;
  return encoders[endpoint === undefined ? '' : (decoderName(endpoint.takes, request.headers['content-type'] ?? '') ?? '')];
}

/** What a library makes of bytes, which it cannot unless they are the message. */
function understood(make: () => string, message: string): string {
  try {
    return make();
  } catch (error) {
    if (error instanceof Unwritable) throw new Told(400, error.message);
    throw new Told(400, `body: is no ${message}`);
  }
}

/** Text that came as bytes, and so may be no text. */
function json(text: string): string {
  if (/(?<!\\)(?:\\\\)*\\ud[89a-f]/i.test(text)) throw new Told(400, 'body: is not UTF-8');
  if (/(?<!\\)(?:\\\\)*\\u0000/.test(text)) throw new Told(400, 'body: holds the character U+0000');
  return text;
}

/** By series, as `noetl.remote_write()` takes it; a label name that a series has twice is named. */
function writeRequestJson(body: Uint8Array): string {
  const series = decodeWriteRequest(body).timeseries.map(({ labels, times, values }) => ({
    labels: Object.fromEntries(labels.map(({ name, value }) => [name, value])),
    twice: labels.find(({ name }, i) => labels.findIndex((other) => other.name === name) < i)?.name,
    times,
    values: values.map((value) => (value === null || Number.isFinite(value) ? value : String(value))),
  }));
  return JSON.stringify({ series });
}

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
    const takes = endpoint === undefined || Object.keys(endpoint.takes).length === 0 ? anything : endpoint.takes;
    const decode = decoderOf(takes, contentType);
    const takesSnappy = snappyDecoders.has(decoderName(takes, contentType) ?? '');
    const body = await read(payload, request, endpoint?.body_limit_bytes ?? 0, takesSnappy, (bytes) => hold(request, bytes));
    return decode(body, contentType);
  });
}

function decoderOf(takes: Takes, contentType: string): Decode {
  const type = mediaType(contentType);
  const decode = decoders[decoderName(takes, contentType) ?? ''];
  if (decode !== undefined) return decode;
  const taken = Object.entries(takes).flatMap(([each, name]) => (name === null ? [] : [each === '*/*' ? 'the Prometheus text format 0.0.4' : each]));
  throw new Told(415, `content-type: must be ${taken.join(' or ')}, not ${nicknames.find(([pattern]) => pattern.test(type))?.[1] ?? (contentType.slice(0, 100) || 'absent')}`);
}

function decoderName(takes: Takes, contentType: string): string | null | undefined {
  const type = mediaType(contentType);
  return Object.hasOwn(takes, type) ? takes[type] : takes['*/*'];
}

function mediaType(contentType: string): string {
  return contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

const nicknames = [[/protobuf/, 'protobuf'], [/openmetrics/, 'OpenMetrics']] as const;

async function read(payload: Readable, { headers }: FastifyRequest, most: number, takesSnappy: boolean, hold: (bytes: number) => void): Promise<Buffer> {
  const tooLong = new Told(413, `body: is longer than ${most} bytes`);
  if (Number(headers['content-length'] ?? 0) > most) throw tooLong;
  const chunks: Buffer[] = [];
  let length = 0;
  const encoding = headers['content-encoding'] ?? 'identity';
  const isSnappy = takesSnappy && /^snappy$/i.test(encoding);
  await received(isSnappy ? payload : decoded(payload, encoding, takesSnappy), (chunk) => {
    length += chunk.length;
    if (length > most) throw tooLong;
    hold(chunk.length);
    chunks.push(chunk);
  });
  const packed = Buffer.concat(chunks);
  if (!isSnappy) return packed;
  const body = await unpacked(packed, most).catch(() => {
    throw new Told(400, 'body: is no block of snappy');
  });
  if (body === undefined) throw tooLong;
  hold(body.length);
  return body;
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

function decoded(payload: Readable, encoding: string, takesSnappy: boolean): Readable {
  if (/^identity$/i.test(encoding)) return payload;
  if (!/^(x-)?gzip$/i.test(encoding)) throw new Told(415, `content-encoding: must be ${takesSnappy ? 'snappy, ' : ''}gzip or none, not ${encoding}`);
  return pipeline(payload, createGunzip(), () => {});
}

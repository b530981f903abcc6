import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Task } from 'graphile-worker';
import { escapeLiteral } from 'pg';
import { clock } from '../database.ts';
import { encodeWriteRequest, type MetricMetadata, type TimeSeries } from '../protobuf/remote-write.ts';
import { packed } from '../protobuf/snappy.ts';
import { headersWithSecrets, messageOf, withSecrets } from './secrets.ts';

/** What `_noetl.begin_forwarding()` gives. */
interface Receiver {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bearerToken: string | null;
  readonly username: string | null;
  readonly password: string | null;
  /** Milliseconds. */
  readonly timeout: number;
  readonly batchSamples: number;
  readonly batchBytes: number;
  readonly metadata: readonly MetricMetadata[] | null;
  /** What it refuses as a whole is to be offered again. */
  readonly patient: boolean;
}

/** A row of `_noetl.forwarding_batch()`. */
type Row = [lateId: string | null, line: number | null, labels: string | null, clock: string | null, times: string | null, values: string | null];

interface Series extends TimeSeries {
  readonly line: number;
  /** About as many as its labels take. */
  readonly bytes: number;
}

interface Batch {
  readonly series: readonly Series[];
  /** What is done with the batch: rows of imported samples, or of the round the lines up to this one, or all of it. */
  readonly lateIds: readonly string[];
  readonly lastLine: number | null;
}

export interface ForwardingParts {
  /** Runs one statement within so many milliseconds. */
  readonly execute: <R extends unknown[]>(sql: string, within?: number) => Promise<R[]>;
  readonly logger: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** The receiver does not take it now: it is sent again, as it is, after a pause. */
class Unavailable extends Error {
  readonly refused: boolean;
  /** Seconds. */
  readonly retryAfter: number | undefined;
  constructor(message: string, { refused = false, retryAfter }: { refused?: boolean; retryAfter?: number | undefined } = {}) {
    super(message);
    this.refused = refused;
    this.retryAfter = retryAfter;
  }
}

/** The lease is another server's: what was not noted is not ours to note. */
class LeaseLost extends Error {}

/** Milliseconds, all of them. A lease is 20 s. */
const renewEvery = 5000;
const leaseIsSafeFor = 14_000;
const toRead = 60_000;
/** A request that is under way when the server stops has so long to be answered. */
const lastWords = 900;
/** How much later than the receiver's clock a sample may be: its Date has no fractions, and clocks differ by a bit. */
const ahead = 2000;
/** Requests that may be spent on finding out what of a batch is refused. */
const mostHalvings = 100;
/** How receivers say that it is the samples that they do not want, whoever sends them. */
const aboutSamples = /out.of.order|out.of.bounds|duplicate sample|too.(?:old|far)/i;
/** At most: tags and lengths, 8 for the value and 6 for the time. */
const sampleBytes = 20;

/**
 * The task `noetl:forward`: sends one target what it has not been sent yet, batch after batch, under a lease that this
 * server holds while it is at it. The job ends as soon as that has begun, so that a target that hangs holds up nothing.
 */
export function createForward({ execute, logger, env, signal }: ForwardingParts): { readonly task: Task; stopped(): Promise<void> } {
  const running = new Map<string, Promise<void>>();
  /** By target: how far the receiver's clock is ahead of our steady one, in milliseconds; null: it tells no time. */
  const clocks = new Map<string, number | null>();

  const call = async <T>(statement: string): Promise<T | undefined> => (await execute<[T]>(`select ${statement}`))[0]?.[0];

  const forward = async (target: string): Promise<void> => {
    const lease = randomUUID();
    const key = `${escapeLiteral(target)}, ${escapeLiteral(lease)}`;
    let renewedAt = clock();
    /** Aborted when the lease can no longer be relied on. */
    const lost = new AbortController();
    const renew = async (): Promise<void> => {
      const held = await call<boolean>(`_noetl.renew_forwarding(${key})`).catch(() => clock() - renewedAt < leaseIsSafeFor && undefined);
      if (held === true) renewedAt = clock();
      if (held === false) lost.abort(new LeaseLost());
    };
    const renewal = setInterval(() => void renew(), renewEvery);

    /** Whatever the receiver answers; an answer that asks for another try is an error. */
    const post = async (receiver: Receiver, series: readonly TimeSeries[], metadata: readonly MetricMetadata[] = []): Promise<string | null> => {
      if (clock() - renewedAt > leaseIsSafeFor) throw new LeaseLost();
      const body = await packed(encodeWriteRequest({ timeseries: series, metadata }));
      const headers = {
        'content-type': 'application/x-protobuf',
        'content-encoding': 'snappy',
        'x-prometheus-remote-write-version': '0.1.0',
        'user-agent': 'noetl-metrics',
        ...(await authorization(receiver, env)),
        ...(await headersWithSecrets(receiver.headers, env)),
      };
      const response = await request(target, await withSecrets(receiver.url, env), { method: 'POST', headers, body }, receiver.timeout, lost.signal);
      if (response.ok) return null;
      const words = `it answered ${response.status}: ${response.said}`;
      if (response.status >= 400 && response.status < 500 && response.status !== 429 && response.status !== 408) return words;
      throw new Unavailable(words, { retryAfter: response.retryAfter });
    };

    /** Sends it, in halves where it is refused, so that what is good gets through; gives what was refused for good, and why. */
    const offer = async (receiver: Receiver, series: readonly Series[], budget: { left: number; taken: number }): Promise<{ skipped: number; words: string | null }> => {
      const words = await post(receiver, series);
      const samples = samplesOf(series);
      if (words === null) {
        budget.taken += samples;
        return { skipped: 0, words: null };
      }
      if (samples === 1 || budget.left < 2) return { skipped: samples, words };
      budget.left -= 2;
      let skipped = 0;
      for (const half of halves(series)) skipped += (await offer(receiver, half, budget)).skipped;
      return { skipped, words };
    };

    const send = async (receiver: Receiver, batch: Batch): Promise<void> => {
      const requests = [...requestsOf(batch.series, receiver)];
      if (requests.length === 0) requests.push({ series: [], endsLine: true });
      for (const [i, { series, endsLine }] of requests.entries()) {
        const budget = { left: mostHalvings, taken: 0 };
        const { skipped, words } = series.length === 0 ? { skipped: 0, words: null } : await offer(receiver, series, budget);
        if (words !== null && budget.taken === 0 && receiver.patient && !aboutSamples.test(words)) throw new Unavailable(words, { refused: true });
        if (skipped > 0) logger.warn(`forwarding to ${target}: ${skipped} samples are refused: ${words ?? ''}`);
        const last = i === requests.length - 1;
        const isLate = batch.lateIds.length > 0;
        const line = isLate ? null : last ? batch.lastLine : endsLine ? (series.at(-1)?.line ?? null) : null;
        const held = await call<boolean>(`_noetl.advance_forwarding(${key}, ${line ?? 'null'}, ${last && !isLate && line === null},
          ${last && isLate ? `'{${batch.lateIds.join(',')}}'` : 'null'}, ${budget.taken}, ${skipped}, ${skipped > 0 ? escapeLiteral(words ?? '') : 'null'})`);
        if (held !== true) throw new LeaseLost();
        renewedAt = clock();
      }
    };

    try {
      while (!signal.aborted) {
        const until = clocks.has(target) ? `to_timestamp(${(nowAt(target) + ahead) / 1000})` : 'null';
        const receiver = await call<Receiver | null>(`_noetl.begin_forwarding(${key}, ${until})`);
        if (receiver === null || receiver === undefined) return;
        renewedAt = clock();
        if (!clocks.has(target)) {
          // what time it is there, before anything is sent that it might take for something of the future
          await request(target, await withSecrets(receiver.url, env), { method: 'GET', headers: await authorization(receiver, env) }, receiver.timeout, lost.signal);
          continue;
        }
        if (receiver.metadata !== null) await post(receiver, [], receiver.metadata).catch(ignoreUnlessLost);
        await send(receiver, batchOf(await execute<Row>(`select * from _noetl.forwarding_batch(${escapeLiteral(target)})`, toRead)));
      }
      await call(`_noetl.end_forwarding(${key})`);
    } catch (error) {
      if (error instanceof LeaseLost) return;
      const { refused, retryAfter } = error instanceof Unavailable ? error : new Unavailable('');
      logger.warn(`forwarding to ${target} failed: ${messageOf(error)}`);
      if (signal.aborted) await call(`_noetl.end_forwarding(${key})`);
      else await call(`_noetl.fail_forwarding(${key}, ${escapeLiteral(messageOf(error))}, ${refused}, ${retryAfter ?? 'null'})`);
    } finally {
      clearInterval(renewal);
    }
  };

  /** The receiver's time as far as it is known, in milliseconds since 1970. */
  const nowAt = (target: string): number => {
    const offset = clocks.get(target) ?? null;
    return offset === null ? Date.now() : clock() + offset;
  };

  const request = async (target: string, url: string, init: RequestInit, timeout: number, lost: AbortSignal): Promise<{ ok: boolean; status: number; said: string; retryAfter: number | undefined }> => {
    const stopping = new AbortController();
    const stop = (): void => void delay(lastWords, undefined, { ref: false }).then(() => stopping.abort());
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    try {
      const response = await fetch(url, {
        ...init,
        redirect: 'error', // or a receiver could send us to where only we can go
        signal: AbortSignal.any([lost, stopping.signal, AbortSignal.timeout(timeout)]),
      });
      const date = Date.parse(response.headers.get('date') ?? '');
      clocks.set(target, Number.isNaN(date) ? null : date - clock());
      const said = (await response.text()).slice(0, 300).trim();
      return { ok: response.ok, status: response.status, said, retryAfter: secondsOf(response.headers.get('retry-after')) };
    } catch (error) {
      if (lost.aborted) throw new LeaseLost('', { cause: error });
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };

  return {
    task: async (payload) => {
      if (!isTarget(payload) || running.has(payload.target)) return;
      const { target } = payload;
      const report = (error: unknown): void => logger.error({ err: error }, `forwarding to ${target} could not be recorded: ${messageOf(error)}`);
      running.set(target, forward(target).catch(report).finally(() => running.delete(target)));
    },
    stopped: async () => {
      await Promise.all(running.values());
    },
  };
}

/** The payload of a job of `_noetl.plan_forwarding()`. */
function isTarget(payload: unknown): payload is { target: string } {
  return typeof payload === 'object' && payload !== null && 'target' in payload && typeof payload.target === 'string';
}

async function authorization({ bearerToken, username, password }: Receiver, env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  if (bearerToken !== null) return { authorization: `Bearer ${await withSecrets(bearerToken, env)}` };
  if (username === null || password === null) return {};
  const credentials = `${await withSecrets(username, env)}:${await withSecrets(password, env)}`;
  return { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
}

function batchOf(rows: readonly Row[]): Batch {
  const clocks = new Map<string, readonly number[]>();
  const series: Series[] = [];
  const lateIds: string[] = [];
  let lastLine: number | null = null;
  for (const [lateId, line, labels, clockKey, times, values] of rows) {
    if (lateId !== null) lateIds.push(lateId);
    else if (labels === null) lastLine = line;
    else {
      const at = times === null ? (clocks.get(clockKey ?? '') ?? []) : times.split(',').map(Number);
      if (clockKey !== null) clocks.set(clockKey, at);
      series.push({
        line: line ?? 0,
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- so _noetl.forwarding_batch() says
        labels: Object.entries(JSON.parse(labels) as Record<string, string>)
          .map(([name, value]) => ({ name, value }))
          .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
        times: at,
        values: (values ?? '').split(',').map((value) => (value === '' ? null : Number(value))),
        bytes: 2 * labels.length,
      });
    }
  }
  return { series, lateIds, lastLine };
}

/**
 * Cuts a batch into requests of at most so many samples and bytes, between lines, so that after a failure no line is sent
 * again of which some has been taken; only what is longer than a request is cut in time.
 */
function* requestsOf(series: readonly Series[], { batchSamples, batchBytes }: Receiver): Generator<{ series: readonly Series[]; endsLine: boolean }> {
  let pending: Series[] = [];
  let samples = 0;
  let bytes = 0;
  for (const each of series) {
    const most = Math.max(1, Math.min(batchSamples, Math.floor((batchBytes - each.bytes) / sampleBytes)));
    for (let from = 0; from < each.times.length; from += most) {
      const part = { ...each, times: each.times.slice(from, from + most), values: each.values.slice(from, from + most) };
      const size = each.bytes + part.times.length * sampleBytes;
      if (pending.length > 0 && (samples + part.times.length > batchSamples || bytes + size > batchBytes)) {
        yield { series: pending, endsLine: from === 0 };
        pending = [];
        samples = 0;
        bytes = 0;
      }
      pending.push(part);
      samples += part.times.length;
      bytes += size;
    }
  }
  if (pending.length > 0) yield { series: pending, endsLine: true };
}

/** What is earlier and what is later; of one time, some series and the others. */
function halves(series: readonly Series[]): (readonly Series[])[] {
  const times = [...new Set(series.flatMap((each) => each.times))].toSorted((a, b) => a - b);
  const middle = times[Math.floor(times.length / 2)];
  if (times.length < 2 || middle === undefined) {
    const half = Math.ceil(series.length / 2);
    return [series.slice(0, half), series.slice(half)];
  }
  const part = (wanted: (time: number) => boolean): Series[] =>
    series
      .map((each) => ({ ...each, times: each.times.filter(wanted), values: each.values.filter((_, i) => wanted(each.times[i] ?? 0)) }))
      .filter((each) => each.times.length > 0);
  return [part((time) => time < middle), part((time) => time >= middle)];
}

/** Of a header Retry-After: seconds, or a date. */
function secondsOf(header: string | null): number | undefined {
  const seconds = header === null ? Number.NaN : Number(header);
  const wait = Number.isNaN(seconds) ? (Date.parse(header ?? '') - Date.now()) / 1000 : seconds;
  return wait > 0 ? wait : undefined;
}

function samplesOf(series: readonly TimeSeries[]): number {
  return series.reduce((sum, { times }) => sum + times.length, 0);
}

/** What is known of families is sent again soon; that it was not taken is no reason not to send samples. */
function ignoreUnlessLost(error: unknown): void {
  if (error instanceof LeaseLost) throw error;
}

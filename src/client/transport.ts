/** The ways to the database: over HTTP to the server, or over a pool of one's own. */

export interface Component {
  readonly name: string;
  readonly type: string;
}

/** What of `pg.Pool` is needed. */
export interface Queryable {
  query(text: string, values: unknown[]): Promise<unknown>;
}

/**
 * Sends one batch, a body of POST /api/metrics/record, unless the signal comes first. The same key again records nothing
 * and succeeds.
 */
export type Send = (batch: string, key: string, signal: AbortSignal) => Promise<void>;

/** A batch that no retry will make acceptable. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** A batch that may be sent again, but not before so many milliseconds. */
export class Later extends Error {
  override readonly name = 'Later';
  readonly pause: number;
  constructor(message: string, pause: number) {
    super(message);
    this.pause = pause;
  }
}

export interface HttpOptions {
  /** Sent as a bearer token. */
  readonly token?: string | undefined;
  /** Milliseconds for one request. */
  readonly timeout: number;
}

export function overHttp(base: string | URL, { token, timeout }: HttpOptions): Send {
  // below the path of the base: a proxy may have the server there
  const url = new URL(`${String(base).replace(/\/+$/, '')}/api/metrics/record`);
  return async (batch, key, given) => {
    const [status, headers, text] = await within(timeout, given, async (signal) => {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': key,
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        body: batch,
        signal,
      });
      return [answer.status, answer.headers, await answer.text()] as const;
    }).catch(explain);
    if (status >= 200 && status < 300) return;
    const message = `${status} ${text.slice(0, 500)}`;
    const again = status >= 500 || [401, 403, 404, 408, 425, 429].includes(status);
    const pause = [429, 503].includes(status) ? retryAfter(headers) : undefined;
    if (pause !== undefined) throw new Later(message, pause);
    throw again ? new Error(message) : new Refused(message);
  };
}

/** What fetch says is that it failed; why, its cause does. */
function explain(error: unknown): never {
  const { cause } = error instanceof Error ? error : {};
  if (!(cause instanceof Error)) throw error;
  throw new Error(`${String(error)}: ${cause.message || String('code' in cause ? cause.code : cause.name)}`, { cause });
}

/** The milliseconds that an answer asks to wait: of seconds, or until a date on the clock of whoever answers; undefined: it says nothing to go by. */
function retryAfter(headers: Headers): number | undefined {
  const asked = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(asked)) return Number(asked) * 1000;
  const [until, now] = [timeOf(asked), timeOf(headers.get('date') ?? '') ?? Date.now()];
  return until === undefined ? undefined : Math.max(0, until - now);
}

/** An HTTP date; `Date.parse` alone would make one of nearly anything. */
function timeOf(date: string): number | undefined {
  const time = /^[A-Z][a-z]+, .* GMT$/.test(date) ? Date.parse(date) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** SQLSTATE classes of what is wrong with the batch itself. */
const refusals = /^(22|23|54)/;

export function overPool(pool: Queryable, { timeout }: HttpOptions): Send {
  return async (batch, key, given) => {
    try {
      await within(timeout, given, async () => pool.query('select noetl.record_metrics($1, $2)', [batch, key]));
    } catch (error) {
      if (error instanceof Error && 'code' in error && refusals.test(String(error.code))) throw new Refused(error.message);
      throw error;
    }
  };
}

/** What the work brings, or an error after so many milliseconds or at the signal, whichever comes first. */
async function within<T>(timeout: number, given: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ended = new AbortController();
  let fail: (error: Error) => void = ignore;
  const cut = new Promise<never>((_, reject) => (fail = reject));
  const end = (): void => {
    ended.abort();
    fail(new Error(given.aborted ? 'the collector was closed' : 'no answer in time'));
  };
  const timer = setTimeout(end, timeout);
  given.addEventListener('abort', end);
  cut.catch(ignore); // heard here, should the work have ended before
  const working = work(ended.signal);
  working.catch(ignore); // heard here, should it fail after its time
  if (given.aborted) end();
  try {
    return await Promise.race([working, cut]);
  } finally {
    clearTimeout(timer);
    given.removeEventListener('abort', end);
  }
}

function ignore(): void {}

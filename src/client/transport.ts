/** The ways to the database: over HTTP to the server, or over a pool of one's own. */

export interface Component {
  readonly name: string;
  readonly type: string;
}

/** What of `pg.Pool` is needed. */
export interface Queryable {
  query(text: string, values: unknown[]): Promise<unknown>;
}

/** Sends one batch, a body of POST /api/metrics/record. The same key again records nothing and succeeds. */
export type Send = (batch: string, key: string) => Promise<void>;

/** A batch that no retry will make acceptable. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

export interface HttpOptions {
  /** Sent as a bearer token. */
  readonly token?: string | undefined;
  /** Milliseconds for one request. */
  readonly timeout: number;
}

export function overHttp(base: string | URL, { token, timeout }: HttpOptions): Send {
  const url = new URL('/api/metrics/record', base);
  return async (batch, key) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': key,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: batch,
      signal: AbortSignal.timeout(timeout),
    });
    const text = await answer.text();
    if (answer.ok) return;
    const message = `${answer.status} ${text.slice(0, 500)}`;
    const again = answer.status >= 500 || [401, 403, 404, 408, 425, 429].includes(answer.status);
    throw again ? new Error(message) : new Refused(message);
  };
}

/** SQLSTATE classes of what is wrong with the batch itself. */
const refusals = /^(22|23|54)/;

export function overPool(pool: Queryable, { timeout }: HttpOptions): Send {
  return async (batch, key) => {
    const query = pool.query('select noetl.record_metrics($1, $2)', [batch, key]);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the database did not answer in time')), timeout);
    });
    try {
      await Promise.race([query, late]);
    } catch (error) {
      query.catch(() => {}); // heard here, should it fail after its time
      if (error instanceof Error && 'code' in error && refusals.test(String(error.code))) throw new Refused(error.message);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };
}

import { type ClientBase, DatabaseError, type Pool, type PoolClient, type QueryArrayResult } from 'pg';
import Cursor from 'pg-cursor';

/** We did not wait for the rest. */
export class Overdue extends Error {
  override readonly name = 'Overdue';
}

/** There is more to do than there is room for, and less to be had by waiting than by trying again. */
export class Busy extends Error {
  override readonly name = 'Busy';
  readonly statusCode = 503;
  constructor() {
    super('The server is busy: try again.');
  }
}

/** Milliseconds on a clock that is never set back. A deadline is a point on it. */
export const clock = (): number => performance.now();

/** What the promise brings, or `Overdue` at the deadline or when the signal aborts. */
export async function before<T>(deadline: number, promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  let cut = ignore;
  const overdue = new Promise<never>((_, reject) => {
    cut = () => reject(new Overdue(signal?.aborted === true ? 'cut short' : 'no answer from the database in time'));
  });
  const timer = setTimeout(cut, Math.max(0, deadline - clock()));
  signal?.addEventListener('abort', cut);
  if (signal?.aborted === true) cut();
  try {
    return await Promise.race([promise, overdue]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cut);
  }
}

/** Milliseconds. Whoever holds a lock longer does DDL; a reader that gives up sooner is better served by its next try. */
const longestLockWait = 500;

export type Role = 'noetl_reader' | 'noetl_writer' | 'noetl_admin';

export interface Limits {
  /** A point on `clock()`. */
  readonly deadline: number;
  readonly signal?: AbortSignal;
  /** Waits for a lock until the deadline, because nobody tries again soon. */
  readonly patient?: boolean;
  /** With whose rights; without it, or where the cluster has no such roles, with those of the connection's user. */
  readonly role?: Role;
  /** The most that may wait for a connection already; without it, any number. */
  readonly waiting?: number;
}

/**
 * The rows (as arrays) of one SQL statement without parameters, or an error by the deadline, also when the server
 * hangs.
 *
 * One round trip: statements sent together are one implicit transaction, so `set local` holds for the last of them
 * and an error leaves nothing behind. Just-in-time compilation is off because it costs more than these statements.
 */
export async function rowsWithin<R extends unknown[]>(pool: Pool, sql: string, limits: Limits): Promise<R[]> {
  return withClient(pool, limits, async (client) => {
    const timeout = Math.max(1, Math.floor(limits.deadline - clock()));
    const text = `set local statement_timeout = ${timeout};
      set local lock_timeout = ${limits.patient === true ? timeout : Math.min(timeout, longestLockWait)};
      set local jit = off;
      set local extra_float_digits = 1;
      ${await taking(client, limits.role)};
      ${sql}`;
    const results: QueryArrayResult<R> | QueryArrayResult<R>[] = await client.query<R>({ text, rowMode: 'array' });
    return [results].flat().at(-1)?.rows ?? []; // one result for each statement
  });
}

/** A row of the statement of an endpoint, as text: what the first says of the answer, and each a piece of its body. */
export type Piece = [status: string | null, headers: string | null, body: string | null, isTooLong: string];

const asText = { getTypeParser: () => String };

/**
 * The rows that a statement gives for its parameters, committed, or an error by the deadline.
 *
 * What a client sent comes in as parameters only. A statement that is refused leaves a connection as good as before.
 */
export async function piecesWithin(pool: Pool, sql: string, values: unknown[], limits: Limits): Promise<Piece[]> {
  const outcome = await withClient(pool, limits, async (client): Promise<Piece[] | DatabaseError> => {
    await begin(client, limits);
    try {
      const { rows } = await client.query<Piece>({ text: sql, values, rowMode: 'array', types: asText });
      await client.query('commit');
      return rows;
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.severity !== 'ERROR') throw error;
      await client.query('rollback');
      return error;
    }
  });
  if (outcome instanceof DatabaseError) throw outcome;
  return outcome;
}

/** The most characters of pieces that are held at a time, unless one alone is longer. */
const longestBatch = 500_000;

/** The same rows batch by batch, read as they are taken: whoever stops taking them ends the statement. Each batch has until the deadline. */
export async function* piecesAsTaken(pool: Pool, sql: string, values: unknown[], limits: Limits): AsyncGenerator<Piece[], undefined> {
  const client = await connected(pool, limits);
  let healthy = false;
  try {
    await before(limits.deadline, begin(client, limits));
    const cursor = client.query(new Cursor<Piece>(sql, values, { rowMode: 'array', types: asText }));
    // as many rows at a time as the last ones were short: each reading is a round trip
    for (let rows = 1; ;) {
      const pieces = await before(limits.deadline, cursor.read(rows));
      if (pieces.length === 0) break;
      const longest = Math.max(1, ...pieces.map(([, , body]) => body?.length ?? 0));
      rows = Math.max(1, Math.min(4 * rows, Math.floor(longestBatch / longest)));
      yield pieces;
    }
    await client.query('commit');
    healthy = true;
    return undefined;
  } finally {
    client.release(!healthy);
  }
}

/** Begins a transaction with the time and the rights that its statement has. */
async function begin(client: PoolClient, { deadline, role }: Limits): Promise<void> {
  const timeout = Math.max(1, Math.floor(deadline - clock()));
  const take = await taking(client, role);
  await client.query(`begin; set local statement_timeout = ${timeout}; set local lock_timeout = ${timeout}; set local jit = off; set local extra_float_digits = 1; ${take}`).catch(notBegun);
}

/** The connections that may take the roles, or may not. */
const ableToTakeRoles = new WeakMap<PoolClient, boolean>();

/**
 * The statement that takes a role until the transaction ends. A connection is asked once whether it may, so that roles
 * made or dropped later are noticed with the next connection.
 */
async function taking(client: PoolClient, role: Role | undefined): Promise<string> {
  if (role === undefined) return '';
  let able = ableToTakeRoles.get(client);
  if (able === undefined) {
    const { rows } = await client.query<{ able: boolean }>('select bool_and(r.usable) as able from _noetl.role as r');
    able = rows[0]?.able === true;
    ableToTakeRoles.set(client, able);
  }
  return able ? `set local role ${role}` : '';
}

/** A pooled connection for as long as `use` takes, but no longer than it may. After any error it is closed. */
async function withClient<T>(pool: Pool, limits: Limits, use: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await connected(pool, limits);
  let healthy = false;
  try {
    const result = await before(limits.deadline, use(client), limits.signal);
    healthy = true;
    return result;
  } finally {
    client.release(!healthy);
  }
}

/** A connection by the deadline; one that comes later goes back to the pool. */
async function connected(pool: Pool, { deadline, signal, waiting = Infinity }: Limits): Promise<PoolClient> {
  if (clock() >= deadline) throw new Overdue('no turn in time');
  if (pool.waitingCount >= waiting) throw new Busy();
  const connecting = pool.connect();
  try {
    return await before(deadline, connecting, signal);
  } catch (error) {
    connecting.then((late) => late.release(), ignore);
    throw error;
  }
}

/** For `onConnect` of a pool, which waits for the promise: what a database or a role may have set otherwise for every session. */
export function asExpected(client: ClientBase): unknown {
  return client.query(`set default_transaction_isolation = 'read committed'; set standard_conforming_strings = on; set quote_all_identifiers = off;
  set extra_float_digits = 1; set datestyle = iso; set intervalstyle = postgres; set bytea_output = hex; set timezone = 'UTC'; set search_path = pg_catalog, pg_temp`);
}

/**
 * A pool announces connections that broke while idle, a connection that it broke while in use; unheard, either ends
 * the process. The pool replaces a broken connection by itself, so saying so is enough.
 */
export function surviveLostConnections(pool: Pool, report: (error: Error) => void): void {
  pool.on('error', report);
  pool.on('connect', (client) => client.on('error', report));
}

/** Such as by a role that has been dropped since: no fault of the request, and the next connection asks anew. */
function notBegun(error: unknown): never {
  throw new Overdue(`no transaction could be begun: ${error instanceof Error ? error.message : String(error)}`);
}

function ignore(): void {}

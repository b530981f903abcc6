import { randomBytes } from 'node:crypto';
import { Client, DatabaseError, escapeIdentifier, Pool, type ClientConfig, type QueryResultRow } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, inject } from 'vitest';
import { connected, urlOf } from './connection.ts';
import { today } from './server.ts';

/** What one row looks like when a test does not say. */
type AnyRow = Record<string, unknown>;

/** A database that exists while tests run, and shorthands for asking it. */
export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  readonly pool: Pool;
  /** Every row of a query, through the pool. */
  rows<R extends QueryResultRow = AnyRow>(sql: string, values?: unknown[]): Promise<R[]>;
  /** The only row; any other number of rows is an error. */
  row<R extends QueryResultRow = AnyRow>(sql: string, values?: unknown[]): Promise<R>;
  /** The first column of the only row. */
  value<T = unknown>(sql: string, values?: unknown[]): Promise<T>;
  /** The error that a statement must end in; success is an error. */
  refusal(sql: string, values?: unknown[]): Promise<DatabaseError>;
  /** A connection of one's own, closed after the test. Two of them show what concurrency does. */
  session(config?: ClientConfig): Promise<Client>;
}

export interface DatabaseOptions {
  /** `installed` is what the production installer makes; `empty` is a database nobody installed anything into. */
  readonly contents?: 'installed' | 'empty';
  /** How long it lives: one for the whole file, or a new one for each test. */
  readonly per?: 'file' | 'test';
}

/** A time zone with daylight saving, far from UTC: what is right in it is right in UTC. */
const timeZone = 'America/New_York';

/**
 * A database for the tests of this file (or `describe`), dropped at the end:
 *
 *     const db = useDatabase();
 *     it('…', async () => expect(await db.rows('select …')).toEqual([…]));
 */
export function useDatabase({ contents = 'installed', per = 'file' }: DatabaseOptions = {}): TestDatabase {
  const server = inject('server');
  const template = contents === 'installed' ? server.template : 'template0';
  const sessions: Client[] = [];
  let current: { name: string; url: string; pool: Pool } | undefined;
  let { day } = server;

  const open = async (): Promise<void> => {
    const name = `${server.template}_${randomBytes(4).toString('hex')}`;
    await createDatabase(server.url, name, template);
    const url = urlOf(server.url, name);
    const pool = new Pool({ connectionString: url });
    pool.on('error', () => {}); // a test that stops its server also kills our idle connections
    current = { name, url, pool };
    ({ day } = server);
    await followDay();
  };
  /** A run that goes on past midnight. */
  const followDay = async (): Promise<void> => {
    if (contents !== 'installed' || day === today()) return;
    day = today();
    await connected(opened().url, startDay);
  };
  const close = async (): Promise<void> => {
    if (current === undefined) return;
    const { name, pool } = current;
    current = undefined;
    await pool.end();
    await connected(server.url, (admin) => admin.query(`drop database ${escapeIdentifier(name)} with (force)`));
  };
  const opened = (): { name: string; url: string; pool: Pool } => {
    if (current === undefined) throw new Error('the database exists only while hooks and tests run');
    return current;
  };

  if (per === 'file') {
    beforeAll(open);
    beforeEach(followDay);
    afterAll(close);
  } else {
    beforeEach(open);
    afterEach(close);
  }
  afterEach(async () => {
    await Promise.all(sessions.splice(0).map((session) => session.end()));
  });

  const rows = async <R extends QueryResultRow>(sql: string, values?: unknown[]): Promise<R[]> =>
    (await opened().pool.query<R>(sql, values)).rows;
  const row = async <R extends QueryResultRow>(sql: string, values?: unknown[]): Promise<R> => {
    const [first, ...others] = await rows<R>(sql, values);
    if (first === undefined || others.length > 0) {
      throw new Error(`${first === undefined ? 'no row' : `${others.length + 1} rows`} where one was expected: ${sql}`);
    }
    return first;
  };
  return {
    get name() {
      return opened().name;
    },
    get url() {
      return opened().url;
    },
    get pool() {
      return opened().pool;
    },
    rows,
    row,
    value: async <T>(sql: string, values?: unknown[]) => Object.values(await row(sql, values))[0] as T,
    refusal: async (sql, values) => refusalOf(opened().pool.query(sql, values)),
    session: async (config) => {
      const session = new Client({ connectionString: opened().url, ...config });
      session.on('error', () => {});
      await session.connect();
      sessions.push(session);
      return session;
    },
  };
}

/** The database error that a statement ends in; success, or an error of another kind, is an error. */
export async function refusalOf(statement: Promise<unknown>): Promise<DatabaseError> {
  try {
    await statement;
  } catch (error) {
    if (error instanceof DatabaseError) return error;
    throw error;
  }
  throw new Error('the statement was accepted');
}

/** What a server does when a day begins, to a database that was installed before. */
async function startDay(client: Client): Promise<void> {
  await client.query('select noetl.initialize_metric_partitions()');
  const { rows } = await client.query<{ name: string }>('select name from noetl.expired_partition');
  for (const { name } of rows) await client.query(`drop table noetl.${escapeIdentifier(name)}`);
}

async function createDatabase(url: string, name: string, template: string): Promise<void> {
  await connected(url, async (admin) => {
    await admin.query(
      `create database ${escapeIdentifier(name)} template ${escapeIdentifier(template)} encoding 'UTF8'`,
    );
    await admin.query(`alter database ${escapeIdentifier(name)} set timezone = '${timeZone}'`);
  });
}

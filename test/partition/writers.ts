import type { Client } from 'pg';
import type { TestDatabase } from '../support/database.ts';

/** Sessions that insert samples without pause and give up where they would have to wait. */
export interface Writers {
  /** Every session has inserted this many rows more. */
  progress(rows: number): Promise<void>;
  /** How many rows they have committed, and every error that they met. */
  stop(): Promise<{ rows: number; errors: string[] }>;
}

export interface WriterOptions {
  readonly sessions?: number;
  /** SQL of the created_at of each row. */
  readonly createdAt?: string;
  readonly name?: string;
}

/** `sessions` writers that nothing may keep waiting for 100 ms. */
export async function startWriters(
  db: TestDatabase,
  { sessions = 16, createdAt = 'now()', name = 'written_total' }: WriterOptions = {},
): Promise<Writers> {
  const errors: string[] = [];
  const counts = Array.from({ length: sessions }, () => 0);
  let writing = true;
  const going = (): boolean => writing;
  const write = async (client: Client, place: number): Promise<void> => {
    while (going()) {
      try {
        await client.query(
          `insert into noetl.metric (metric_name, metric_type, metric_value, labels, created_at)
           values ('${name}', 'counter', $1, jsonb_build_object('writer', $2::text), ${createdAt})`,
          [(counts[place] ?? 0) + 1, place],
        );
        counts[place] = (counts[place] ?? 0) + 1;
      } catch (error) {
        errors.push(error instanceof Error ? error.message : String(error));
        return;
      }
    }
  };
  // long for a busy machine, short beside a wait for whoever holds what maintenance wants
  const clients = await Promise.all(counts.map(async () => db.session({ options: '-c lock_timeout=2s' })));
  const all = Promise.all(clients.map(write));
  return {
    progress: async (rows) => {
      const target = counts.map((count) => count + rows);
      while (counts.some((count, place) => count < (target[place] ?? 0)) && errors.length === 0) {
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
    stop: async () => {
      writing = false;
      await all;
      return { rows: counts.reduce((sum, count) => sum + count, 0), errors };
    },
  };
}

/** What cleanups drop, one after the other until the last one was not cut off by the time that it may hold up writers. */
export async function cleanUp(db: TestDatabase): Promise<string[]> {
  const dropped: string[] = [];
  let cutOff = true;
  while (cutOff) {
    dropped.push(...(await db.value<string[]>('select noetl.cleanup_expired_metrics()')));
    cutOff = await db.value<boolean>(`select 'enough' = any (regexp_split_to_array(left_over::text, '\\W+')) from noetl.maintenance where step = 'cleanup'`);
  }
  return dropped;
}

/** Leaves noetl.metric with nothing but its overflow, as after a long time without maintenance. */
export async function dropPartitions(db: TestDatabase): Promise<void> {
  while ((await db.value(`select count(*)::int from noetl.partition where level = 'raw' and not is_overflow`)) !== 0) {
    await db.rows(`select noetl.cleanup_expired_metrics(now() + interval '30 days')`);
  }
}

/** What the worker does: the steps that are due, each in a transaction of its own. Returns the errors. */
export async function maintain(db: TestDatabase): Promise<string[]> {
  const errors: string[] = [];
  for (const { statement } of await db.rows<{ statement: string }>('select statement from noetl.maintenance_step order by position')) {
    const { failed_at, started_at, error } = await db.row<{ failed_at: Date | null; started_at: Date; error: string }>(statement);
    if (failed_at !== null && failed_at >= started_at) errors.push(error);
  }
  return errors;
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { valueOf } from './postgres.ts';

/** Has maintenance pack the day that begins at this moment (SQL), as if it were two hours after its end. */
export async function packDay(client: Client, day: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    await client.query(`select noetl.maintain('packing', ${day} + interval '26 hours')`);
    if (await valueOf<boolean>(client, `select packed_at is not null from noetl.partition where level = 'raw' and lower_bound = ${day}`)) return;
    await delay(tries < 3 ? 0 : 500); // an autovacuum may hold an old snapshot
  }
  throw new Error('the day was not packed');
}

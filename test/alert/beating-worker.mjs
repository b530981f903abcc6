// A worker that registers, beats four times a second, and never signs off: argument 1 is the database.
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';

const client = new Client({ connectionString: process.argv[2] });
await client.connect();
const { rows } = await client.query("select noetl.register_runtime('worker-1', 'worker_pool') as id");
process.stdout.write('registered\n');
for (;;) {
  await client.query('select noetl.heartbeat($1)', [rows[0].id]);
  await delay(250);
}

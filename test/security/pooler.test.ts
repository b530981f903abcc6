import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect } from 'vitest';
import { install } from '../../src/install.ts';
import { refuseTransactionPooler } from '../../src/start.ts';
import { connected } from '../support/connection.ts';
import { useDatabase } from '../support/database.ts';
import { freePort } from '../support/ports.ts';
import { temporaryFolder } from '../support/server.ts';
import { needing, pathOf, pgbouncer } from '../support/tools.ts';

const db = useDatabase({ contents: 'empty' });
let folder = '';
const poolers: ChildProcess[] = [];

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(async () => {
  for (const pooler of poolers) pooler.kill();
  await rm(folder, { recursive: true, force: true });
});

/** The database through PgBouncer; returns the URL. */
async function through(mode: 'transaction' | 'session', size = 2): Promise<string> {
  const url = new URL(db.url);
  const port = await freePort();
  const file = join(folder, `${mode}-${port}.ini`);
  await writeFile(file, `[databases]
* = host=${url.hostname} port=${url.port} user=${decodeURIComponent(url.username)} password=${decodeURIComponent(url.password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
auth_type = any
pool_mode = ${mode}
default_pool_size = ${size}
max_client_conn = 50
unix_socket_dir =
`);
  await chmod(folder, 0o755);
  await chmod(file, 0o644);
  // it does not run as root
  const asOther = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  poolers.push(spawn(pathOf(pgbouncer), ['-q', file], { stdio: 'ignore', ...asOther }));
  const pooled = new URL(db.url);
  pooled.host = `127.0.0.1:${port}`;
  await expect.poll(async () => connected(pooled.href, (client) => client.query('select 1')).then(() => 'up', String)).toBe('up');
  return pooled.href;
}

needing(pgbouncer)('an install through a transaction pooler leaves nothing on the connection that it was lent, and the next direct one does not wait', async () => {
  const url = await through('transaction', 1);
  await install(url);
  await connected(url, async (client) => {
    expect((await client.query(`select current_setting('lock_timeout') as a, current_setting('client_min_messages') as b, current_setting('search_path') as c`)).rows)
      .toEqual([{ a: '0', b: 'notice', c: '"$user", public' }]);
  });
  expect(await db.value(`select count(*)::int from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`)).toBe(0);
  await install(db.url);
  await install(url, { unlessCurrent: true });
});

needing(pgbouncer)('a server is refused a transaction pooler in one line, however many connections that has, and not a session pooler', async () => {
  const refusal = 'DATABASE_URL goes through a pooler that lends connections by transaction: give the address of PostgreSQL itself, or set pool_mode = session there.';
  await expect(refuseTransactionPooler(await through('transaction', 1))).rejects.toThrow(refusal);
  await expect(refuseTransactionPooler(await through('transaction', 5))).rejects.toThrow(refusal);
  await refuseTransactionPooler(await through('session', 5));
  await refuseTransactionPooler(db.url);
});

needing(pgbouncer)('a component for the transaction does not leak to whoever is lent the connection next', async () => {
  await install(db.url);
  const url = await through('transaction', 1);
  const [one, other] = [new Client(url), new Client(url)];
  await Promise.all([one.connect(), other.connect()]);
  await one.query(`begin; select noetl.use_component('one', 'worker_pool', transaction_only => true); select noetl.set('height', 1); commit`);
  await other.query(`select noetl.set('height', 2)`);
  await Promise.all([one.end(), other.end()]);
  const page = await db.value<string>('select noetl.prometheus_text()');
  expect(page).toContain('height{component="one",component_type="worker_pool"} 1\n');
  expect(page).toContain('height 2\n');
});

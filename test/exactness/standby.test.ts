import { Client } from 'pg';
import { expect, it } from 'vitest';
import { useCluster } from '../support/cluster.ts';
import { connected } from '../support/connection.ts';
import { compared, ledgerSql } from './ledger.ts';
import { newTally, session } from './load.ts';
import { seededRandom } from './random.ts';

const cluster = useCluster({ settings: { max_connections: '200' } });

it('a hot standby shows what its primary committed, folded or not, and every view can be read there', async () => {
  const random = seededRandom();
  await cluster.installed('followed');
  const standby = await cluster.standby();
  const [url, copy] = [cluster.url('followed'), standby.url('followed')];
  await connected(url, (client) => client.query(ledgerSql));
  const tally = newTally();
  await connected(copy, async (reader) => {
    const caughtUp = async (): Promise<void> => {
      const lsn = await connected(url, async (client) => (await client.query<{ lsn: string }>('select pg_current_wal_lsn() as lsn')).rows[0]?.lsn);
      await expect
        .poll(async () => (await reader.query<{ there: boolean }>(`select pg_last_wal_replay_lsn() >= $1::pg_lsn as there`, [lsn])).rows)
        .toEqual([{ there: true }]);
    };
    await caughtUp();
    let writing = true;
    const wrong: string[] = [];
    let compares = 0;
    const watching = (async () => {
      for (; writing; compares += 1) wrong.push(...(await compared(reader)).differences);
    })();
    const folding = connected(url, async (client) => {
      while (writing) await client.query('select noetl.fold()');
    });
    await Promise.all(Array.from({ length: 16 }, (_, n) =>
      session({ url, name: `s${n}`, random: random.fork(n), tally, more: () => tally.operations < 2_000 })));
    writing = false;
    await Promise.all([watching, folding]);
    expect(tally.errors).toEqual([]);
    expect(wrong).toEqual([]);

    // not folded, then folded
    for (const fold of ["select noetl.inc('exact_orders_total', '{\"k\": 1}'); insert into exact.ledger (kind, labels, value) values ('orders', 'k=\"1\"', 1)", 'select noetl.fold()']) {
      await connected(url, (client) => client.query(fold));
      await caughtUp();
      const { lines, differences } = await compared(reader);
      expect(differences).toEqual([]);
      const primary = await connected(url, async (client) => (await compared(client)).lines);
      expect([...lines].filter(([line]) => line.startsWith('exact_'))).toEqual([...primary].filter(([line]) => line.startsWith('exact_')));
    }
    const { rows: views } = await reader.query<{ view: string }>(
      `select c.oid::regclass::text as view from pg_class as c where c.relkind in ('v', 'm') and c.relnamespace::regnamespace::text in ('noetl', '_noetl') order by 1`);
    for (const { view } of views) await reader.query(`table ${view}`);
    await reader.query('select noetl.openmetrics_text()');
    console.log(`standby: NOETL_SEED=${random.seed}, ${tally.operations} operations, ${compares} comparisons, ${views.length} views`);
  });

  const reader = new Client({ connectionString: url });
  await reader.connect();
  try {
    await reader.query('begin isolation level repeatable read read only');
    const before = await compared(reader);
    await connected(url, async (client) => {
      await client.query(`select noetl.inc('exact_orders_total', '{"k": 1}'); insert into exact.ledger (kind, labels, value) values ('orders', 'k="1"', 1)`);
      await client.query('select noetl.fold()');
    });
    expect([...(await compared(reader)).lines]).toEqual([...before.lines]);
  } finally {
    await reader.end();
  }
});

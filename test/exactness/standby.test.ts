import { Client } from 'pg';
import { expect, it } from 'vitest';
import { useCluster, type TestCluster } from '../support/cluster.ts';
import { connected } from '../support/connection.ts';
import { compared, ledgerSql } from './ledger.ts';
import { newTally, session } from './load.ts';
import { seededRandom } from './random.ts';

const cluster = useCluster({ settings: { max_connections: '200' } });

let standby: TestCluster;

it('a hot standby shows what its primary committed, folded or not, and every view can be read there', async () => {
  const random = seededRandom();
  await cluster.installed('followed');
  standby = await cluster.standby();
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

it('a standby that is promoted goes on with the alerts and the archive where its primary was', async () => {
  const [primary, copy] = [cluster.url('followed'), standby.url('followed')];
  const alerts = `select name, state, labels ->> 'shop' as shop, since, value from noetl.alert where name = 'High' order by shop`;
  const asked = `select labels ->> 'shop' as shop, at, value from noetl.query('load', $1) order by shop`;
  const { before, at, answer } = await connected(primary, async (client) => {
    await client.query(`select noetl.set_alert_rule('High', 'load > 1', hold => '0'), noetl.set('load', 5, '{"shop": "a"}'), noetl.set('load', 0, '{"shop": "b"}')`);
    await client.query('select noetl.scrape()');
    await client.query('select noetl.evaluate_rules()');
    const { rows: [last] } = await client.query<{ at: string }>('select clock_timestamp()::text as at');
    return { before: (await client.query<object>(alerts)).rows, at: last?.at, answer: (await client.query<object>(asked, [last?.at])).rows };
  });
  expect(before).toMatchObject([{ state: 'firing', shop: 'a', value: 5 }]);
  expect(answer).toMatchObject([{ shop: 'a', value: 5 }, { shop: 'b', value: 0 }]);
  await connected(copy, async (client) => {
    // read only, as long as it follows
    await expect.poll(async () => (await client.query<object>(alerts)).rows).toEqual(before);
    expect((await client.query(asked, [at])).rows).toEqual(answer);

    expect((await client.query<{ promoted: boolean }>('select pg_promote() as promoted')).rows).toEqual([{ promoted: true }]);
    const step = async (sql: string): Promise<object[]> => {
      await client.query(sql);
      await client.query('select noetl.scrape()');
      await client.query('select noetl.evaluate_rules()');
      return (await client.query<object>(alerts)).rows;
    };
    expect(await step('select')).toEqual(before);
    expect(await step(`select noetl.set('load', 0, '{"shop": "a"}')`)).toEqual([]);
    expect((await client.query(`select state, labels ->> 'shop' as shop, since from noetl.alert_history where name = 'High' and state = 'resolved'`)).rows)
      .toMatchObject([{ state: 'resolved', shop: 'a' }]);
    expect((await client.query(asked, [at])).rows).toEqual(answer);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

const db = useDatabase({ per: 'test' });

const page = async (pattern: string): Promise<string[]> =>
  (await db.value<string>('select noetl.prometheus_text()'))
    .split('\n')
    .filter((line) => line.match(pattern) && !line.startsWith('#'))
    .toSorted();
const status = (name: string) =>
  db.row('select succeeded, error, samples, runs::int, failures::int from noetl.collector_status where name = $1', [name]);
const run = (name: string): Promise<boolean | null> => db.value<boolean | null>('select noetl.run_collector($1)', [name]);

beforeEach(async () => {
  await db.rows(`
    create table "order" (status text, seconds double precision);
    insert into "order" values ('new', 0.25), ('new', 4), ('paid', 0.05);
    create view orders as select status, count(*) as value from "order" group by status`);
});

describe('a collector', () => {
  it('is on the page as soon as it is added, with the columns beside value as labels', async () => {
    await db.rows(`select noetl.add_collector('orders', 'table orders; ', help => 'Orders.', unit => 'orders')`);
    expect(await page('^orders')).toEqual(['orders{status="new"} 2', 'orders{status="paid"} 1']);
    expect(await db.value(`select help from noetl.prometheus_exposition where family = 'orders'`)).toBe('Orders.');
    expect(await status('orders')).toEqual({ succeeded: true, error: null, samples: 2, runs: 1, failures: 0 });
  });

  it('finds unqualified names as the session did that added it', async () => {
    await db.rows(`create schema shop; create table shop.stock as select 5 as value`);
    const session = await db.session();
    await session.query(`set search_path = shop; select noetl.add_collector('stock', 'table stock')`);
    expect(await run('stock')).toBe(true);
    expect(await page('^stock')).toEqual(['stock 5']);
  });

  it('may have several value columns, of which a null gives no sample', async () => {
    await db.rows(
      `select noetl.add_collector('o', $$select status, count(*) as n, nullif(max(seconds), 4) as slowest from "order" group by 1$$,
         value_columns => '{"n": {}, "slowest": {"name": "slowest_order_seconds", "unit": "seconds"}}')`,
    );
    expect(await page('^(o_|slowest)')).toEqual(['o_n{status="new"} 2', 'o_n{status="paid"} 1', 'slowest_order_seconds{status="paid"} 0.05']);
  });

  it('makes histograms of arrays of observations and of cumulative buckets', async () => {
    await db.rows(
      `select noetl.add_collector('took', 'select status, array_agg(seconds) as value from "order" group by 1',
         metric_type => 'histogram', buckets => '{0.1,1}'),
       noetl.add_collector('given', $$select '{"buckets": {"0.1": 2, "1": 3}, "sum": 1.5, "count": 4}'::jsonb as value$$,
         metric_type => 'histogram', buckets => '{0.1,1}')`,
    );
    expect(await page('^took.*new')).toEqual([
      'took_bucket{status="new",le="+Inf"} 2',
      'took_bucket{status="new",le="0.1"} 0',
      'took_bucket{status="new",le="1.0"} 1',
      'took_count{status="new"} 2',
      'took_sum{status="new"} 4.25',
    ]);
    expect(await page('^given')).toEqual([
      'given_bucket{le="+Inf"} 4',
      'given_bucket{le="0.1"} 2',
      'given_bucket{le="1.0"} 3',
      'given_count 4',
      'given_sum 1.5',
    ]);
  });

  it.each(['gauge', 'counter', 'histogram'])('whose result shrinks takes the rest off the page: a %s', async (type) => {
    const value = type === 'histogram' ? 'array_agg(seconds)' : 'count(*)';
    await db.rows(`select noetl.add_collector('shrinking', 'select status, ${value} as value from "order" group by 1', metric_type => '${type}')`);
    const lines = await page('^shrinking');
    for (const fold of [true, false]) {
      await db.rows(`delete from "order" where status = 'paid'`);
      expect(await run('shrinking')).toBe(true);
      expect(await page('^shrinking')).toEqual(lines.filter((line) => line.includes('new')));
      await db.rows('select noetl.fold()');
      expect(await page('^shrinking')).toEqual(lines.filter((line) => line.includes('new')));
      await db.rows(`insert into "order" values ('paid', 0.05)`);
      expect(await run('shrinking')).toBe(true);
      if (fold) await db.rows('select noetl.fold()');
      expect(await page('^shrinking')).toEqual(lines);
    }
  });

  it('that fails says so, leaves the page instead of freezing, and comes back', async () => {
    await db.rows(`select noetl.add_collector('orders', 'table orders'), noetl.add_collector('other', 'select 1 as value')`);
    await db.rows('alter view orders rename to gone');
    expect(await run('orders')).toBe(false);
    expect(await status('orders')).toEqual({ succeeded: false, error: 'relation "orders" does not exist', samples: 0, runs: 2, failures: 1 });
    expect(await page('^(orders|other|noetl_collector_success)')).toEqual(['noetl_collector_success{collector="orders"} 0', 'noetl_collector_success{collector="other"} 1', 'other 1']);
    await db.rows('alter view gone rename to orders');
    expect(await run('orders')).toBe(true);
    expect(await page('^orders')).toHaveLength(2);
  });

  it('that takes longer than its timeout fails, and only that', async () => {
    await db.rows(`select noetl.add_collector('orders', 'select value from (select 1 as value) as v, pg_sleep(0.01)')`);
    await db.rows(`update _noetl.collector set query = 'select 1 as value from pg_sleep(60)'`);
    const session = await db.session();
    await session.query(`set statement_timeout = 300; select noetl.run_collector('orders')`);
    expect(await status('orders')).toMatchObject({ succeeded: false, error: 'it took longer than its timeout' });
    expect(await page('^orders')).toEqual([]);
  });

  it('is run by one session at a time, once for each beat, and for none that has been overtaken', async () => {
    await db.rows(`select noetl.add_collector('orders', 'table orders')`);
    const beat = async (at: string) => db.value('select noetl.run_collector($1, $2)', ['orders', at]);
    expect(await beat('2026-01-01 00:00Z')).toBe(true);
    expect(await beat('2026-01-01 00:00Z')).toBeNull();
    expect(await beat('2026-01-01 00:01Z')).toBe(true);
    expect(await beat('2026-01-01 00:00Z')).toBeNull();
    // but of a clock that has been set back since
    expect(await beat('2999-01-01 00:00Z')).toBe(true);
    expect(await beat('2999-01-01 00:00Z')).toBeNull();
    expect(await beat('2026-01-01 00:00Z')).toBe(true);
    const session = await db.session();
    await session.query(`begin; select noetl.run_collector('orders')`);
    expect(await run('orders')).toBeNull();
    await session.query('rollback');
  });

  it('that is disabled leaves the page, and comes back when it is enabled', async () => {
    await db.rows(`select noetl.add_collector('orders', 'table orders')`);
    await db.rows(`select noetl.disable_collector('orders')`);
    expect(await page('orders')).toEqual([]);
    expect(await db.row(`select enabled, runs::int from noetl.collector_status where name = 'orders'`)).toEqual({ enabled: false, runs: 0 });
    await db.rows(`select noetl.enable_collector('orders')`);
    expect(await run('orders')).toBe(true);
    expect(await page('^orders')).toHaveLength(2);
  });

  it('that is dropped is gone with its metrics', async () => {
    await db.rows(`select noetl.add_collector('orders', 'table orders')`);
    expect(await db.value(`select noetl.drop_collector('orders')`)).toBe(true);
    expect(await db.value(`select noetl.drop_collector('orders')`)).toBe(false);
    expect(await page('orders')).toEqual([]);
    expect(await db.rows(`select name from noetl.collector where origin = 'own'`)).toEqual([]);
  });
});

describe('a collector that cannot be used is refused with the reason:', () => {
  it.each([
    ['select 1 / 0 as value', 'division by zero'],
    ['select 1 as value, 2 as x from generate_series(1, 2)', '2 rows have the labels {"x": "2"}'],
    ['select n as value, n from generate_series(1, 1000000) as n', 'the result has more than 1000 rows: let the query return less, or raise max_rows'],
    ['select status from "order"', 'the result has no column "value"; its columns are: status'],
    ['select status as value from "order"', 'row 1, column "value": "new" is not a number'],
    ['selct 1', 'syntax error at or near "1"'],
    ['select 1 as value; drop table "order"', 'syntax error at or near ";"'],
    ['select 1 as value, 2 as "a b"', 'labels: the name "a b" must match [a-zA-Z_][a-zA-Z0-9_]* and must not begin with __'],
  ])('%s', async (query, reason) => {
    const refusal = await db.refusal(`select noetl.add_collector('bad', $1)`, [query]);
    expect(refusal.message).toBe(`query: collector "bad" cannot be used: ${reason}`);
    expect(await db.rows(`select name from noetl.collector where name = 'bad'`)).toEqual([]);
  });

  it('whose query takes longer than its timeout, though nobody ends it', async () => {
    const refusal = await db.refusal(`select noetl.add_collector('slow', 'select 1 as value from pg_sleep(0.2)', timeout => '100 milliseconds')`);
    expect(refusal.message).toBe('query: collector "slow" cannot be used: it took longer than its timeout');
    expect(await db.rows(`select name from noetl.collector where name = 'slow'`)).toEqual([]);
    await db.rows(`select noetl.add_collector('slow', 'select 1 as value from pg_sleep(0.2)')`);
  });

  it.each([
    [`'', 'select 1 as value'`, 'name: must be 1 to 200 characters'],
    [`'postgres_size', 'select 1 as value'`, 'name: postgres_size is a built-in collector; noetl.change_collector() changes it'],
    [`'x', 'select 1 as value', every => '0.5 seconds'`, 'every: must be at least 1 second and less than 00:05:00, after which a value is taken for stale (the setting staleness)'],
    [`'x', 'select 1 as value', timeout => '2 minutes'`, 'timeout: must be between 1 millisecond and 1 minute'],
    [`'x', 'select 1 as value', metric_type => 'gauze'`, 'metric_type: "gauze" is none of counter, gauge, histogram, summary, untyped'],
    [`'x y', 'select 1 as value'`, 'name: "x y" must match [a-zA-Z_:][a-zA-Z0-9_:]*'],
  ])('%s', async (call, reason) => {
    expect((await db.refusal(`select noetl.add_collector(${call})`)).message).toBe(reason);
  });
});

describe('the built-in collectors', () => {
  it('all succeed', async () => {
    await db.rows('select noetl.run_collector(name) from noetl.collector where probe is null');
    expect(await db.rows('select s.name, error from noetl.collector_status as s join noetl.collector using (name) where probe is null and succeeded is not true')).toEqual([]);
    expect((await page('^noetl_(postgres_connections.*"idle"|postgres_max|workers)')).map((line) => line.split(' ')[0])).toEqual([
      'noetl_postgres_connections{state="idle"}',
      'noetl_postgres_max_connections',
      'noetl_workers_alive',
      'noetl_workers_registered_total',
      'noetl_workers_total',
    ]);
  });

  it('succeed for a role that may not look at other sessions', async () => {
    const queries = await db.rows<{ query: string }>(`select query from noetl.collector where name like 'postgres%' and name <> 'postgres_wal_files'`); // which install_preset() leaves out for it
    const session = await db.session();
    await session.query(`begin; create role plain; grant usage on schema noetl, _noetl to plain; grant execute on all functions in schema noetl, _noetl to plain;
      grant select on all tables in schema noetl, _noetl to plain; set local role plain`);
    for (const { query } of queries) await expect(session.query(query)).resolves.toBeDefined();
  });
});

describe('the next beat', () => {
  const beat = (every: string, at: string): Promise<Date> => db.value<Date>('select _noetl.next_beat($1, $2)', [every, at]);

  it('is later, by no more than the interval, and on one beat with the ones before', async () => {
    for (const [every, seconds] of [['1 second', 1], ['5 seconds', 5], ['1 minute', 60]] as const) {
      const at = '2026-01-01 00:00:07.25Z';
      const first = await beat(every, at);
      expect(first.getTime() - Date.parse(at)).toBeGreaterThan(0);
      expect(first.getTime() - Date.parse(at)).toBeLessThanOrEqual(seconds * 1000);
      expect((await beat(every, first.toISOString())).getTime() - first.getTime()).toBe(seconds * 1000);
    }
  });
});

it('noetl.component shows who is there', async () => {
  const id = await db.value<string>(`select noetl.register_runtime('w', 'worker_pool')::text`);
  await db.rows(`select noetl.report($1, '[{"metric_name": "a", "metric_type": "gauge", "metric_value": 1}]')`, [id]);
  await db.rows('select noetl.fold()');
  expect(
    await db.row(`select runtime_id::text, name, state, silent_seconds < 60 as alive, series::int from noetl.component where runtime_id <> 0`),
  ).toEqual({ runtime_id: id, name: 'w', state: 'ready', alive: true, series: 1 });
  await db.rows('select noetl.heartbeat($1, $2)', [id, 'offline']);
  expect(await db.value(`select state from noetl.component where runtime_id <> 0`)).toBe('offline');
  expect(await db.value(`select noetl.register_runtime('w', 'worker_pool')::text`)).toBe(id);
});

import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { cleanUp, dropPartitions, maintain, startWriters } from './writers.ts';

const expiredDays = `select noetl.create_metric_partition((now() at time zone 'UTC')::date - d) from generate_series(3, 6) as d`;

describe('while a report reads everything and 16 writers insert', () => {
  const db = useDatabase({ per: 'test' });

  it.each([
    ['every partition', 'select count(*) from noetl.metric'],
    ['nothing but the parent', 'lock table only noetl.metric in access share mode'],
    ['an expired partition', 'select count(*) from noetl.partition_to_read'],
  ])('nobody waits for a cleanup, and what stays is named and goes later: %s', async (_, read) => {
    await db.rows(expiredDays);
    const expired = await db.value<string[]>('select array_agg(name order by lower_bound) from noetl.expired_partition');
    expect(expired).toHaveLength(4);
    const report = await db.session();
    await report.query(`begin; ${read.replace('partition_to_read', expired[1] ?? '')}`);
    const writers = await startWriters(db);
    const dropped: string[] = [];
    for (let tries = 0; tries < 5; tries += 1) {
      await writers.progress(5);
      dropped.push(...(await db.value<string[]>('select noetl.cleanup_expired_metrics()')));
      const left = await db.value<string[]>(`select left_over from noetl.maintenance where step = 'cleanup'`);
      expect(left.length + dropped.length).toBe(4);
      expect(await db.value('select array_agg(name order by lower_bound) from noetl.expired_partition')).toEqual(left.map((each) => each.split(':')[0]));
    }
    expect(dropped).not.toContain(expired[1]);
    await report.query('commit');
    while (dropped.length < 4) {
      dropped.push(...(await db.value<string[]>('select noetl.cleanup_expired_metrics()')));
    }
    expect(dropped.toSorted()).toEqual(expired);
    const { rows, errors } = await writers.stop();
    expect(errors).toEqual([]);
    expect(await db.value('select count(*)::int from noetl.metric')).toBe(rows);
  });

  it('partitions are made, filled from the overflow and dropped without anybody waiting, and every row is there once', async () => {
    await dropPartitions(db);
    const writers = await startWriters(db);
    await writers.progress(20);
    expect(await db.value(`select count(*)::int from noetl.partition where level = 'raw'`)).toBe(1);
    expect(await maintain(db)).toEqual([]);
    expect(await db.value(`select count(*)::int from noetl.partition where level = 'raw'`)).toBe(10);
    await writers.progress(20);
    const { rows, errors } = await writers.stop();
    expect(errors).toEqual([]);
    expect(await db.value('select count(*)::int from noetl.metric')).toBe(rows);
    expect(await db.value('select count(distinct metric_id)::int from noetl.metric')).toBe(rows);
    expect(await db.value('select count(*)::int from _noetl.metric_overflow')).toBe(0);
    await db.rows('select noetl.fold()');
    expect(await db.value('select sum(samples)::int from _noetl.component_usage')).toBe(rows);
  });

  it('an overflow too big to scan is replaced without anybody waiting, and every row is there once', async () => {
    await dropPartitions(db);
    await db.rows(`select noetl.set_setting('overflow_scan_bytes', '100000')`);
    await db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value, created_at, expires_at)
       select 'old_total', 'counter', i, now() - interval '20 days', now() - interval '19 days' from generate_series(1, 50000) as i`,
    );
    await db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value, created_at)
       values ('odd', 'gauge', 1, now() - interval '1 year'), ('odd', 'gauge', 2, now() + interval '1 year')`,
    );
    const writers = await startWriters(db);
    await writers.progress(20);
    const open = await db.session();
    await open.query(`begin; select noetl.inc('other_total'); select pg_current_xact_id()`);
    expect(await maintain(db)).toEqual([]);
    expect(await db.value(`select count(*)::int from noetl.partition where level = 'raw'`)).toBe(10);
    await open.query(`insert into noetl.metric (metric_name, metric_type, metric_value) values ('late', 'gauge', 5); commit`);
    await writers.progress(20);
    const { rows, errors } = await writers.stop();
    expect(errors).toEqual([]);
    expect(await db.value('select count(*)::int from noetl.metric')).toBe(rows + 3);
    expect(await db.rows('select metric_value from _noetl.metric_overflow order by 1')).toEqual([{ metric_value: 1 }, { metric_value: 2 }]);
    expect(await db.value('select count(distinct metric_id)::int from noetl.metric')).toBe(rows + 3);
    expect(await db.value('select noetl.prometheus_text()')).toContain('\nold_total 50000\n');
  });
});

describe('cleanup', () => {
  const db = useDatabase({ per: 'test' });

  it('leaves a partition that an open or prepared transaction has written to, and loses nothing of it', async () => {
    await db.rows(expiredDays);
    const insert = `insert into noetl.metric (metric_name, metric_type, metric_value, created_at)
      values ('backfilled_total', 'counter', 7, now() - interval '3 days')`;
    const open = await db.session();
    await open.query(`begin; ${insert}`);
    await db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value, created_at)
       select 'read_total', 'counter', i, now() - interval '4 days' from generate_series(1, 1000) as i`,
    );
    for (const then of ['select', `prepare transaction 'backfill'`]) {
      await open.query(then);
      expect(await db.value('select noetl.cleanup_expired_metrics()')).toEqual([]);
      const left = await db.value<string[]>(`select left_over from noetl.maintenance where step = 'cleanup'`);
      expect(left.map((each) => each.replace(/^metric_\d{8}: /, ''))).toEqual([
        ...Array.from({ length: 3 }, () => 'empty, but its parent is in use'),
        'in use',
      ]);
    }
    expect(await db.value('select count(*)::int from noetl.metric')).toBe(0);
    await open.query(`commit prepared 'backfill'`);
    expect(await cleanUp(db)).toHaveLength(4);
    expect(await db.value('select noetl.prometheus_text()')).toContain('\nbackfilled_total 7\n');
  });

  it('leaves a partition whose rows no fold has read, as when another session folds', async () => {
    await db.rows(expiredDays);
    await db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value, created_at)
       values ('backfilled_total', 'counter', 7, now() - interval '3 days')`,
    );
    const folder = await db.session();
    await folder.query(`begin; select _noetl.take_lock('fold')`);
    expect(await cleanUp(db)).toHaveLength(3);
    expect(await db.value(`select left_over from noetl.maintenance where step = 'cleanup'`)).toEqual([
      expect.stringMatching(/^metric_\d{8}: holds what is not folded yet$/),
    ]);
    await folder.query('rollback');
    expect(await cleanUp(db)).toHaveLength(1);
    expect(await db.value('select noetl.prometheus_text()')).toContain('\nbackfilled_total 7\n');
  });

  it.each([
    ['detaches', 'alter table noetl.metric detach partition %s', true],
    ['drops', 'drop table %s', false],
  ])('does not fail where an operator %s an expired partition meanwhile, and leaves alone what is no partition any more', async (_, statement, kept) => {
    await db.rows(`${expiredDays}; select noetl.set_setting('maintenance_lock_timeout', '10 seconds')`);
    const [taken = '', ...rest] = await db.value<string[]>('select array_agg(name order by lower_bound) from noetl.expired_partition');
    const operator = await db.session();
    await operator.query(`begin; ${statement.replace('%s', `noetl.${taken}`)}`);
    const cleaning = db.value<string[]>('select noetl.cleanup_expired_metrics()');
    await expect.poll(() => db.value(`select count(*)::int from pg_stat_activity where wait_event = 'relation' and query like '%cleanup%'`)).toBe(1);
    await operator.query('commit');
    const dropped = await cleaning;
    const left = await db.value<string[]>(`select left_over from noetl.maintenance where step = 'cleanup'`);
    expect(left.includes(`${taken}: has been detached`)).toBe(kept);
    expect([...dropped, ...(await cleanUp(db))].toSorted()).toEqual(rest);
    expect(await db.value(`select to_regclass('noetl.${taken}') is not null`)).toBe(kept);
  });

  it('of several sessions at once drops each partition once', async () => {
    await db.rows(expiredDays);
    const expired = await db.value<string[]>('select array_agg(name order by name) from noetl.expired_partition');
    const sessions = await Promise.all(['Pacific/Kiritimati', 'America/New_York', 'UTC', 'UTC'].map(async (zone) => db.session({ options: `-c timezone=${zone}` })));
    const dropped = await Promise.all(
      sessions.map(async (session) => {
        const { rows } = await session.query<{ dropped: string[] }>('select noetl.cleanup_expired_metrics() as dropped');
        return rows[0]?.dropped ?? [];
      }),
    );
    const rest = await cleanUp(db);
    expect([...dropped.flat(), ...rest].toSorted()).toEqual(expired);
  });

  it('deletes a row that no day has when it expires, and keeps it until then', async () => {
    await db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value, created_at)
       values ('odd', 'gauge', 1, now() - interval '1 year'), ('odd', 'gauge', 2, now() + interval '1 year')`,
    );
    for (const [at, left] of [['now()', 2], [`now() + interval '23 hours'`, 2], [`now() + interval '25 hours'`, 0]] as const) {
      await db.rows(`select noetl.maintain(step, ${at}) from noetl.maintenance_step where step in ('partitions raw', 'cleanup')`);
      expect(await db.value('select count(*)::int from noetl.metric')).toBe(left);
    }
  });
});

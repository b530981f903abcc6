import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { dropPartitions, maintain } from './writers.ts';

describe('the table comes into its normal shape by itself', () => {
  const db = useDatabase({ per: 'test' });
  const shape = `select array_agg(name order by lower_bound) from noetl.partition where level = 'raw' and not is_overflow`;

  it.each([
    ['small', '4194304'],
    ['too big to scan', '1'],
  ])('after 40 days without maintenance, an overflow that is %s', async (_, limit) => {
    const normal = await db.value(shape);
    await db.rows(`select noetl.set_setting('overflow_scan_bytes', $1)`, [limit]);
    await dropPartitions(db);
    // partitions as they were 40 days ago, and samples of each hour since, with clocks that jumped
    await db.rows(`select noetl.initialize_metric_partitions(now() - interval '40 days')`);
    await db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value, created_at, "timestamp", expires_at)
       select 'jobs_total', 'counter', row_number() over (order by at), at, at, at + interval '1 day'
       from generate_series(now() - interval '960 hours', now() - interval '30 minutes', interval '1 hour') as at`,
    );
    await db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value, created_at) values
       ('jobs_total', 'counter', 960, now() - interval '1 year'),
       ('jobs_total', 'counter', 960, now() + interval '1 day'),
       ('jobs_total', 'counter', 960, now() + interval '1 year')`,
    );
    const rows = await db.value<number>('select count(*)::int from noetl.metric');
    expect(rows).toBe(963);
    const live = await db.value<number>('select count(*)::int from noetl.metric where expires_at > now()');
    expect(await db.value('select noetl.prometheus_text()')).toContain('\njobs_total 960\n');

    expect(await maintain(db)).toEqual([]);
    for (let tries = 0; tries < 10 && (await db.value('select count(*)::int from noetl.expired_partition')) !== 0; tries += 1) {
      expect(await maintain(db)).toEqual([]);
    }
    expect(await db.value(shape)).toEqual(normal);
    expect(await db.value('select count(*)::int from noetl.metric where expires_at > now()')).toBe(live);
    expect(await db.value('select count(*)::int from noetl.metric where expires_at <= now() and created_at < now() - interval \'3 days\'')).toBe(0);
    expect(await db.rows('select (created_at > now()) as future from _noetl.metric_overflow order by 1')).toEqual([{ future: false }, { future: true }]);
    expect(await db.value('select noetl.prometheus_text()')).toContain('\njobs_total 960\n');
    const again = await db.rows('select name from noetl.partition order by name');
    expect(await maintain(db)).toEqual([]);
    expect(await db.rows('select name from noetl.partition order by name')).toEqual(again);
  });

  it('after a clock that jumped a day ahead and back: nothing is lost, nothing overlaps', async () => {
    const insert = async (hours: number): Promise<void> => {
      await db.rows(
        `insert into noetl.metric (metric_name, metric_type, metric_value, created_at, "timestamp", expires_at)
         select 'load', 'gauge', 1, at, at, at + interval '1 day' from (select now() + $1 * interval '1 hour') as t (at)`,
        [hours],
      );
    };
    await db.rows(`select noetl.set_setting('max_ahead', '2 days')`);
    await insert(0);
    await insert(24);
    await db.rows(`select noetl.maintain(step, now() + interval '1 day') from noetl.maintenance_step where step <> 'series'`);
    await insert(25);
    await insert(1);
    await insert(0);
    expect(await maintain(db)).toEqual([]);
    expect(await db.value('select count(*)::int from noetl.metric')).toBe(5);
    expect(await db.value('select count(*)::int from _noetl.metric_overflow')).toBe(0);
    expect(await db.value('select partition_days_ahead from noetl.health')).toBeGreaterThanOrEqual(7);
  });
});

describe('maintenance', () => {
  const db = useDatabase({ per: 'test' });

  it('says on every page how far partitions reach, how big they are, and how it went', async () => {
    const levels = ['full', 'imported', 'raw', 'thinned'];
    await maintain(db);
    await db.rows(`select noetl.install_preset('noetl'), noetl.run_collector('partitions'), noetl.run_collector('maintenance')`);
    const page = await db.value<string>('select noetl.prometheus_text()');
    const lines = page.split('\n').filter((line) => /^noetl_(maintenance|partition|overflow)/.test(line));
    expect(lines.map((line) => line.replace(/ [^ ]+$/, ''))).toEqual([
      ...['duration_seconds', 'failures_total', 'last_run_timestamp_seconds', 'left_over'].flatMap((what) =>
        ['alerts', 'archive', 'cleanup', ...levels.map((level) => `partitions ${level}`), 'retention', 'series'].map(
          (step) => `noetl_maintenance_${what}{step="${step}"}`,
        ),
      ),
      ...levels.map((level) => `noetl_overflow_rows{level="${level}"}`),
      ...levels.map((level) => `noetl_partition_bytes{level="${level}"}`),
      'noetl_partition_coverage_ahead',
      ...levels.map((level) => `noetl_partition_rows{level="${level}"}`),
      ...levels.map((level) => `noetl_partitions{level="${level}"}`),
    ]);
    expect(lines).toContain('noetl_partition_coverage_ahead 7');
  });

  it('makes a row of a failure, counts it, and goes on', async () => {
    await db.rows(`drop table noetl.metric_${await db.value<string>(`select to_char(now() at time zone 'UTC' + interval '2 days', 'YYYYMMDD')`)}`);
    await db.rows(`select noetl.set_setting('maintenance_patience', '1 millisecond')`);
    const report = await db.session();
    await report.query('begin; select count(*) from noetl.metric');
    for (let failures = 1; failures <= 2; failures += 1) {
      expect(await maintain(db)).toEqual(['canceling statement due to lock timeout']);
      expect(await db.rows(`select step, failures::int, error from noetl.maintenance where failures > 0`)).toEqual([
        { step: 'partitions raw', failures, error: 'canceling statement due to lock timeout' },
      ]);
    }
    await db.rows(`select noetl.run_collector('maintenance')`);
    expect(await db.value<string>('select noetl.prometheus_text()')).toContain('\nnoetl_maintenance_failures_total{step="partitions raw"} 2\n');
    await report.query('commit');
    expect(await maintain(db)).toEqual([]);
    expect(await db.value('select partition_days_ahead from noetl.health')).toBe(7);
  });

  it('refuses a step that there is not', async () => {
    expect((await db.refusal(`select noetl.maintain('everything')`)).message).toBe('step: there is no step "everything"');
  });
});

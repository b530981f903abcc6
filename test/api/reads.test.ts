import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

const db = useDatabase({ per: 'test' });

describe('a page of samples', () => {
  it.each([
    ['samples', `select noetl.query_metrics('{"limit": "50"}')`],
    ['samples before a moment', `select noetl.query_metrics(jsonb_build_object('limit', '50', 'end_time', now() - interval '3 hours'))`],
    ['operational metrics', `select noetl.query_operational_metrics('{"limit": "50"}')`],
  ])('of %s reads few of a big table', async (_, query) => {
    await db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value, labels, "timestamp")
       select 'm' || n % 10, 'gauge', n, '{"category": "resource_usage"}', now() - interval '1 second' * n
       from generate_series(50000, 0, -1) as n`,
    );
    await db.rows('vacuum analyze noetl.metric');
    const session = await db.session();
    await session.query('begin');
    await session.query(query);
    const { rows } = await session.query<{ read: number }>(
      `select sum(seq_tup_read + idx_tup_fetch)::int as read from pg_stat_xact_user_tables where relname like 'metric\\_2%'`,
    );
    expect(rows[0]?.read).toBeGreaterThanOrEqual(50);
    expect(rows[0]?.read).toBeLessThan(10_000);
  });

  it('holds the latest samples, however they lie in time', async () => {
    const ages = ['0 s', '1 s', '50 s', '10 min', '10 min', '5 hours', '20 hours', '30 days', '-5 min'];
    await db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value, "timestamp")
       select 'm', 'gauge', place, now() - age::interval from unnest($1::text[]) with ordinality as a (age, place)`,
      [ages],
    );
    const pages = async (limit: number): Promise<number[]> => {
      const values: number[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const filter: Record<string, string> = { limit: String(limit), ...(cursor !== '' && { cursor }) };
        const page: { metrics: { metric_value: number }[]; next_cursor: string | null } = await db.value('select noetl.query_metrics($1)', [filter]);
        values.push(...page.metrics.map(({ metric_value }) => metric_value));
        cursor = page.next_cursor;
      }
      return values;
    };
    for (const limit of [1, 2, 3, 5, 100]) expect(await pages(limit)).toEqual([9, 1, 2, 3, 5, 4, 6, 7, 8]);
  });
});

describe('a list of components', () => {
  it('counts what a retention holds without reading it', async () => {
    await db.rows(`select noetl.register_runtime('busy', 'cron')`);
    await db.rows(
      `insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value, "timestamp")
       select r.runtime_id, 'm', 'gauge', n, date_trunc('hour', now()) - interval '2 seconds' * n
       from noetl.runtime as r, generate_series(1, 20000) as n
       where r.name = 'busy'`,
    );
    await db.rows(`insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value, "timestamp")
       select r.runtime_id, 'm', 'gauge', 1, date_trunc('hour', now()) from noetl.runtime as r where r.name = 'busy'`);
    await db.rows('select noetl.fold()');
    await db.rows('vacuum analyze noetl.metric');
    const session = await db.session();
    await session.query('begin');
    const { rows: [list] } = await session.query<{ busy: object }>(
      `select c as busy from jsonb_array_elements(noetl.component_list() -> 'components') as c where c ->> 'name' = 'busy'`,
    );
    expect(list?.busy).toMatchObject({ samples: 20_001, series: 1, last_report: await db.value(`select _noetl.iso_time(date_trunc('hour', now()))`) });
    const { rows: [stats] } = await session.query<{ read: number }>(
      `select sum(seq_tup_read + idx_tup_fetch)::int as read from pg_stat_xact_user_tables where relname like 'metric\\_2%'`,
    );
    // the hour that is not closed, and the pages around it
    expect(stats?.read).toBeLessThan(8000);
  });
});

describe('windows of operational metrics', () => {
  const stored = async (age: string): Promise<void> => {
    await db.value(
      `select noetl.insert_operational_metrics(jsonb_agg(jsonb_build_object(
         'metric_type', 'processing_time', 'name', 'download_seconds', 'value', n, 'unit', 'seconds', 'service', 'crawler',
         'timestamp', _noetl.iso_time(date_trunc('day', now(), 'UTC') - $1::interval + interval '10 seconds' * n))))
       from generate_series(1, 30) as n`,
      [age],
    );
    await db.rows('select noetl.fold()');
  };
  /** Relative to the day of the samples: what a window begins with and ends with, in seconds. */
  const windows = async (age: string, since: string): Promise<unknown[]> =>
    db.value(
      `select jsonb_agg(jsonb_build_array(
         extract(epoch from (w ->> 'window_start')::timestamptz - d.day)::int, extract(epoch from (w ->> 'window_end')::timestamptz - d.day)::int,
         w -> 'count', w -> 'sum', w -> 'min', w -> 'max', w -> 'p50', w -> 'unit') order by w ->> 'window_start')
       from (select date_trunc('day', now(), 'UTC') - $1::interval as day) as d,
         jsonb_array_elements(noetl.query_operational_metrics(jsonb_build_object(
           'name', 'download_seconds', 'time_window', '2m', 'start_time', d.day - $2::interval)) -> 'windows') as w`,
      [age, since],
    );
  const whole: (number | string | null)[][] = [
    [0, 120, 11, 66, 1, 11, 6, 'seconds'],
    [120, 240, 12, 210, 12, 23, 17.5, 'seconds'],
    [240, 360, 7, 189, 24, 30, 27, 'seconds'],
  ];
  it('are of samples as long as those are there', async () => {
    await stored('48 hours');
    expect(await windows('48 hours', '0')).toEqual(whole);
  });

  it.each(['48 hours', '4800 hours'])('that lie %s back are of the archive where it has them, and say so', async (age) => {
    await stored(age);
    // a scrape each minute, with six more observations
    await db.rows(
      `select noetl.import_samples(
         array_agg('download_seconds_' || p.part), array_agg('{"category": "processing_time", "component": "crawler", "component_type": "service"}'::jsonb),
         array_agg(date_trunc('day', now(), 'UTC') - $1::interval + make_interval(mins => m)), array_agg(case p.part when 'count' then m * 6 else m * 3 * (m * 6 + 1) end))
       from generate_series(0, 5) as m cross join (values ('count'), ('sum')) as p (part)`,
      [age],
    );
    const archived = [
      [0, 120, 6, 21, null, null, null, 'seconds'],
      [120, 240, 12, 150, null, null, null, 'seconds'],
      [240, 360, 12, 294, null, null, null, 'seconds'],
    ];
    expect(await windows(age, '0')).toEqual(archived);
    await db.rows('delete from noetl.metric');
    expect(await windows(age, '0')).toEqual(archived);
    expect(
      await db.value(
        `select jsonb_path_query_array(noetl.query_operational_metrics(jsonb_build_object(
           'time_window', '2m', 'start_time', date_trunc('day', now(), 'UTC') - $1::interval)), '$.windows.source')`,
        [age],
      ),
    ).toEqual(['archive', 'archive', 'archive']);
  });
});

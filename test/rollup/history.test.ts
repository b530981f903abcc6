import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

/** A week that ended an hour ago, so that each sample is within the retention of the minutes. */
const weekStart = `(date_trunc('hour', now()) - interval '6 days 20 hours')`;

/**
 * The same figures from the samples themselves, written as differently as it can be: the growth of a total is summed
 * sample by sample in a loop, not by windows over buckets.
 */
const expectedHistory = `
  with sample as (
    select s.canonical_id as series_id, m.metric_type, m.metric_value as value, m."timestamp" as at, m.metric_id,
      row_number() over (partition by s.canonical_id order by m."timestamp", m.metric_id) as place
    from noetl.metric as m
    join _noetl.series as s using (series_id)
  ),
  step as (
    select s.*, case when s.metric_type <> 'gauge' then
        case when p.value is null then 0 when s.value < p.value then s.value else s.value - p.value end
      end as grown
    from sample as s
    left join sample as p on p.series_id = s.series_id and p.place = s.place - 1
  )
  select
    series_id::text,
    to_timestamp(floor(extract(epoch from at) / $1::int) * $1::int) as bucket,
    count(*)::int,
    sum(value),
    min(value),
    max(value),
    (array_agg(value order by place))[1] as first,
    (array_agg(value order by place desc))[1] as last,
    sum(grown) as increase
  from step
  group by 1, 2
  order by 1, 2`;

const storedHistory = `
  select h.series_id::text, h.bucket, h.count::int, h.sum, h.min, h.max, h.first, h.last, h.increase
  from (
    select s.series_id, h.*
    from _noetl.any_series as s
    cross join lateral noetl.series_history(s.series_id, $2::timestamptz, now() + interval '1 day', make_interval(secs => $1::int)) as h
  ) as h
  order by 1, 2`;

describe('history', () => {
  const db = useDatabase({ per: 'test' });
  const seriesId = async (name: string): Promise<string> =>
    db.value(`select series_id::text from _noetl.any_series where metric_name = $1`, [name]);

  it('of a week with late samples, equal timestamps and restarts is what the samples come to, at every level', async () => {
    await db.rows(`select setseed(0.42)`);
    await db.rows(`update _noetl.rollup_progress set closed_until = date_trunc('day', now(), 'UTC') - interval '9 days'`);
    // a sample each seven minutes or so; integers, so that sums do not depend on their order
    await db.rows(
      `create table sample as
       select
         row_number() over () as id,
         name, kind,
         at + case when random() < 0.1 then interval '0' else random() * interval '4 minutes' end as at,
         case kind when 'gauge' then floor(random() * 200 - 100) else floor(random() * 50) end as value,
         -- most come in order, some a few minutes late, some by days; each belongs to one of the 40 folds
         greatest(1, least(40, ceil(40 * extract(epoch from at - ${weekStart}) / extract(epoch from interval '6 days 20 hours')
           + case when random() < 0.05 then random() * 40 when random() < 0.3 then random() * 2 else 0 end))) as fold
       from (values ('load', 'gauge'), ('jobs_total', 'counter'), ('bytes_total', 'counter'), ('span_seconds_sum', 'histogram')) as s (name, kind)
       cross join generate_series(${weekStart}, ${weekStart} + interval '6 days 20 hours', interval '7 minutes') as at
       cross join generate_series(1, 2)`,
    );
    await db.rows(`update sample set at = date_trunc('minute', at) where id % 5 = 0`); // equal timestamps
    // totals that grow and now and then start again at 0
    await db.rows(
      `update sample as s set value = t.total
       from (
         select id, sum(value) over (partition by name, era order by at, id) as total
         from (select *, count(*) filter (where id % 97 = 0) over (partition by name order by at, id) as era from sample where kind <> 'gauge') as e
       ) as t
       where s.id = t.id`,
    );
    expect(await db.value('select count(distinct fold)::int from sample')).toBe(40);
    for (let fold = 1; fold <= 40; fold += 1) {
      await db.rows(
        `insert into noetl.metric (metric_name, metric_type, metric_value, "timestamp", labels)
         select name, kind, value, at, case when id % 2 = 0 then '{"zone": ""}' else '{}' end::jsonb from sample where fold = $1 order by random()`,
        [fold],
      );
      await db.rows('select noetl.fold()');
      // time goes on, so that hours and days are closed before late samples of them come
      await db.rows(
        `select noetl.close_rollups(least(now(), ${weekStart} + $1::int * interval '6 days 20 hours' / 40))`,
        [fold],
      );
    }
    expect(await db.value('select count(*)::int from noetl.metric')).toBe(await db.value('select count(*)::int from sample'));

    for (const [seconds, since] of [[60, weekStart], [3600, `now() - interval '30 days'`], [86_400, `now() - interval '300 days'`]] as const) {
      const start = await db.value(`select ${since}`);
      const expected = await db.rows(expectedHistory, [seconds]);
      expect(expected.length).toBeGreaterThan(20);
      expect(await db.rows(storedHistory, [seconds, start])).toEqual(expected);
    }
    // longer steps from a finer level, over what is closed and what is not
    expect(await db.rows(storedHistory, [21_600, await db.value(`select ${weekStart}`)])).toEqual(await db.rows(expectedHistory, [21_600]));
  });

  it('stays exact when samples come between others of a closed hour whose minutes are gone', async () => {
    await db.rows(`select noetl.set_setting('rollup_1m_retention', '1 hour')`);
    const insert = async (minutes: number, value: number): Promise<void> => {
      await db.rows(
        `insert into noetl.metric (metric_name, metric_type, metric_value, "timestamp")
         values ('jobs_total', 'counter', $2, date_trunc('hour', now()) - interval '6 hours' + $1 * interval '1 minute')`,
        [minutes, value],
      );
      await db.rows('select noetl.fold()');
    };
    for (const [minutes, value] of [[10, 5], [20, 9], [40, 2], [30, 12], [15, 6], [50, 4]] as const) await insert(minutes, value);
    expect(await db.value('select count(*)::int from _noetl.rollup where level = 60')).toBe(0);
    expect(await db.rows(
      `select level, count::int, first, last, min, max, increase
       from noetl.series_history(${await seriesId('jobs_total')}, now() - interval '7 hours', now(), '1 hour')`,
    )).toEqual([{ level: '1h', count: 6, first: 5, last: 4, min: 2, max: 12, increase: 1 + 3 + 3 + 2 + 2 }]);
  });

  it('orders samples of one timestamp as they were stored, whichever was committed first', async () => {
    const insert = (value: number): string =>
      `insert into noetl.metric (metric_name, metric_type, metric_value, "timestamp")
       values ('jobs_total', 'counter', ${value}, date_trunc('minute', now() - interval '1 hour'))`;
    const slow = await db.session();
    await slow.query(`begin; ${insert(9)}`);
    await db.rows(insert(2));
    await db.rows('select noetl.fold()');
    await slow.query('commit');
    await db.rows('select noetl.fold()');
    expect(await db.rows(
      `select count::int, first, last, increase from noetl.series_history(${await seriesId('jobs_total')}, now() - interval '2 hours')`,
    )).toEqual([{ count: 2, first: 9, last: 2, increase: 2 }]);
  });

  it('reads the finest level that still holds the start, and says which and at what step', async () => {
    await db.rows(`insert into noetl.metric (metric_name, metric_type, metric_value) values ('load', 'gauge', 1)`);
    await db.rows('select noetl.fold()');
    const id = await seriesId('load');
    const read = async (since: string, step: string): Promise<unknown> =>
      (await db.rows(`select level, seconds from noetl.series_history(${id}, now() - interval '${since}', now() + interval '1 minute', ${step})`))[0];
    expect(await read('1 hour', `'10 seconds'`)).toEqual({ level: 'raw', seconds: 10 });
    expect(await read('1 hour', 'null')).toEqual({ level: '1m', seconds: 60 });
    expect(await read('2 days', `'10 seconds'`)).toEqual({ level: '1m', seconds: 60 });
    expect(await read('2 days', `'90 seconds'`)).toEqual({ level: '1m', seconds: 120 });
    expect(await read('8 days', `'1 minute'`)).toEqual({ level: '1h', seconds: 3600 });
    expect(await read('8 days', `'1 day'`)).toEqual({ level: '1h', seconds: 86_400 });
    expect(await read('91 days', `'1 hour'`)).toEqual({ level: '1d', seconds: 86_400 });
    expect(await read('9 years', `'1 hour'`)).toEqual({ level: '1d', seconds: 86_400 });
  });

  it('counts what was observed and set each time, and what was added by its running totals, once', async () => {
    for (let times = 1; times <= 3; times += 1) {
      await db.rows(`select noetl.inc('done_total', by => 10), noetl.observe('span_seconds', 0.5), noetl.set('load', $1)`, [times]);
      await db.rows(`update _noetl.feed set totals_stored_at = null`);
      await db.rows('begin; select noetl.fold(); select noetl.fold(); commit');
    }
    expect(await db.rows(
      `select s.metric_name as name, sum(h.count)::int as count, sum(h.sum) as sum, min(h.min) as min, max(h.max) as max, sum(h.increase) as increase
       from _noetl.any_series as s
       cross join lateral noetl.series_history(s.series_id, now() - interval '1 hour', now() + interval '1 minute') as h
       where s.metric_name <> 'span_seconds_bucket'
       group by 1 order by 1`,
    )).toEqual([
      { name: 'done_total', count: 3, sum: 60, min: 10, max: 30, increase: 20 },
      { name: 'load', count: 3, sum: 6, min: 1, max: 3, increase: null },
      { name: 'span_seconds', count: 3, sum: 1.5, min: 0.5, max: 0.5, increase: null },
      { name: 'span_seconds_count', count: 3, sum: 6, min: 1, max: 3, increase: 2 },
      { name: 'span_seconds_sum', count: 3, sum: 3, min: 0.5, max: 1.5, increase: 1 },
    ]);
  });

  it('takes any value and any timestamp without stopping the fold', async () => {
    await db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value, "timestamp")
       select 'wild', 'gauge', value, at
       from unnest(array['NaN', 'Infinity', '-Infinity', 1.7e308, 1.7e308, -1.7e308]::float8[]) as value
       cross join unnest(array[now(), 'infinity', '-infinity', '0001-01-01', '9999-01-01']::timestamptz[]) as at`,
    );
    await db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value) values
       ('wild_seconds_sum', 'histogram', -1.7e308), ('wild_seconds_sum', 'histogram', 1.7e308), ('wild_jobs_total', 'counter', 'Infinity'), ('wild_jobs_total', 'counter', 'Infinity')`,
    );
    await db.rows('select noetl.fold()');
    expect(await db.rows(
      `select metric_name, count::int, sum::text, min::text, max::text from noetl.metric_history('wild', now() - interval '1 hour', now() + interval '1 minute')
       cross join (values ('wild')) as n (metric_name)`,
    )).toEqual([{ metric_name: 'wild', count: 6, sum: 'NaN', min: '-Infinity', max: 'NaN' }]);
    for (const statement of await db.rows<{ statement: string }>('select statement from noetl.maintenance_step order by position')) {
      expect(await db.value(`select failures::int from (${statement.statement}) as run`)).toBe(0);
    }
  });

  it('goes with its component, and only then', async () => {
    const runtime = await db.value<string>(`select noetl.register_runtime('w', 'worker_pool')`);
    await db.rows(`insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value) values ($1, 'load', 'gauge', 1)`, [runtime]);
    await db.rows('select noetl.fold()');
    expect(await db.value('select count(*)::int from _noetl.rollup')).toBe(1);
    await db.rows('delete from noetl.runtime where runtime_id = $1', [runtime]);
    expect(await db.rows(`select count from noetl.metric_history('load', now() - interval '1 hour', now() + interval '1 minute')`)).toEqual([]);
    await db.rows(`select noetl.maintain('series')`);
    expect(await db.value('select count(*)::int from _noetl.rollup')).toBe(0);
  });

  it('is read by an index and only from the partitions of its time', async () => {
    const noon = `date_trunc('day', now(), 'UTC') - interval '12 hours'`; // all of it is of one day, whatever the time is now
    await db.rows(`select noetl.maintain(step) from noetl.maintenance_step`);
    await db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value, labels, "timestamp")
       select 'load', 'gauge', 1, jsonb_build_object('n', n), ${noon} - minute * interval '1 minute'
       from generate_series(1, 100) as n cross join generate_series(1, 30) as minute`,
    );
    await db.rows('select noetl.fold()');
    await db.rows('analyze _noetl.rollup');
    const id = await db.value<string>(`select series_id::text from _noetl.series where series_id = canonical_id limit 1`);
    const plan = await db.value<{ Plan: object }[]>(
      `explain (format json) select * from _noetl.history_part(${id}, 60, ${noon} - interval '10 minutes', ${noon})`,
    );
    const scans = [...JSON.stringify(plan).matchAll(/"Node Type":\s*"([^"]*Scan)"[^{}]*?"Relation Name":\s*"(rollup_1m_\d+|rollup_1m_overflow)"/g)].map(
      ([, node]) => node,
    );
    expect(scans.length).toBeGreaterThan(0);
    expect(scans).not.toContain('Seq Scan');
  });
});

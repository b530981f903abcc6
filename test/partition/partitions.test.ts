import { describe, expect, it } from 'vitest';
import { refusalOf, useDatabase } from '../support/database.ts';
import { dropPartitions } from './writers.ts';

/** The days from one number of days after today to another, in UTC, as `metric_YYYYMMDD`. */
function names(from: number, to: number): string[] {
  const today = Date.now();
  return Array.from({ length: to - from + 1 }, (_, place) =>
    `metric_${new Date(today + (from + place) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')}`,
  );
}

const zones = ['Pacific/Kiritimati', 'America/New_York', 'UTC'];

describe('partitions', () => {
  const db = useDatabase({ per: 'test' });

  it('are made from yesterday to seven days ahead, by any number of sessions in any time zone at once', async () => {
    await dropPartitions(db);
    const sessions = await Promise.all([...zones, ...zones].map(async (zone) => db.session({ options: `-c timezone=${zone}` })));
    const made = await Promise.all(
      sessions.map(async (session) => {
        const { rows } = await session.query<{ made: string[] }>('select noetl.initialize_metric_partitions() as made');
        return rows[0]?.made;
      }),
    );
    expect(made).toEqual(sessions.map(() => names(-1, 7)));
    const bounds = await Promise.all(
      sessions.map(async (session) => {
        const { rows } = await session.query<{ name: string; lower_bound: Date; upper_bound: Date }>(
          `select name, lower_bound, upper_bound from noetl.partition where level = 'raw' and not is_overflow`,
        );
        return rows;
      }),
    );
    for (const seen of bounds) {
      expect(seen).toEqual(
        names(-1, 7).map((name) => {
          const start = new Date(name.replace(/metric_(\d{4})(\d\d)(\d\d)/, '$1-$2-$3T00:00:00Z'));
          return { name, lower_bound: start, upper_bound: new Date(start.getTime() + 86_400_000) };
        }),
      );
    }
  });

  it('come out right when 32 sessions in 8 time zones call every function at once', async () => {
    await dropPartitions(db);
    const calls = [
      'noetl.initialize_metric_partitions()',
      `array[noetl.create_metric_partition((now() at time zone 'UTC')::date)]`,
      'noetl.create_metric_partitions_ahead(9)',
      'noetl.cleanup_expired_metrics()',
    ];
    const everywhere = [...zones, 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns', 'Etc/GMT+12'];
    const made = await Promise.all(
      everywhere.flatMap((zone) => calls.map(async (call) => {
        const session = await db.session({ options: `-c timezone=${zone}` });
        const { rows } = await session.query<{ made: string[] }>(`select ${call} as made`);
        return rows[0]?.made;
      })),
    );
    expect(made).toEqual(everywhere.flatMap(() => [names(-1, 7), names(0, 0), names(1, 9), []]));
    expect(
      await db.rows(`
        select name, lower_bound at time zone 'UTC' = to_date(right(name, 8), 'YYYYMMDD') as starts, upper_bound - lower_bound = interval '24 hours' as lasts
        from noetl.partition where level = 'raw' and not is_overflow order by name`),
    ).toEqual(names(-1, 9).map((name) => ({ name, starts: true, lasts: true })));
  });

  it('have the same bounds for a session that prints times as an abbreviation another zone shares', async () => {
    const session = await db.session({ options: '-c timezone=Asia/Kolkata -c datestyle=Postgres,DMY' });
    const bounds = `name, to_char(lower_bound at time zone 'UTC', 'YYYYMMDD HH24') as first, to_char(upper_bound at time zone 'UTC', 'YYYYMMDD HH24') as last`;
    const all = await db.rows(`select ${bounds} from noetl.partition where not is_overflow order by lower_bound, level`);
    expect(all).toContainEqual({ name: names(0, 0)[0], first: `${names(0, 0)[0]?.slice(-8)} 00`, last: `${names(1, 1)[0]?.slice(-8)} 00` });
    for (const from of ['noetl.partition where not is_overflow', `_noetl.expired_at('infinity')`]) {
      expect((await session.query(`select ${bounds} from ${from} order by lower_bound, level`)).rows).toEqual(all);
    }
    expect((await session.query('select noetl.initialize_metric_partitions() as made')).rows).toEqual([{ made: names(-1, 7) }]);
  });

  it('are made for one day or for days ahead, as often as one likes', async () => {
    for (let times = 0; times < 2; times += 1) {
      expect(await db.value('select noetl.create_metric_partitions_ahead(10)')).toEqual(names(1, 10));
      expect(await db.value(`select noetl.create_metric_partition('2020-02-29')`)).toBe('metric_20200229');
    }
    expect(await db.value('select partition_days_ahead from noetl.health')).toBe(10);
  });

  it('are refused for days that no partition can have, by the name of the field', async () => {
    for (const day of ['null', `'infinity'`, `'-infinity'`, `'1969-12-31'`, `'9999-01-01'`]) {
      const error = await db.refusal(`select noetl.create_metric_partition(${day})`);
      expect([error.code, error.message]).toEqual(['22023', 'partition_date: must be a day from 1970 to 9998']);
    }
    expect((await db.refusal('select noetl.create_metric_partitions_ahead(0)')).message).toBe('days_ahead: must be 1 to 366, not 0');
    expect((await db.refusal('select noetl.create_metric_partitions_ahead(null)')).message).toBe('days_ahead: must be 1 to 366, not null');
  });

  it('count as ahead only as far as there is no gap', async () => {
    await db.rows(`drop table noetl.${names(3, 3)[0] ?? ''}`);
    expect(await db.value('select partition_days_ahead from noetl.health')).toBe(2);
    await db.rows('select noetl.initialize_metric_partitions()');
    expect(await db.value('select partition_days_ahead from noetl.health')).toBe(7);
  });

  it('keep what a dropped one held out of the page only, not its totals', async () => {
    await db.rows(`select noetl.create_metric_partition((now() at time zone 'UTC')::date - 5)`);
    await db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value, created_at)
       values ('jobs_total', 'counter', 41, now() - interval '5 days')`,
    );
    await db.rows(`select noetl.observe('job_seconds', 3)`);
    const before = await db.value<string>('select noetl.prometheus_text()');
    expect(before).toContain('\njobs_total 41\n');
    expect(await db.rows('select level, name from noetl.expired_partition')).toEqual([{ level: 'raw', name: names(-5, -5)[0] }]);
    expect(await db.value('select noetl.cleanup_expired_metrics()')).toEqual(names(-5, -5));
    expect(await db.value('select noetl.cleanup_expired_metrics()')).toEqual([]);
    expect(await db.value('select noetl.prometheus_text()')).toContain('\njobs_total 41\n');
    expect(await db.value('select noetl.prometheus_text()')).toContain('\njob_seconds_count 1\n');
  });

  it('are dropped without a fold unless the fold has to read something of them', async () => {
    const unread = `select count(*)::int from _noetl.unread(null)`;
    const old = `insert into noetl.metric (metric_name, metric_type, metric_value, created_at) values ('jobs_total', 'counter', 41, now() - interval '5 days')`;
    await db.rows(`select noetl.create_metric_partition((now() at time zone 'UTC')::date - 5)`);
    await db.rows(old);
    await db.rows('select noetl.fold()');
    await db.rows(`select noetl.set('load', 1)`);
    expect(await db.value('select noetl.cleanup_expired_metrics()')).toEqual(names(-5, -5));
    expect(await db.value(unread)).toBe(1);
    await db.rows(`select noetl.create_metric_partition((now() at time zone 'UTC')::date - 5)`);
    await db.rows(old);
    expect(await db.value('select noetl.cleanup_expired_metrics()')).toEqual(names(-5, -5));
    expect(await db.value(unread)).toBe(0);
    expect(await db.value('select noetl.prometheus_text()')).toMatch(/^jobs_total 41$/m);
  });

  it('go by the retention in force, which expires_at follows', async () => {
    await db.rows(`select noetl.set_setting('retention', '3 days')`);
    expect(await db.value(
      `insert into noetl.metric (metric_name, metric_type, metric_value) values ('g', 'gauge', 1)
       returning (expires_at - created_at)::text`,
    )).toBe('3 days');
    await db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value, created_at)
       values ('g', 'gauge', 2, now() - interval '2 hours'), ('g', 'gauge', 3, now() - interval '23 hours')`,
    );
    expect(await db.value('select count(*)::int from noetl.metrics')).toBe(3);
    await db.rows(`select noetl.set_setting('retention', '1 hour')`);
    expect(await db.value('select array_agg(metric_value) from noetl.metrics')).toEqual([1]);
    expect(await db.value('select count(*)::int from noetl.metric')).toBe(3);
    await db.rows(`select noetl.reset_setting('retention')`);
    expect(await db.value(
      `insert into noetl.metrics (metric_name, metric_type, metric_value) values ('g', 'gauge', 1)
       returning (expires_at - created_at)::text`,
    )).toBe('1 day');
    await db.rows(`update noetl.metrics set expires_at = now() where metric_value = 3`);
    expect(await db.value('select count(*)::int from noetl.metrics')).toBe(3);
  });

  it('follow a change of retention at the next maintenance if the table was in use', async () => {
    const busy = await db.session();
    await busy.query('begin; lock table noetl.metric in access share mode');
    await db.rows(`select noetl.set_setting('retention', '2 days')`);
    const lifetime = `insert into noetl.metric (metric_name, metric_type, metric_value) values ('g', 'gauge', 1)
      returning (expires_at - created_at)::text`;
    expect(await db.value(lifetime)).toBe('1 day');
    const failed = await db.row<{ failures: string; error: string }>(`select failures, error from noetl.maintain('retention')`);
    expect(failed).toEqual({ failures: '1', error: 'canceling statement due to lock timeout' });
    await busy.query('commit');
    expect(await db.value(`select done from noetl.maintain('retention')`)).toEqual(['expires_at']);
    expect(await db.value(lifetime)).toBe('2 days');
    expect(await db.value(`select done from noetl.maintain('retention')`)).toEqual([]);
  });

  it('are made in a transaction of any isolation level', async () => {
    await dropPartitions(db);
    const session = await db.session();
    await session.query('begin isolation level serializable');
    await db.rows(`insert into noetl.metric (metric_name, metric_type, metric_value) values ('g', 'gauge', 1)`);
    const { rows } = await session.query<{ made: string[] }>('select noetl.initialize_metric_partitions() as made');
    await session.query('commit');
    expect(rows).toEqual([{ made: names(-1, 7) }]);
    expect(await db.value('select count(*)::int from noetl.metric')).toBe(1);
  });

  it('are not dropped in a transaction that cannot see what others commit', async () => {
    const session = await db.session();
    await session.query('begin isolation level repeatable read');
    const error = await refusalOf(session.query('select noetl.cleanup_expired_metrics()'));
    expect([error.code, error.hint]).toEqual(['25001', 'Call it in a transaction of isolation level read committed.']);
  });

  it('are listed with level, bounds, rows and bytes', async () => {
    await db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value) select 'g', 'gauge', i from generate_series(1, 1000) as i`,
    );
    await db.rows('analyze noetl.metric');
    await db.rows('select pg_stat_clear_snapshot()');
    expect(await db.rows(
      `select p.level, p.name, p.rows::int, p.bytes = pg_total_relation_size(('noetl.' || p.name)::regclass) as exact
       from noetl.partition as p where p.rows > 0`,
    )).toEqual([{ level: 'raw', name: names(0, 0)[0], rows: 1000, exact: true }]);
    expect(await db.rows(`select level, count(*)::int as overflows from noetl.partition where is_overflow group by level order by level`)).toEqual([
      { level: 'full', overflows: 1 },
      { level: 'imported', overflows: 1 },
      { level: 'raw', overflows: 1 },
      { level: 'thinned', overflows: 1 },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

const db = useDatabase({ per: 'test' });

describe('an error in psql', () => {
  it.each([
    `select noetl.inc('a-b')`,
    `select noetl.observe('wait_bucket', 1)`,
    `select noetl.set('load', 1, runtime_id => 99)`,
    `select noetl.set('load', 1, metadata => jsonb_build_object('a', repeat('x', 70000)))`,
    `insert into noetl.metric (metric_name, metric_type, metric_value) values ('a-b', 'gauge', 1)`,
    `insert into noetl.metric (metric_name, metric_type, metric_value, runtime_id) values ('load', 'gauge', 1, 99)`,
    `select noetl.declare_metric('a-b', 'gauge')`,
    `select noetl.report(0, '[{"metric_name": "a-b", "metric_type": "gauge", "metric_value": 1}]')`,
    `select noetl.push_metrics('{"job": "a"}', 'a b c')`,
    `select noetl.register_runtime('', 'worker_pool')`,
    `select noetl.register_queue('q', 'pg_class', status => 'nope', ready_status => 'x')`,
    `select noetl.track_queue('nope')`,
  ])('names one function at most: %s', async (statement) => {
    expect((await db.refusal(statement)).where?.split('\n')).toHaveLength(1);
  });
});

describe('a view', () => {
  it('is only read, but for noetl.metrics', async () => {
    await db.rows(`select noetl.inc('kept_total'), noetl.declare_metric('kept_total', 'counter')`);
    for (const [statement, view] of [
      ['delete from noetl.family', 'noetl.family'],
      [`update noetl.family set metric_type = 'gauge'`, 'noetl.family'],
      [`insert into noetl.maintenance (step) values ('x')`, 'noetl.maintenance'],
    ] as const) {
      expect((await db.refusal(statement)).message).toBe(`${view}: is a view that is only read`);
    }
    const written = `
      select c.oid::regclass::text
      from pg_class as c
      where c.relkind = 'v' and c.relnamespace in ('noetl'::regnamespace, '_noetl'::regnamespace)
        and pg_relation_is_updatable(c.oid, true) <> 0
        and not exists (select from pg_trigger as t where t.tgrelid = c.oid and t.tgname = 'view_is_only_read')`;
    expect((await db.rows(written)).map((row) => Object.values(row)[0])).toEqual(['noetl.metrics']);
  });
});

describe('the browser\'s list', () => {
  it('has what the page shows of families of which nothing was recorded', async () => {
    await db.rows(`select noetl.install_preset('noetl'), noetl.install_preset('hodei')`);
    const counted = async (): Promise<(number | undefined)[]> => {
      const families = await db.value<{ name: string; series: number }[]>('select noetl.ui_families()');
      return ['noetl_fold_last_run_timestamp_seconds', 'noetl_samples_rejected_total', 'hodei_queue_size', 'noetl_components'].map((name) => families.find((family) => family.name === name)?.series);
    };
    await db.rows(`select noetl.register_runtime('w', 'worker_pool')`);
    expect(await counted()).toEqual([1, 4, 1, 1]);
    // the archive has them, too, and so everything that is asked in PromQL
    await db.rows('select noetl.scrape()');
    expect(await counted()).toEqual([1, 4, 1, 1]);
    expect(await db.rows(`select labels, value from noetl.query('noetl_components')`)).toEqual([
      { labels: { __name__: 'noetl_components', component_type: 'worker_pool', status: 'ready' }, value: 1 },
    ]);
  });
});

describe('a collector', () => {
  it.each(['{a,b}', '{"a", "b"}', '{"a": {}, "b": {}}'])('has the value columns %s', async (columns) => {
    await db.rows(`select noetl.add_collector('sums', 'select 1 as a, 2 as b', value_columns => $1)`, [columns]);
    expect(await db.rows(`select family, samples::int from noetl.prometheus_exposition where family like 'sums%'`)).toEqual([
      { family: 'sums_a', samples: 1 },
      { family: 'sums_b', samples: 1 },
    ]);
  });

  it.each(['{"a": 1', 'a,b', '{null}', '[]'])('does not have the value columns %s', async (columns) => {
    expect((await db.refusal(`select noetl.add_collector('sums', 'select 1 as a', value_columns => $1)`, [columns])).message).toMatch(/^value_columns: must be /);
  });

  it('of a queue is dropped with the queue', async () => {
    await db.rows('create table jobs (id int primary key, status text, run_at timestamptz, queued_at timestamptz)');
    await db.rows(`select noetl.register_queue('jobs', 'jobs'::regclass, status => 'status', ready_status => 'queued', run_at => 'run_at', queued_at => 'queued_at')`);
    expect(await db.refusal(`select noetl.drop_collector('queue:jobs')`)).toMatchObject({
      message: 'name: collector "queue:jobs" is of a registered queue',
      hint: `select noetl.unregister_queue('jobs')`,
    });
  });

  it('is not refused because its first run waited for a fold', async () => {
    const other = await db.session();
    await other.query('begin');
    await other.query(`select noetl.declare_metric('other_total', 'counter')`);
    const added = db.rows(`select noetl.add_collector('seven', 'select 7 as value', timeout => '200 milliseconds')`);
    await expect.poll(async () => db.value(`select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).toBe(1);
    await other.query('select pg_sleep(0.3)');
    await other.query('commit');
    await added;
    expect(await db.value(`select samples::int from noetl.prometheus_exposition where family = 'seven'`)).toBe(1);
  });
});

describe('the help text of a pushed family', () => {
  const push = async (job: string, help: string): Promise<unknown> =>
    db.rows('select noetl.push_metrics($1, $2)', [JSON.stringify({ job }), `${help === '' ? '' : `# HELP load ${help}\n`}# TYPE load gauge\nload 1\n`]);
  const help = async (): Promise<string | undefined> => (await db.value<string>('select noetl.prometheus_text()')).match(/^# HELP load (.*)$/m)?.[1];

  it.each(['folded', 'not folded'])('goes with the group that said it, %s', async (state) => {
    await push('a', 'Of a.');
    if (state === 'folded') await db.rows('select noetl.fold()');
    expect(await help()).toBe('Of a.');
    await db.rows(`select noetl.delete_push_group('{"job": "a"}')`);
    await push('b', '');
    expect(await help()).toBe('No help text.');
  });

  it('stays while another group has the family, and goes with a push that says none', async () => {
    await push('a', 'Of a.');
    await push('b', '');
    await db.rows('select noetl.fold()');
    await db.rows(`select noetl.delete_push_group('{"job": "a"}')`);
    expect(await help()).toBe('Of a.');
    await push('b', '');
    expect(await help()).toBe('No help text.');
  });
});

describe('an attribute of OpenTelemetry', () => {
  it('that is a list or an object is JSON without blanks, its keys in order', async () => {
    const value = { kvlistValue: { values: [{ key: 'b', value: { arrayValue: { values: [{ stringValue: 'x "y" z' }, { intValue: 1 }] } } }, { key: 'a', value: { boolValue: true } }] } };
    expect(await db.value('select _noetl.otlp_attributes($1)', [JSON.stringify([{ key: 'deep', value }])])).toEqual({
      deep: String.raw`{"a":true,"b":["x \"y\" z",1]}`,
    });
  });
});

describe('an overflow that is larger than it may be scanned', () => {
  it('goes when most of it has expired, and what has not stays', async () => {
    await db.rows(`select noetl.set_setting('overflow_scan_bytes', '100000')`);
    await db.rows(`insert into noetl.metric (metric_name, metric_type, metric_value, created_at, expires_at)
      select 'load', 'gauge', i, '2001-01-01', '2001-01-02' from generate_series(1, 5000) as i`);
    await db.rows(`insert into noetl.metric (metric_name, metric_type, metric_value, created_at) values ('load', 'gauge', 7, '2001-01-01')`);
    await db.rows('select noetl.fold()');
    await db.rows('select noetl.cleanup_expired_metrics()');
    expect(await db.rows('select metric_value from _noetl.metric_overflow')).toEqual([{ metric_value: 7 }]);
    expect(Number(await db.value(`select pg_relation_size('_noetl.metric_overflow')`))).toBe(8192);
    await db.rows(`insert into noetl.metric (metric_name, metric_type, metric_value, created_at) values ('load', 'gauge', 8, '2002-01-01')`);
  });
});

import { describe, expect, it } from 'vitest';
import { presets } from '../../src/client/preset/names.ts';
import { recorder } from '../../src/client/preset/recorder.ts';
import { useDatabase } from '../support/database.ts';
import { openMetricsFaults, textFamilies, textFaults } from '../support/openmetrics.ts';
import { promtoolComplaints } from '../support/prometheus.ts';
import { needing, promtool } from '../support/tools.ts';

interface Metric {
  preset: string;
  name: string;
  metric_type: 'counter' | 'gauge' | 'histogram';
  buckets: number[] | null;
  labels: string[];
  starts_at_zero: boolean;
}

const db = useDatabase({ per: 'test' });

const page = async (): Promise<string> => db.value<string>('select noetl.prometheus_text()');

/** The sample lines of families that begin with the prefix. */
const lines = async (prefix: string): Promise<string[]> =>
  (await page()).split('\n').filter((line) => line.startsWith(prefix));

const done = async (preset: string): Promise<Record<string, string>> => {
  const rows = await db.rows<{ name: string; done: string }>('select name, done from noetl.install_preset($1)', [preset]);
  return Object.fromEntries(rows.map((row) => [row.name, row.done]));
};

/** One event for each metric of a preset, with a value for every label. */
async function recordEach(preset: string): Promise<void> {
  await db.rows(
    `select case m.metric_type
       when 'counter' then noetl.inc(m.name, l.labels, 3)::text
       when 'gauge' then noetl.set(m.name, 3, l.labels)::text
       else noetl.observe(m.name, 3, l.labels)::text
     end
     from noetl.preset_metric as m
     cross join lateral (select coalesce(jsonb_object_agg(label, 'a'), '{}') as labels from unnest(m.labels) as label) as l
     where m.preset = $1`,
    [preset],
  );
}

const names = (metrics: Metric[]): string[] => metrics.map(({ name }) => name).toSorted();

describe('installing a preset', () => {
  it('says of every family that it declared it, and the second time that there was nothing to do', async () => {
    for (const preset of ['hodei', 'xyn', 'noetl', 'operations']) {
      const metrics = await db.rows<Metric>('select * from noetl.preset_metric where preset = $1', [preset]);
      const declared = Object.fromEntries(metrics.map(({ name }) => [name, 'declared']));
      // the installation has declared this one
      expect(await done(preset)).toEqual(preset === 'noetl' ? { ...declared, noetl_partition_coverage_ahead: 'changed' } : declared);
      expect(await done(preset)).toEqual(Object.fromEntries(metrics.map(({ name }) => [name, 'was so already'])));
    }
  });

  it('refuses one that does not exist, and lists those that do', async () => {
    expect(await db.refusal(`select noetl.install_preset('hudei')`)).toMatchObject({
      code: '22023',
      message: 'preset: there is no preset "hudei"',
      hint: 'There are hodei, noetl, operations, postgres, xyn.',
    });
    expect(await db.refusal('select noetl.install_preset(null)')).toMatchObject({ code: '22023' });
  });

  it('gives back what somebody changed, and says so', async () => {
    await done('hodei');
    await db.rows(`select noetl.declare_metric('hodei_queue_wait_time_seconds', 'histogram', buckets => '{1,2}')`);
    expect(await done('hodei')).toMatchObject({ hodei_queue_wait_time_seconds: 'changed', hodei_queue_size: 'was so already' });
    expect(await db.value(`select buckets from noetl.family where name = 'hodei_queue_wait_time_seconds'`)).toEqual([
      0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600,
    ]);
  });

  it('adopts what was recorded before, without losing it', async () => {
    await db.rows(`select noetl.inc('hodei_jobs_completed_total', '{"tenant_id": "a"}', 7)`);
    expect(await done('hodei')).toMatchObject({ hodei_jobs_completed_total: 'changed' });
    expect(await lines('hodei_jobs_completed_total')).toEqual(['hodei_jobs_completed_total{tenant_id="a"} 7']);
  });

  it('is all or nothing: a name that is in use for another type stops it', async () => {
    await db.rows(`select noetl.set('hodei_jobs_failed_total', 1)`);
    expect((await db.refusal(`select noetl.install_preset('hodei')`)).message).toMatch(/hodei_jobs_failed_total is a gauge already/);
    expect(await lines('hodei_')).toEqual(['hodei_jobs_failed_total 1']);
  });

  it('may be done by several sessions at once', async () => {
    const sessions = await Promise.all([db.session(), db.session(), db.session()]);
    await Promise.all(sessions.map((session) => session.query(`select noetl.install_preset('xyn')`)));
    expect(await db.value(`select count(*)::int from noetl.family where name like 'xyn\\_%'`)).toBe(9);
  });
});

describe('the page', () => {
  it('shows every unlabelled metric of hodei at 0 from the start, and no labelled one', async () => {
    await done('hodei');
    const bounds: Record<string, string[]> = {
      hodei_http_request_duration_seconds: ['0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1.0', '2.5', '5.0', '10.0'],
      hodei_queue_wait_time_seconds: ['0.1', '0.5', '1.0', '2.5', '5.0', '10.0', '30.0', '60.0', '300.0', '600.0'],
      hodei_scheduling_latency_seconds: [
        '0.001', '0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1.0', '2.5', '5.0', '10.0',
      ],
    };
    const histogram = (name: string): string[] => [
      ...[...(bounds[name] ?? []), '+Inf'].map((bound) => `${name}_bucket{le="${bound}"} 0`),
      `${name}_sum 0`,
      `${name}_count 0`,
    ];
    expect(await lines('hodei_')).toEqual([
      'hodei_event_bus_subscribers 0',
      ...histogram('hodei_http_request_duration_seconds'),
      'hodei_jobs_queued 0',
      'hodei_queue_size 0',
      ...histogram('hodei_queue_wait_time_seconds'),
      ...histogram('hodei_scheduling_latency_seconds'),
      'hodei_workers_healthy 0',
      'hodei_workers_registered_total 0',
      'hodei_workers_total 0',
    ]);
    expect(textFaults(await page())).toEqual([]);
    expect(openMetricsFaults(await db.value<string>('select noetl.openmetrics_text()'))).toEqual([]);
  });

  it('shows what was recorded in place of the 0, folded or not', async () => {
    await done('hodei');
    await db.rows(`select noetl.set('hodei_queue_size', 5), noetl.observe('hodei_queue_wait_time_seconds', 7)`);
    const expected = ['hodei_queue_size 5', 'hodei_queue_wait_time_seconds_count 1', 'hodei_queue_wait_time_seconds_sum 7'];
    const seen = async (): Promise<string[]> =>
      (await lines('hodei_queue_')).filter((line) => !line.includes('_bucket')).toSorted();
    expect(await seen()).toEqual(expected);
    await db.rows('select noetl.fold()');
    expect(await seen()).toEqual(expected);
    expect(textFaults(await page())).toEqual([]);
  });

  it('shows nothing, and not 0, of a gauge that has gone stale', async () => {
    await done('hodei');
    await db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value, "timestamp")
       values ('hodei_queue_size', 'gauge', 5, now() - interval '6 minutes')`,
    );
    expect(await lines('hodei_queue_size')).toEqual([]);
  });

  it('shows nothing, and not 0, of a gauge that had gone stale before it was installed', async () => {
    await db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value, "timestamp")
       values ('hodei_queue_size', 'gauge', 5, now() - interval '6 minutes')`,
    );
    await done('hodei');
    expect(await lines('hodei_queue_size')).toEqual([]);
  });

  it('shows nothing, and not 0, of a metric whose only component is gone', async () => {
    await done('hodei');
    const id = await db.value(`select noetl.register_runtime('a', 'worker_pool')`);
    await db.rows(`select noetl.set('hodei_queue_size', 5, runtime_id => $1)`, [id]);
    await db.rows('select noetl.fold()');
    expect(await lines('hodei_queue_size')).toEqual(['hodei_queue_size 5']);
    await db.rows('delete from noetl.runtime where runtime_id = $1', [id]);
    expect(await lines('hodei_queue_size')).toEqual([]);
  });

  it.each(['hodei', 'xyn', 'noetl', 'operations'])(
    'has every metric of %s with its type, labels and buckets once it is recorded, installed before or after',
    async (preset) => {
      const metrics = await db.rows<Metric>('select * from noetl.preset_metric where preset = $1', [preset]);
      await done(preset);
      await recordEach(preset);
      const text = await page();
      expect(textFaults(text)).toEqual([]);
      const families = new Map(textFamilies(text).map((family) => [family.name, family]));
      expect([...families.keys()].toSorted()).toEqual(names(metrics));
      for (const { name, metric_type, buckets, labels } of metrics) {
        const family = families.get(name);
        expect([name, family?.type]).toEqual([name, metric_type]);
        const written = (family?.samples ?? []).map((sample) => ({ name: sample.name, labels: new Map(Object.entries(sample.labels)) }));
        const bounds = written.map((sample) => sample.labels.get('le')).filter((bound) => bound !== undefined);
        expect(bounds.map((bound) => Number(bound.replace('Inf', 'Infinity')))).toEqual(
          metric_type === 'histogram' ? [...(buckets ?? []), Infinity] : [],
        );
        for (const sample of written) {
          expect([...sample.labels.keys()].filter((label) => label !== 'le').toSorted()).toEqual(labels.toSorted());
        }
      }
    },
  );

  needing(promtool)('has no fault that promtool finds, beyond names that are given', async () => {
    for (const preset of ['hodei', 'xyn', 'noetl', 'operations']) {
      await done(preset);
      await recordEach(preset);
    }
    expect(await promtoolComplaints(await page())).toEqual([
      'hodei_memory_usage_mb metric names should not contain abbreviated units',
      'hodei_workers_total non-counter metrics should not have "_total" suffix',
      'xyn_blueprint_run_count counter metrics should have "_total" suffix',
      'xyn_blueprint_run_count non-histogram and non-summary metrics should not have "_count" suffix',
    ]);
  });
});

describe("the installation's own gauges", () => {
  it('are asked at each scrape, so that they are true while nobody collects', async () => {
    await done('noetl');
    expect(await lines('noetl_partition_coverage_ahead')).toEqual(['noetl_partition_coverage_ahead 7']);
    await db.rows('select noetl.create_metric_partitions_ahead(9)');
    expect(await lines('noetl_partition_coverage_ahead')).toEqual(['noetl_partition_coverage_ahead 9']);
    await db.rows(`update _noetl.feed set folded_at = '2001-09-09 01:46:40Z'`);
    expect(await lines('noetl_fold_last_run_timestamp_seconds')).toEqual(['noetl_fold_last_run_timestamp_seconds 1000000000']);
    await db.rows('select noetl.fold()');
    const folded = await db.value<number>('select extract(epoch from folded_at)::double precision from _noetl.feed');
    expect((await lines('noetl_fold_last_run_timestamp_seconds')).map((line) => Number(line.split(' ')[1]))).toEqual([folded]);
  });

  it('tell components that signed off from those that fell silent, swept or not', async () => {
    await done('noetl');
    await db.rows(
      `select noetl.register_runtime(name, 'worker_pool')
       from unnest('{beats,busy,left,overdue,swept,ages ago}'::text[]) as name`,
    );
    await db.rows(`insert into noetl.runtime (name, component_type) values ('never beats', 'broker')`);
    await db.rows(`select noetl.heartbeat(runtime_id, 'busy') from noetl.runtime where name = 'busy'`);
    await db.rows(`select noetl.heartbeat(runtime_id, 'offline') from noetl.runtime where name = 'left'`);
    await db.rows(`update noetl.runtime set last_heartbeat = now() - interval '2 minutes' where name in ('swept')`);
    await db.rows(`update noetl.runtime set last_heartbeat = now() - interval '2 days' where name = 'ages ago'`);
    await db.rows('select noetl.sweep_runtimes()');
    await db.rows(`update noetl.runtime set last_heartbeat = now() - interval '2 minutes' where name = 'overdue'`);
    expect(await lines('noetl_components')).toEqual([
      'noetl_components{component_type="broker",status="ready"} 1',
      'noetl_components{component_type="worker_pool",status="busy"} 1',
      'noetl_components{component_type="worker_pool",status="lost"} 2',
      'noetl_components{component_type="worker_pool",status="offline"} 1',
      'noetl_components{component_type="worker_pool",status="ready"} 1',
    ]);
  });

  it('give way to what somebody reports under their names', async () => {
    await done('noetl');
    await db.rows(`select noetl.set('noetl_fold_last_run_timestamp_seconds', 42)`);
    expect(await lines('noetl_fold_last_run_timestamp_seconds')).toEqual(['noetl_fold_last_run_timestamp_seconds 42']);
  });
});

describe('the names as types', () => {
  it('are those of the presets that people record, with their kinds and labels', async () => {
    const metrics = await db.rows<Metric>(`select * from noetl.preset_metric where preset not in ('noetl', 'postgres')`);
    const expected: Record<string, Record<string, unknown>> = {};
    for (const { preset, name, metric_type, labels } of metrics) {
      (expected[preset] ??= {})[name] = { type: metric_type, labels };
    }
    expect(presets).toEqual(expected);
  });

  it('record one event a call, and count with the transaction that they are in', async () => {
    await done('hodei');
    const record = recorder(db.pool);
    await record.count('hodei_jobs_scheduled_total', { tenant_id: 'a' });
    await record.add('hodei_jobs_scheduled_total', 2, { tenant_id: 'a' });
    await record.set('hodei_queue_size', 4);
    await record.observe('hodei_queue_wait_time_seconds', 0.2);
    const session = await db.session();
    await session.query('begin');
    await recorder(session).add('hodei_jobs_scheduled_total', 100, { tenant_id: 'a' });
    await session.query('rollback');
    expect(await lines('hodei_jobs_scheduled_total')).toEqual(['hodei_jobs_scheduled_total{tenant_id="a"} 3']);
    expect(await lines('hodei_queue_size')).toEqual(['hodei_queue_size 4']);
    expect(await lines('hodei_queue_wait_time_seconds_sum')).toEqual(['hodei_queue_wait_time_seconds_sum 0.2']);

    // @ts-expect-error the label is called tenant_id
    const misspelled = (): Promise<void> => record.count('hodei_jobs_scheduled_total', { tenant: 'a' });
    // @ts-expect-error a gauge is not counted
    const miscounted = (): Promise<void> => record.count('hodei_queue_size');
    // @ts-expect-error the labels are missing
    const unlabelled = (): Promise<void> => record.count('hodei_jobs_failed_total');
    expect([misspelled, miscounted, unlabelled]).toHaveLength(3);
  });
});

import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { useCluster } from '../support/cluster.ts';
import { connected } from '../support/connection.ts';

const cluster = useCluster({ settings: { autovacuum_naptime: '1s' } });

it('a cleanup ends an autovacuum that stands in its way', async () => {
  await connected(await cluster.installed('vacuumed'), async (client) => {
    const value = async (sql: string): Promise<unknown> => Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0];
    const day = await value(`select noetl.create_metric_partition((now() at time zone 'UTC')::date - 5)`);
    // as soon as there are rows, a vacuum that would take for hours
    await client.query(
      `alter table noetl.${String(day)} set (autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1,
         autovacuum_vacuum_insert_threshold = 1, autovacuum_vacuum_insert_scale_factor = 0)`,
    );
    await client.query(
      `insert into noetl.metric (metric_name, metric_type, metric_value, created_at)
       select 'old_total', 'counter', i, now() - interval '5 days' from generate_series(1, 20000) as i`,
    );
    await client.query('select noetl.fold()');
    while ((await value(`select count(*)::int from pg_stat_progress_vacuum where relid = 'noetl.${String(day)}'::regclass`)) === 0) {
      await delay(20);
    }
    expect(await value('select noetl.cleanup_expired_metrics()')).toEqual([day]);
    expect(await value('select noetl.prometheus_text()')).toContain('\nold_total 20000\n');
  });
});

import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { buildServer } from '../../src/server/app.ts';
import { useGate } from '../server/gate.ts';
import { useDatabase } from '../support/database.ts';
import { textFaults } from '../support/openmetrics.ts';
import { needing, pathOf, promtool } from '../support/tools.ts';
import { quick, slow, useWorkers } from './worker.ts';

const db = useDatabase({ per: 'test' });
const start = useWorkers();

const host = [
  'noetl_host_cpu_usage_ratio',
  'noetl_host_disk_size_bytes',
  'noetl_host_disk_usage_ratio',
  'noetl_host_disk_used_bytes',
  'noetl_host_load_average',
  'noetl_host_memory_size_bytes',
  'noetl_host_memory_usage_ratio',
  'noetl_host_memory_used_bytes',
  'noetl_host_network_received_bytes_total',
  'noetl_host_network_sent_bytes_total',
  'noetl_host_uptime_seconds',
  'noetl_process_cpu_usage_ratio',
  'noetl_process_eventloop_usage_ratio',
  'noetl_process_resident_memory_bytes',
  'noetl_process_uptime_seconds',
];
const queue = ['noetl_queue_jobs', 'noetl_queue_oldest_ready_seconds'];
const worker = ['noetl_worker_active_tasks', 'noetl_worker_queue_size', 'noetl_worker_status'];
const shared = 'noetl:tick';

const keys = async (): Promise<unknown[]> =>
  (await db.rows(`select key from graphile_worker.jobs where key is not null order by key`)).map(({ key }) => key);
const samplesOf = (runtimeId: string): Promise<number> =>
  db.value<number>('select count(*)::int from noetl.metric where runtime_id = $1', [runtimeId]);
const eventually = { interval: 50 };

describe('a worker that has started', () => {
  it('has stored the host for its server, and the queue of its jobs for the database', async () => {
    const { runtimeId, log } = await start(db.url, 'here', slow);
    expect(
      await db.rows('select distinct metric_name from noetl.metric where runtime_id = $1 order by 1', [runtimeId]),
    ).toEqual([...host, ...worker].map((metric_name) => ({ metric_name })));
    const page = await db.value<string>('select noetl.prometheus_text()');
    for (const name of queue) expect(page).toContain(`\n${name}{queue="default",source="graphile_worker"`);
    expect(log).toEqual(['Starting metrics collector (interval=1000s)']);
  });

  it('has figures that are possible', async () => {
    const { runtimeId } = await start(db.url, 'here', slow);
    const figures = await db.value<Record<string, number>>(
      `select json_object_agg(metric_name, metric_value) from noetl.metric
       where runtime_id = $1 and (labels = '{}' or labels->>'mountpoint' = '/')`,
      [runtimeId],
    );
    const figure = (name: string): number => figures[name] ?? Number.NaN;
    expect(figure('noetl_host_memory_used_bytes')).toBeLessThan(figure('noetl_host_memory_size_bytes'));
    expect(figure('noetl_host_disk_used_bytes')).toBeLessThan(figure('noetl_host_disk_size_bytes'));
    expect(figure('noetl_process_resident_memory_bytes')).toBeLessThan(figure('noetl_host_memory_size_bytes'));
    expect(figure('noetl_process_uptime_seconds')).toBeCloseTo(process.uptime(), -1);
    for (const name of host.filter((each) => each.startsWith('noetl_host') && each.endsWith('_ratio'))) {
      expect(figure(name)).toBeGreaterThanOrEqual(0);
      expect(figure(name)).toBeLessThanOrEqual(1);
    }
  });

  it('handles no signals, which belong to the process', async () => {
    const before = process.listenerCount('SIGTERM') + process.listenerCount('SIGINT');
    await start(db.url, 'here', slow);
    expect(process.listenerCount('SIGTERM') + process.listenerCount('SIGINT')).toBe(before);
  });

  needing(promtool)('has nothing on the page that promtool complains about', async () => {
    const { self } = await start(db.url, 'here', slow);
    const app = buildServer({ pool: db.pool, self });
    await app.inject('/metrics');
    const page = (await app.inject('/metrics')).body;
    await app.close();
    expect(textFaults(page)).toEqual([]);
    for (const name of [...host, ...queue, 'noetl_collector_errors_total']) expect(page).toContain(`\n${name}{`);
    for (const name of ['noetl_workers_alive', 'noetl_workers_total', 'noetl_workers_registered_total']) expect(page).toContain(`\n${name} 0\n`);
    expect(execFileSync(pathOf(promtool), ['check', 'metrics'], { input: page, encoding: 'utf8' })).toBe('');
  });
});

describe('several servers on one database', () => {
  it('share one job for the ticks of the database, and have one each for their own', async () => {
    const workers = await Promise.all(['a', 'b', 'c', 'd'].map((name) => start(db.url, name, slow)));
    const own = workers.map(({ runtimeId }) => `noetl:tick:${runtimeId}`);
    await expect.poll(keys, eventually).toEqual([...own, shared].toSorted());
  });

  it('each go on collecting for themselves', async () => {
    const workers = await Promise.all(['a', 'b'].map((name) => start(db.url, name, quick)));
    for (const { runtimeId } of workers) {
      const first = await samplesOf(runtimeId);
      await expect.poll(() => samplesOf(runtimeId), eventually).toBeGreaterThan(first);
    }
  });
});

describe('a periodic task that fails', () => {
  it('is logged once and counted each time, disturbs nothing else, and is tried again', async () => {
    await db.rows('alter function noetl.sweep_runtimes(timestamptz) rename to sweep_elsewhere');
    const { runtimeId, self, log } = await start(db.url, 'here', quick);
    const counted = async (): Promise<string> =>
      (await self.families('text', new Set())).find(([name]) => name.includes('collector'))?.[1] ?? '';
    await expect.poll(counted, eventually).toMatch(/collector="sweep"} [2-9]/);
    expect(log.filter((line) => line.startsWith('collector sweep failed'))).toHaveLength(1);
    await expect.poll(counted, eventually).toMatch(/collector="fold"\} 0$/m);
    const beat = `select last_heartbeat from noetl.runtime where runtime_id = ${runtimeId}`;
    const last = await db.value<Date>(beat);
    await expect.poll(() => db.value<Date>(beat), eventually).not.toEqual(last);

    await db.rows('alter function noetl.sweep_elsewhere(timestamptz) rename to sweep_runtimes');
    await expect.poll(() => log.at(-1), eventually).toBe('collector sweep works again');
  });
});

describe('a worker that stops', () => {
  const state = (runtimeId: string) =>
    db.rows(
      `select r.status, (select count(*)::int from graphile_worker.jobs where locked_at is not null) as locked
       from noetl.runtime as r where r.runtime_id = $1`,
      [runtimeId],
    );

  it('marks its server offline and leaves only the ticks of the database', async () => {
    const { runtimeId, stop } = await start(db.url, 'here', quick);
    await stop();
    expect(await state(runtimeId)).toEqual([{ status: 'offline', locked: 0 }]);
    expect(await keys()).toEqual([shared]);
  });

  it('keeps no job and does not wait for what hangs in the database', async () => {
    const { runtimeId, stop } = await start(db.url, 'here', quick);
    await db.rows(`
      alter function noetl.fold() rename to fold_elsewhere;
      create function noetl.fold() returns bigint language sql as 'select 1::bigint from pg_sleep(3600)'`);
    await expect
      .poll(
        () =>
          db.value<number>(
            `select count(*)::int from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`,
          ),
        eventually,
      )
      .toBe(1);
    await stop();
    expect(await state(runtimeId)).toEqual([{ status: 'offline', locked: 0 }]);
  });
});

describe('while the database is away', () => {
  const gate = useGate();

  it('the worker waits, and goes on when it is back', async () => {
    const { runtimeId, log } = await start(gate.url(db.url), 'here', quick);
    await gate.close();
    await expect.poll(() => log.length, eventually).toBeGreaterThan(3);
    const before = await samplesOf(runtimeId);
    await gate.open();
    await expect.poll(() => samplesOf(runtimeId), eventually).toBeGreaterThan(before + host.length);
    await expect.poll(keys, eventually).toEqual([shared, `noetl:tick:${runtimeId}`]);
  });
});

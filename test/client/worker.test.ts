import { Pool } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { MetricsCollector, watchWorker, type WorkerOptions } from '../../src/client/index.ts';
import { useDatabase } from '../support/database.ts';

const db = useDatabase({ per: 'test' });
const endings: (() => Promise<unknown>)[] = [];
const eventually = { interval: 20 };

afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

/** Watches a worker called w; what it returns stops that. */
function watch(options: Partial<WorkerOptions> = {}): () => Promise<void> {
  const pool = new Pool({ connectionString: db.url });
  const metrics = new MetricsCollector(pool, { component: { name: 'w', type: 'worker_pool' }, flushInterval: 20 });
  endings.push(async () => {
    await metrics.close(0);
    await pool.end();
  });
  const stop = watchWorker(metrics, { state: () => ({ activeTasks: 0 }), metricsInterval: 1000, heartbeatInterval: 1000, ...options });
  endings.push(stop);
  return stop;
}

const page = async (): Promise<string> => db.value<string>('select noetl.prometheus_text()');
const namesOf = async (): Promise<unknown[]> =>
  (await db.rows(`
    select distinct m.metric_name from noetl.metric as m join noetl.runtime as r using (runtime_id) where r.name = 'w' order by 1`)).map(
    ({ metric_name: name }) => name,
  );
const state = (): Promise<unknown> =>
  db.value(`select (select c.state || ', ' || r.status from noetl.component as c join noetl.runtime as r using (runtime_id) where c.name = 'w')`);
const own = 'component="w",component_type="worker_pool"';
const ofTheProcess = [
  'noetl_host_cpu_usage_ratio',
  'noetl_host_memory_size_bytes',
  'noetl_host_memory_usage_ratio',
  'noetl_host_memory_used_bytes',
  'noetl_process_cpu_usage_ratio',
  'noetl_process_eventloop_usage_ratio',
  'noetl_process_resident_memory_bytes',
  'noetl_process_uptime_seconds',
];

describe('a worker that is watched', () => {
  it('is on the page with its machine, its process, its tasks and its status', async () => {
    watch({ state: async () => ({ activeTasks: 3, queueSize: 12 }) });
    await expect
      .poll(namesOf, eventually)
      .toEqual([...ofTheProcess, 'noetl_worker_active_tasks', 'noetl_worker_queue_size', 'noetl_worker_status']);
    const text = await page();
    for (const name of ofTheProcess) expect(text).toContain(`\n${name}{${own}} `);
    expect(text.split('\n').filter((line) => line.startsWith('noetl_worker_')).toSorted()).toEqual([
      `noetl_worker_active_tasks{${own}} 3`,
      `noetl_worker_queue_size{${own}} 12`,
      `noetl_worker_status{${own},status="busy"} 1`,
      `noetl_worker_status{${own},status="ready"} 0`,
    ]);
    expect(await state()).toBe('busy, busy');
  });

  it('is counted among the workers, and no more once it has stopped', async () => {
    const stop = watch();
    const alive = async (): Promise<string[]> => {
      await db.value(`select noetl.run_collector('components')`);
      return (await page()).split('\n').filter((line) => /^noetl_workers?_(alive|active)/.test(line));
    };
    await expect.poll(alive, eventually).toEqual([`noetl_worker_active_tasks{${own}} 0`, 'noetl_workers_alive 1']);
    await stop();
    expect(await state()).toBe('offline, offline');
    expect(await alive()).toEqual(['noetl_workers_alive 0']);
  });

  it('beats at one interval and reports at another, and says at once that it is busy', async () => {
    let activeTasks = 0;
    watch({ state: () => ({ activeTasks }), heartbeatInterval: 0.05 });
    const reports = (): Promise<number> => db.value<number>(`select count(*)::int from noetl.metric where metric_name = 'noetl_process_uptime_seconds'`);
    await expect.poll(reports, eventually).toBe(1);
    const beat = (): Promise<Date> => db.value<Date>(`select last_heartbeat from noetl.runtime where name = 'w'`);
    const last = await beat();
    await expect.poll(beat, eventually).not.toEqual(last);
    activeTasks = 1;
    await expect.poll(state, eventually).toBe('busy, busy');
    expect(await reports()).toBe(1);
  });

  it('of which something cannot be read reports the rest', async () => {
    const errors: string[] = [];
    watch({
      state: () => {
        throw new Error('nobody knows');
      },
      onError: (error) => {
        errors.push(error.message);
        throw error;
      },
    });
    await expect.poll(namesOf, eventually).toEqual(ofTheProcess);
    expect(errors).toEqual(['nobody knows', 'nobody knows']);
  });

  it('is refused without a component, or with intervals in the environment that are wrong, each of which is named', () => {
    const metrics = new MetricsCollector(db.pool);
    endings.push(async () => metrics.close(0));
    expect(() => watchWorker(metrics, { state: () => ({ activeTasks: 0 }) })).toThrow('the collector needs a component');
    process.env['NOETL_WORKER_METRICS_INTERVAL'] = '0';
    process.env['NOETL_WORKER_HEARTBEAT_INTERVAL'] = 'often';
    endings.push(async () => {
      delete process.env['NOETL_WORKER_METRICS_INTERVAL'];
      delete process.env['NOETL_WORKER_HEARTBEAT_INTERVAL'];
    });
    expect(() => watch()).toThrow(/NOETL_WORKER_METRICS_INTERVAL is "0".*\nNOETL_WORKER_HEARTBEAT_INTERVAL is "often"/);
  });
});

describe('a component that records', () => {
  it('lives as long as it does so, without reporting anything else', async () => {
    const metrics = new MetricsCollector(db.pool, { component: { name: 'w', type: 'service' } });
    endings.push(async () => metrics.close(0));
    const orders = metrics.counter('orders_total');
    orders.inc();
    await metrics.flush();
    await db.rows(`update noetl.runtime set last_heartbeat = now() - interval '1 hour', status = 'offline' where name = 'w'`);
    orders.inc();
    await metrics.flush();
    expect(await state()).toBe('ready, ready');
    expect(await page()).toContain('orders_total{component="w",component_type="service"} 2');
  });

  it('stays offline once it has said so, whatever it still sends', async () => {
    const metrics = new MetricsCollector(db.pool, { component: { name: 'w', type: 'service' } });
    endings.push(async () => metrics.close(0));
    const orders = metrics.counter('orders_total');
    metrics.heartbeat('offline');
    await metrics.flush();
    orders.inc();
    await metrics.flush();
    expect(await state()).toBe('offline, offline');
    metrics.heartbeat('ready');
    await metrics.flush();
    expect(await state()).toBe('ready, ready');
    expect(await page()).toContain('orders_total{component="w",component_type="service"} 1');
  });

  it('beats by itself while nothing is counted, and says when it leaves', async () => {
    const metrics = new MetricsCollector(db.pool, { component: { name: 'w', type: 'service' }, heartbeatInterval: 20 });
    metrics.counter('orders_total').inc();
    await metrics.flush();
    const beats = async (): Promise<number> => db.value<number>(`select count(distinct last_heartbeat)::int from noetl.runtime where name = 'w'`);
    await expect.poll(beats, eventually).toBe(1);
    const first = await db.value<Date>(`select last_heartbeat from noetl.runtime where name = 'w'`);
    await expect.poll(async () => db.value(`select last_heartbeat > $1 from noetl.runtime where name = 'w'`, [first]), eventually).toBe(true);
    expect(await state()).toBe('ready, ready');
    await metrics.close();
    expect(await state()).toBe('offline, offline');
    expect(metrics.dropped).toBe(0);
  });

  it('of which nothing was ever counted is not registered by its close()', async () => {
    await new MetricsCollector(db.pool, { component: { name: 'w', type: 'service' } }).close();
    expect(await state()).toBeNull();
  });

  it('of a script that ends without close() keeps its counters, and is never lost', async () => {
    const metrics = new MetricsCollector(db.pool, { component: { name: 'w', type: 'service' } });
    metrics.counter('orders_total').inc();
    process.emit('beforeExit', 0);
    await expect.poll(state, eventually).toBe('ready, ready');
    await metrics.flush();
    expect(await db.value(`select noetl.sweep_runtimes(now() + interval '1 day')`)).toEqual([]);
    expect(await page()).toContain('orders_total{component="w",component_type="service"} 1');
  });

  it('may say that it leaves, and nothing that is no status', async () => {
    const body = (status: string) => [JSON.stringify({ component: { name: 'w', type: 'service' }, status })];
    await db.rows('select noetl.record_metrics($1)', body('offline'));
    expect(await state()).toBe('offline, offline');
    expect((await db.refusal('select noetl.record_metrics($1)', body('gone'))).message).toBe('status: must be ready, busy or offline, not "gone"');
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { buildServer } from '../../src/server/app.ts';
import { registerRuns, runsTable } from '../queue/page.ts';
import { useDatabase } from '../support/database.ts';
import { startPrometheus, type Prometheus } from '../support/prometheus.ts';
import { needing, prometheus } from '../support/tools.ts';

const test = needing(prometheus);

interface Alert {
  readonly state: 'pending' | 'firing';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

describe('in a real Prometheus that scrapes the page and runs the rules', () => {
  const db = useDatabase();
  const parts: { stop(): Promise<unknown> }[] = [];
  let scraper: Prometheus;

  beforeAll(async () => {
    if (prometheus.path === undefined) return;
    for (const preset of ['noetl', 'hodei', 'xyn']) await db.rows('select noetl.install_preset($1)', [preset]);
    // as delivered, only sooner
    await db.rows(`select noetl.set_alert_rule(name, hold => '1 second') from noetl.alert_rule`);
    await db.rows(`select noetl.set_setting('heartbeat_timeout', '2 seconds')`);
    const app = buildServer({ pool: db.pool });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    parts.push({ stop: () => app.close() });
    scraper = await startPrometheus(
      { 'noetl-metrics': `${url}/metrics` },
      { rules: await (await fetch(`${url}/alerts.yml`)).text() },
    );
    parts.push(scraper);
  });
  afterAll(async () => {
    for (const part of parts.toReversed()) await part.stop();
  });

  const alerts = async (name: string): Promise<Alert[]> => {
    const answer = await scraper.ask<{ alerts: Alert[] }>('alerts');
    return answer.alerts.filter(({ labels }) => labels['alertname'] === name);
  };
  const firing = async (name: string): Promise<Alert[]> => (await alerts(name)).filter(({ state }) => state === 'firing');
  const becomes = async (name: string, labels: Record<string, string>): Promise<Alert> => {
    await expect.poll(() => firing(name), { interval: 200 }).toMatchObject([{ labels }]);
    const [alert] = await firing(name);
    if (alert === undefined) throw new Error(`${name} has ended`);
    return alert;
  };
  const ends = async (name: string): Promise<void> => {
    await expect.poll(() => alerts(name), { interval: 200 }).toEqual([]);
  };

  test('a worker that is killed fires NoetlComponentLost, and its return ends it', async () => {
    const worker = spawn(process.execPath, [fileURLToPath(new URL('beating-worker.mjs', import.meta.url)), db.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(worker, 'exit');
    await once(worker.stdout, 'data');
    expect(await alerts('NoetlComponentLost')).toEqual([]);
    worker.kill('SIGKILL');
    await ended;
    const alert = await becomes('NoetlComponentLost', { component_type: 'worker_pool', status: 'lost', severity: 'warning' });
    expect(alert.annotations['summary']).toBe('1 components of type worker_pool fell silent');
    await db.rows(`select noetl.heartbeat(runtime_id, 'offline') from noetl.runtime where component_type = 'worker_pool'`);
    await ends('NoetlComponentLost');
  });

  test('a backlog of runs that nobody works on fires the alerts of xyn, and taking them ends it', async () => {
    await db.rows(runsTable);
    await db.rows(registerRuns);
    await db.rows(
      `insert into runs (status, run_at, queued_at)
       select 'QUEUED', now() - interval '10 minutes', now() - interval '10 minutes' from generate_series(1, 150)`,
    );
    await db.rows(`insert into runs (status, lease_expires_at) values ('RUNNING', now() - interval '1 minute')`);
    await db.rows(`select noetl.collect_queue('runs')`);
    expect((await becomes('XynQueueBacklog', { severity: 'warning' })).annotations['summary']).toBe('150 runs are due and wait');
    await becomes('XynOldestRunWaiting', { severity: 'warning' });
    await becomes('XynExpiredLeases', { severity: 'critical' });
    await becomes('XynNoActiveWorkers', { severity: 'critical' });

    await db.rows(`update runs set status = 'RUNNING', lease_expires_at = now() + interval '1 hour'`);
    await db.rows(`select noetl.collect_queue('runs')`);
    for (const name of ['XynQueueBacklog', 'XynOldestRunWaiting', 'XynExpiredLeases', 'XynNoActiveWorkers']) await ends(name);
  });

  test('hodei without a healthy worker fires from the start, before anything is recorded', async () => {
    await becomes('HodeiNoHealthyWorkers', { severity: 'critical' });
    await db.rows(`select noetl.set('hodei_workers_healthy', 2)`);
    await ends('HodeiNoHealthyWorkers');
  });

  test('nothing else fires', async () => {
    const { alerts: all } = await scraper.ask<{ alerts: Alert[] }>('alerts');
    expect(all.filter(({ state }) => state === 'firing')).toEqual([]);
  });
});

import PgBoss from 'pg-boss';
import { expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { registerRuns, runsTable, samples } from './page.ts';

const db = useDatabase({ per: 'test' });

const collect = (): Promise<unknown> => db.rows('select noetl.collect_queues()');

it('shows how runs ended and how long they took, by blueprint', async () => {
  await db.rows(runsTable);
  await db.rows(registerRuns);
  const finish = (status: string, blueprint: string, seconds: number): string => `
    insert into runs (status, blueprint, queued_at, started_at, finished_at)
    values ('${status}', '${blueprint}', now() - interval '${seconds + 2} s', now() - interval '${seconds} s', now())`;
  await db.rows(finish('DONE', 'before', 1));
  await collect();
  await db.rows(finish('DONE', 'etl', 3));
  await db.rows(finish('DONE', 'etl', 40));
  await db.rows(finish('FAILED', 'etl', 1));
  await db.rows(finish('DONE', 'mail', 1));
  // runs that are not over, and one whose transaction is
  await db.rows(`insert into runs (status, blueprint, finished_at) values ('RUNNING', 'etl', now())`);
  const late = await db.session();
  await late.query(`begin; ${finish('DONE', 'late', 7)}`);
  await collect();
  await collect();
  expect(await samples(db, 'xyn_blueprint_run_count')).toEqual({
    'xyn_blueprint_run_count{blueprint="etl",status="DONE"}': 2,
    'xyn_blueprint_run_count{blueprint="etl",status="FAILED"}': 1,
    'xyn_blueprint_run_count{blueprint="mail",status="DONE"}': 1,
  });
  await late.query('commit');
  await collect();
  await db.rows('select noetl.fold()');
  await collect();
  expect(await samples(db, 'xyn_blueprint_run_count{blueprint="late"')).toEqual({ 'xyn_blueprint_run_count{blueprint="late",status="DONE"}': 1 });
  expect(await samples(db, 'xyn_blueprint_duration_seconds_sum')).toEqual({
    'xyn_blueprint_duration_seconds_sum{blueprint="etl"}': 44,
    'xyn_blueprint_duration_seconds_sum{blueprint="late"}': 7,
    'xyn_blueprint_duration_seconds_sum{blueprint="mail"}': 1,
  });
  const { 'xyn_blueprint_duration_seconds_bucket{blueprint="etl",le="5.0"}': upToFive, 'xyn_blueprint_duration_seconds_bucket{blueprint="etl",le="60.0"}': upToSixty } =
    await samples(db, 'xyn_blueprint_duration_seconds_bucket');
  expect([upToFive, upToSixty]).toEqual([2, 3]);
  expect(await samples(db, 'noetl_queue_job_wait_seconds_sum{operation="etl"')).toEqual({
    'noetl_queue_job_wait_seconds_sum{operation="etl",queue="runs",source="runs"}': 6,
  });
  expect(await samples(db, 'noetl_queue_jobs_finished_total{operation="etl",outcome="DONE"')).toEqual({
    'noetl_queue_jobs_finished_total{operation="etl",outcome="DONE",queue="runs",source="runs"}': 2,
  });
});

it('counts how jobs of pg-boss ended', async () => {
  const boss = new PgBoss({ connectionString: db.url, schedule: false });
  boss.on('error', () => {});
  await boss.start();
  await boss.createQueue('mail');
  await db.rows(`select noetl.register_queue('pgboss')`);
  await collect();
  for (let i = 0; i < 3; i += 1) await boss.send('mail', {}, { retryLimit: 0 });
  const [first, second, third] = await boss.fetch('mail', { batchSize: 3 });
  await boss.complete('mail', first?.id ?? '');
  await collect();
  await boss.complete('mail', second?.id ?? '');
  await boss.fail('mail', third?.id ?? '', {});
  await collect();
  await collect();
  expect(await samples(db, 'noetl_queue_jobs_finished_total')).toEqual({
    'noetl_queue_jobs_finished_total{outcome="completed",queue="mail",source="pgboss"}': 2,
    'noetl_queue_jobs_finished_total{outcome="failed",queue="mail",source="pgboss"}': 1,
  });
  expect(await samples(db, 'noetl_queue_job_wait_seconds_count')).toEqual({
    'noetl_queue_job_wait_seconds_count{queue="mail",source="pgboss"}': 3,
  });
  await boss.stop({ graceful: false });
});

it('advises the indexes that are missing, until they are there', async () => {
  await db.rows(runsTable.replaceAll(/create index[^;]*;/g, ''));
  await db.rows(registerRuns);
  const advice = (): Promise<{ statement: string }[]> => db.rows('select statement from noetl.queue_advice order by statement');
  expect((await advice()).map(({ statement }) => statement)).toEqual([
    'create index concurrently on public.runs (finished_at)',
    `create index concurrently on public.runs (lease_expires_at) where status = 'RUNNING'`,
    `create index concurrently on public.runs (queued_at) where status = 'QUEUED'`,
    `create index concurrently on public.runs (run_at) where status = 'QUEUED'`,
    `create index concurrently on public.runs (started_at) where status = 'RUNNING'`,
  ]);
  await db.rows('create index on runs (status, run_at)');
  for (const { statement } of await advice()) await db.rows(statement);
  expect(await advice()).toEqual([]);
});

it('advises a partitioned queue partition by partition', async () => {
  const boss = new PgBoss({ connectionString: db.url, schedule: false });
  boss.on('error', () => {});
  await boss.start();
  await boss.createQueue('mail');
  await db.rows(`select noetl.register_queue('pgboss')`);
  const advice = await db.rows<{ statement: string }>(`select statement from noetl.queue_advice where statement like '%failed%'`);
  expect(advice.length).toBeGreaterThan(0);
  for (const { statement } of advice) await db.rows(statement);
  expect(await db.rows(`select statement from noetl.queue_advice where statement like '%failed%'`)).toEqual([]);
  await boss.stop({ graceful: false });
});

it('reads a large table by its indexes, finished jobs never', async () => {
  await db.rows(runsTable);
  await db.rows(registerRuns);
  await db.rows(`
    insert into runs (status, run_at) select 'DONE', now() from generate_series(1, 20000);
    insert into runs (status, run_at) select 'QUEUED', now() + (n - 50) * interval '1 minute' from generate_series(1, 100) as n;
    insert into runs (status, lease_expires_at) select 'RUNNING', now() from generate_series(1, 5)`);
  await db.rows('vacuum analyze runs');
  const scans = async (): Promise<unknown> => {
    const statement = await db.value<string>(`select _noetl.queue_statement(q, _noetl.is_tracked(q)) from _noetl.queue as q`);
    const plan = JSON.stringify(await db.rows(`explain (format json) ${statement.replaceAll('$1', 'clock_timestamp()::timestamptz')}`));
    return [...plan.matchAll(/"Node Type":"(\w[^"]*)"[^{}]*?"Relation Name":"runs"/g)].map(([, type]) => type).filter((type) => type === 'Seq Scan');
  };
  expect(await scans()).toEqual([]);
  await db.rows(`select noetl.track_queue('runs')`);
  expect(await db.value('select tracked from noetl.queue')).toBe(true);
  expect(await scans()).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

const db = useDatabase();
let stranger = '';

beforeAll(async () => {
  stranger = `stranger_${db.name}`;
  await db.rows(`create role ${stranger}; create table public.jobs (state text); select noetl.register_queue('jobs', 'public.jobs', status => 'state', ready_status => 'new');
    select noetl.use_component('w', 'worker_pool')`);
});
afterAll(async () => {
  await db.rows(`drop role ${stranger}`);
});

it('a login without a role of ours that takes every advisory lock that there ever was keeps nobody waiting', async () => {
  const session = await db.session();
  await session.query(`set role ${stranger}`);
  await session.query(`select pg_advisory_lock(7957695015191080550 + n) from generate_series(0, 2) as n;
    select pg_advisory_lock(k, n) from unnest('{1852797041,1852797043,1852797044,1886745448}'::int[]) as k, generate_series(-3, 64) as n`);
  const ours = await db.session();
  await ours.query(`set lock_timeout = '5s'`);
  await ours.query(`insert into noetl.metric (metric_name, metric_type, metric_value) values ('level', 'gauge', 1)`);
  expect((await ours.query<{ folded: string }>('select noetl.fold() as folded')).rows).toEqual([{ folded: '1' }]);
  expect((await ours.query(`select noetl.collect_queue('jobs') as collected, noetl.rotate_events() is not null as rotated`)).rows).toEqual([{ collected: true, rotated: true }]);
  await ours.query(`select noetl.add_collector('one', 'select 1 as value'); select noetl.push_metrics('{"job": "nightly"}', e'backup_bytes 1\\n');
    select noetl.track_queue('jobs'); select noetl.recount_queue('jobs'); select noetl.create_metric_partitions_ahead(9); select noetl.remove_idle_series();
    delete from noetl.runtime where name = 'w'`);
});

it('no lock of ours can be taken without a role', async () => {
  const session = await db.session();
  await session.query(`set role ${stranger}`);
  for (const sql of [`select from _noetl.lock for update`, `begin; lock table _noetl.writer_0 in exclusive mode`, `select _noetl.take_lock('fold')`]) {
    await expect(session.query(sql)).rejects.toThrow('permission denied for schema _noetl');
    await session.query('rollback');
  }
});

describe('a transaction that is left open after a declaration', () => {
  it('is ended by the server, and named meanwhile', async () => {
    const session = await db.session({ application_name: 'left open' });
    const { rows: own } = await session.query<{ pid: number }>('select pg_backend_pid() as pid');
    await session.query(`begin; select noetl.declare_metric('new_total', 'counter')`);
    expect((await session.query('show idle_in_transaction_session_timeout')).rows).toEqual([{ idle_in_transaction_session_timeout: '5s' }]);
    expect(await db.rows(`select what, pid, application from _noetl.hindrance('0 seconds')`)).toEqual([{ what: 'fold', pid: own[0]?.pid, application: 'left open' }]);
    expect(await db.value('select noetl.fold()')).toBeNull();
    await expect.poll(() => db.value('select noetl.fold()')).not.toBeNull();
  });

  it('is told by name in noetl.health, on the page and to the log of a server', async () => {
    await db.rows(`select noetl.run_collector('locks')`); // as a server that starts declares its family
    const session = await db.session({ application_name: 'psql' });
    await session.query(`begin; select noetl.declare_metric('new_total', 'counter'); set local idle_in_transaction_session_timeout = 0`);
    // as of a minute later: who holds a lock is asked of the server's own views, which know no other time
    await db.rows(`create or replace function _noetl.hindrance(longer_than interval default interval '10 seconds')
      returns table (what text, pid integer, "user" text, application text, state text, since timestamptz) language sql stable as $$
        select h.name, h.pid, h."user"::text, h.application_name, h.state, h.since from _noetl.lock_holder as h where h.pid <> pg_backend_pid() $$`);
    expect(await db.value('select held_up_by[1] from noetl.health')).toMatch(/^fold: \w+ \(pid \d+, psql, idle in transaction\) since 2\d{3}-/);
    await db.rows(`select noetl.run_collector('locks')`);
    await expect(db.rows('select _noetl.report_hindrance()')).rejects.toThrow(/\(pid \d+, psql, idle in transaction\) has held up fold since 2/);
    await session.query('rollback');
    expect(await db.value('select held_up_by from noetl.health')).toBeNull();
    expect(await db.value(`select body from noetl.prometheus_exposition where family = 'noetl_held_up_seconds'`)).toMatch(/^noetl_held_up_seconds\{held_by="\w+",lock="fold"\} \d/m);
  });

  it('does not keep back what is declared so already', async () => {
    await db.rows(`select noetl.declare_metric('known_total', 'counter', help => 'Known.')`);
    const session = await db.session();
    await session.query(`begin; select noetl.declare_metric('known_total', 'counter', help => 'Known.')`);
    expect(await db.value('select noetl.fold() is not null')).toBe(true);
  });
});

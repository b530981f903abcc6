import { describe, expect, it } from 'vitest';
import { useCluster } from '../support/cluster.ts';
import { connected } from '../support/connection.ts';
import { useDatabase } from '../support/database.ts';
import { debianServer, needing } from '../support/tools.ts';

const db = useDatabase();

const collectAll = `select c.name, noetl.run_collector(c.name) as succeeded from noetl.collector as c where c.enabled and c.name like 'postgres%' order by 1`;
const value = async (line: string): Promise<number | undefined> => {
  const text = await db.value<string>('select noetl.prometheus_text()');
  const found = text.split('\n').find((each) => each.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length + 1));
};

describe('the preset postgres', () => {
  it('runs nothing until it is installed, and then every collector of it without an error', async () => {
    expect(await db.rows(`select name from noetl.collector where enabled and name in (select p.name from _noetl.postgres_collector as p)`)).toEqual([]);
    const notices: string[] = [];
    const session = await db.session();
    session.on('notice', ({ message }) => notices.push(message ?? ''));
    await session.query(`select noetl.install_preset('postgres')`);
    expect(notices).toEqual(['without the extension pg_stat_statements no statement is seen']);
    const ran = await db.rows<{ name: string; succeeded: boolean }>(collectAll);
    expect(ran.filter(({ succeeded }) => !succeeded)).toEqual([]);
    expect(ran.map(({ name }) => name)).not.toContain('postgres_statements');
    expect(await value('noetl_postgres_wal_files')).toBeGreaterThanOrEqual(1);
    expect(await value('noetl_postgres_checkpoints_total{kind="timed"}')).toBeGreaterThanOrEqual(0);
    expect(await value('noetl_postgres_setting{setting="checkpoint_timeout"}')).toBe(300);
  });

  it('says what a role without pg_monitor does not see', async () => {
    await db.rows('drop role if exists plain; create role plain; grant usage on schema _noetl to plain; grant execute on function _noetl.missing_monitor() to plain');
    const session = await db.session();
    await session.query('set role plain');
    expect((await session.query<{ said: string }>('select _noetl.missing_monitor() as said')).rows[0]?.said).toContain('without pg_monitor the sessions of other roles are counted as hidden');
    await session.end();
    await db.rows('drop owned by plain; drop role plain');
  });

  it('shows as many tables, indexes and sequences as postgres_top says, the largest or busiest, however many there are', async () => {
    await db.rows(`
      do $$
      begin
        for i in 1 .. 30 loop
          execute format('create table t_%s (id serial primary key, a text)', i);
          execute format('insert into t_%s (a) select repeat(''x'', 90) || g from generate_series(1, 10 * %s) as g', i, i);
        end loop;
      end
      $$;
      alter table t_30 alter column id type smallint;
      select setval('t_30_id_seq', 32000);
      create index unused on t_30 (a);
      select noetl.set_setting('postgres_top', '3')`);
    await db.rows('vacuum analyze');
    await expect.poll(() => db.value(`select pg_stat_force_next_flush()::text || (select max(n_tup_ins) from pg_stat_user_tables where relname = 't_30')`)).toBe('300');
    await db.rows(collectAll);
    const labels = async (family: string, label: string): Promise<string[]> =>
      (await db.rows<{ value: string }>(`select labels ->> $2 as value from noetl.current_value where name = $1 order by value desc, 1`, [family, label])).map((row) => row.value);
    expect((await labels('noetl_postgres_table_rows_inserted_total', 'table')).toSorted()).toEqual(['t_28', 't_29', 't_30']);
    expect((await labels('noetl_postgres_table_bloat_bytes', 'table')).length).toBe(3);
    expect((await labels('noetl_postgres_index_size_bytes', 'index'))[0]).toBe('unused');
    expect((await labels('noetl_postgres_sequence_used_ratio', 'sequence')).length).toBe(3);
    expect(await value('noetl_postgres_sequence_used_ratio{schema="public",sequence="t_30_id_seq"}')).toBeCloseTo(0.9766, 3);
    expect(await value('noetl_postgres_unused_indexes')).toBe(1);
    expect(await value('noetl_postgres_tables_needing_vacuum')).toBe(0);
  });

  it('tells who waits for whom, and which slot holds log back', async () => {
    await db.rows(`create table locked (); select pg_create_physical_replication_slot('held_${db.name}'::text, true)`);
    const [holder, waiter] = [await db.session(), await db.session()];
    await holder.query('begin; lock locked');
    const pid = (await holder.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;
    const waiting = waiter.query('select from locked');
    await expect.poll(() => db.rows(`select blocked_by, lock_mode, relation, query, blocking_query from noetl.blocked_session()`)).toEqual([
      { blocked_by: [pid], lock_mode: 'AccessShareLock', relation: 'public.locked', query: 'select from locked', blocking_query: 'select pg_backend_pid() as pid' },
    ]);
    await db.rows(`select noetl.run_collector('postgres_sessions'), noetl.run_collector('postgres_slots')`);
    expect(await value('noetl_postgres_blocked_sessions')).toBeGreaterThanOrEqual(1);
    expect(await value('noetl_postgres_blocking_sessions')).toBeGreaterThanOrEqual(1);
    expect(await value('noetl_postgres_blocked_seconds')).toBeGreaterThan(0);
    expect(await value(`noetl_postgres_slot_active{kind="physical",slot="held_${db.name}"}`)).toBe(0);
    expect(await value(`noetl_postgres_slot_retained_bytes{kind="physical",slot="held_${db.name}"}`)).toBeGreaterThanOrEqual(0);
    await holder.query('rollback');
    await waiting;
    await db.rows(`select pg_drop_replication_slot('held_${db.name}')`);
  });

  it('has a dashboard whose every expression is one of PromQL over what it collects', async () => {
    const targets = await db.rows<{ expression: string }>(`select expression from _noetl.dashboard_target where preset = 'postgres'`);
    const known = new Set((await db.rows<{ name: string }>(`select m ->> 'name' as name from _noetl.collector_default as c, jsonb_path_query(c.metrics, '$.*') as m`)).map(({ name }) => name));
    for (const { expression } of targets) {
      const query = expression.replaceAll('$__rate_interval', '1m');
      await db.rows('select noetl.parse_promql($1)', [query]);
      expect((query.match(/noetl_\w+/g) ?? []).filter((name) => !known.has(name))).toEqual([]);
    }
    expect(targets.length).toBeGreaterThan(30);
  });
});

describe('the statements of the preset postgres', () => {
  const cluster = useCluster({ server: debianServer, settings: { shared_preload_libraries: 'pg_stat_statements' } });

  needing(debianServer)('are the slowest by id, and all others as one that never falls, with the texts beside them', async () => {
    const url = await cluster.installed('statements');
    await connected(url, async (client) => {
      await client.query(`create extension pg_stat_statements; select noetl.set_setting('postgres_top', '1')`);
      await client.query(`select noetl.install_preset('postgres')`);
      const run = async (): Promise<Record<string, number>> => {
        // our own work, which takes long on a busy machine, is not counted
        await client.query(`set pg_stat_statements.track = 'none'`);
        await client.query(`select noetl.run_collector('postgres_statements')`);
        const { rows } = await client.query<{ id: string; value: number }>(
          `select labels ->> 'queryid' as id, value from noetl.current_value where name = 'noetl_postgres_statement_calls_total'`);
        return Object.fromEntries(rows.map(({ id, value: calls }) => [id, calls]));
      };
      const count = (): Promise<unknown> => client.query(`set pg_stat_statements.track = 'top'`);
      await client.query('select pg_stat_statements_reset()');
      await client.query('select pg_sleep(0.3) as slow');
      const before = await run();
      await count();
      expect(Object.keys(before).length).toBe(2);
      for (let n = 0; n < 100; n += 1) await client.query('select 1 as quick');
      await client.query('select pg_sleep(0.6) as slower, 1 as other_one');
      const after = await run();
      const slower = await client.query<{ queryid: string; query: string }>('select queryid, query from noetl.postgres_statement(1)');
      expect(slower.rows[0]?.query).toBe('select pg_sleep($1) as slower, $2 as other_one');
      expect(Object.keys(after).toSorted()).toEqual([slower.rows[0]?.queryid ?? '', 'other']);
      // what was listed and is not any more has grown by nothing
      expect((after['other'] ?? 0) - (before['other'] ?? 0)).toBeGreaterThanOrEqual(100);
      expect((after['other'] ?? 0) - (before['other'] ?? 0)).toBeLessThan(400);
      expect((await client.query(`select from noetl.current_value where labels::text like '%sleep%'`)).rowCount).toBe(0);
    });
  });
});

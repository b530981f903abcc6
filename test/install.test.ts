import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { install } from '../src/install.ts';
import { useDatabase, type TestDatabase } from './support/database.ts';
import { needing, psql } from './support/tools.ts';

const run = promisify(execFile);

const byNode = useDatabase({ contents: 'empty', per: 'test' });
const byPsql = useDatabase({ contents: 'empty', per: 'test' });

/** Everything that an install makes, as the catalogue tells it; partitions are named by the day. */
async function catalogue(db: TestDatabase): Promise<string[]> {
  const rows = await db.rows<{ entry: string }>(`
    with mine as (select oid from pg_namespace where nspname in ('noetl', '_noetl'))
    select format('relation %s %s %s %s', c.oid::regclass, c.relkind, c.reloptions, obj_description(c.oid, 'pg_class')) as entry
    from pg_class as c where c.relnamespace in (table mine)
    union all
    select format('column %s.%s %s %s %s %s %s %s', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
      a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid), col_description(a.attrelid, a.attnum))
    from pg_attribute as a join pg_class as c on c.oid = a.attrelid left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where c.relnamespace in (table mine) and a.attnum > 0 and not a.attisdropped
    union all
    select format('index %s', pg_get_indexdef(i.indexrelid)) from pg_index as i join pg_class as c on c.oid = i.indrelid where c.relnamespace in (table mine)
    union all
    select format('constraint %s %s %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) from pg_constraint as k where k.connamespace in (table mine)
    union all
    select format('trigger %s', pg_get_triggerdef(t.oid)) from pg_trigger as t join pg_class as c on c.oid = t.tgrelid
    where c.relnamespace in (table mine) and not t.tgisinternal
    union all
    select format('view %s %s', c.oid::regclass, pg_get_viewdef(c.oid)) from pg_class as c where c.relnamespace in (table mine) and c.relkind in ('v', 'm')
    union all
    select format('routine %s %s %s', p.oid::regprocedure, case p.prokind when 'a' then 'aggregate' else pg_get_functiondef(p.oid) end, obj_description(p.oid, 'pg_proc'))
    from pg_proc as p where p.pronamespace in (table mine)
    union all
    select format('type %s %s', t.oid::regtype, obj_description(t.oid, 'pg_type')) from pg_type as t where t.typnamespace in (table mine) and t.typtype in ('d', 'e')
    union all
    select format('schema %s %s %s', n.nspname, n.nspacl, obj_description(n.oid, 'pg_namespace')) from pg_namespace as n where n.oid in (table mine)
    union all
    select format('privileges %s %s', c.oid::regclass, c.relacl) from pg_class as c where c.relnamespace in (table mine) and c.relacl is not null
    union all
    select format('privileges %s %s', p.oid::regprocedure, p.proacl) from pg_proc as p where p.pronamespace in (table mine)
    union all
    select format('privileges %s.%s %s', a.attrelid::regclass, a.attname, a.attacl) from pg_attribute as a join pg_class as c on c.oid = a.attrelid
    where c.relnamespace in (table mine) and a.attacl is not null
    union all
    select format('migration %s', m.name) from _noetl.migration as m`);
  return rows.map((row) => row.entry).toSorted();
}

describe('an install', () => {
  needing(psql)('by psql makes the same as one by Node', async () => {
    await install(byNode.url);
    const { stdout } = await run(psql.path ?? '', ['-X', '-d', byPsql.url, '-f', 'sql/psql.sql']);

    expect(stdout).toBe('noetl-metrics is installed: select noetl.prometheus_text();\n');
    const made = await catalogue(byNode);
    expect(made.length).toBeGreaterThan(500);
    expect(await catalogue(byPsql)).toEqual(made);
  });

  needing(psql)('by psql upgrades one by Node, and the other way round', async () => {
    await install(byNode.url);
    const made = await catalogue(byNode);
    await run(psql.path ?? '', ['-X', '-d', byNode.url, '-f', 'sql/psql.sql']);
    expect(await catalogue(byNode)).toEqual(made);
    await run(psql.path ?? '', ['-X', '-d', byPsql.url, '-f', 'sql/psql.sql']);
    await install(byPsql.url);
    expect(await catalogue(byPsql)).toEqual(made);
  });

  it('waits for a busy table only briefly at a time, and goes on when it is free', async () => {
    const busy = await byNode.session();
    await busy.query(`create schema _noetl; create table _noetl.migration (id serial primary key, name text not null, run_on timestamp not null)`);
    await busy.query('begin; lock table _noetl.migration in access exclusive mode');
    const waiting = (): Promise<number> =>
      byPsql.value(`select count(*)::int from pg_stat_activity where application_name = 'noetl-metrics install' and wait_event_type = 'Lock'`);
    const installed = install(byNode.url);
    for (const waits of [1, 0, 1]) await expect.poll(waiting, { interval: 10, timeout: 10_000 }).toBe(waits);
    await busy.query('commit');

    await installed;
    expect(await byNode.value('select count(*)::int from noetl.health')).toBe(1);
  });

  it('is harmless twenty times at once', async () => {
    await Promise.all(Array.from({ length: 20 }, async () => install(byNode.url)));

    const made = await catalogue(byNode);
    await install(byPsql.url);
    expect(made).toEqual(await catalogue(byPsql));
  }, 120_000);

  it('drops the code of an earlier release, and mends what somebody changed', async () => {
    await install(byNode.url);
    const made = await catalogue(byNode);
    await byNode.pool.query(`
      create function _noetl.of_an_earlier_release() returns int language sql as 'select 1';
      create view noetl.of_an_earlier_release as select _noetl.of_an_earlier_release() as one;
      create or replace function noetl.fold() returns bigint language sql as 'select 0::bigint'`);
    await install(byNode.url);

    expect(await catalogue(byNode)).toEqual(made);
  });

  it('keeps what is stored', async () => {
    await install(byNode.url);
    await byNode.pool.query(`select noetl.inc('a_total'), noetl.set_setting('staleness', '1 hour')`);
    await install(byNode.url);

    expect(await byNode.value(`select body from noetl.prometheus_exposition where family = 'a_total'`)).toContain('\na_total 1\n');
    expect(await byNode.value(`select value from noetl.setting where name = 'staleness'`)).toBe('1 hour');
  });

  it('that fails says which file, and leaves the last one working', async () => {
    await install(byNode.url);
    // a view of somebody's own on a view that the next install must drop
    await byNode.pool.query(`
      create view noetl.of_an_earlier_release as select 1 as one;
      create view public.of_mine as select * from noetl.of_an_earlier_release`);

    await expect(install(byNode.url)).rejects.toThrow(/^sql\/retire\.sql: cannot drop view noetl\.of_an_earlier_release/);
    await byNode.pool.query(`select noetl.inc('a_total')`);
    expect(await byNode.value(`select count(*)::int from public.of_mine`)).toBe(1);
  });
});

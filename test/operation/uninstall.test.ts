import { expect, it } from 'vitest';
import { install } from '../../src/install.ts';
import { catalogue } from '../support/catalogue.ts';
import { useDatabase } from '../support/database.ts';
import { slow, useWorkers } from '../worker/worker.ts';

const db = useDatabase({ per: 'test' });
const start = useWorkers();
const leave = `select noetl.uninstall(current_database())`;

it('nothing is left in the database but what is of others, and it can be installed again', async () => {
  const made = await catalogue(db);
  const { stop } = await start(db.url, 'here', slow);
  await stop();
  await db.rows(`
    create table public.jobs (id bigint primary key, state text);
    select noetl.register_queue('jobs', 'public.jobs', status => 'state', ready_status => 'new');
    select noetl.track_queue('jobs'); select noetl.track_queue('graphile_worker');
    insert into public.jobs values (1, 'new');
    select noetl.inc('a_total'); select noetl.fold(); select noetl.scrape()`);
  expect(await db.value(leave)).toBe(
    'noetl-metrics is gone from this database. There are still the roles noetl_reader, noetl_writer and noetl_admin, which other databases may use, and the schema graphile_worker of graphile-worker.',
  );
  expect(await db.rows(`select nspname from pg_namespace where nspname like '%noetl%'`)).toEqual([]);
  expect(await db.rows(`select tgname from pg_trigger where not tgisinternal and tgrelid = 'public.jobs'::regclass`)).toEqual([]);
  expect(await db.rows(`select task_identifier from graphile_worker.jobs where task_identifier like 'noetl:%'`)).toEqual([]);
  await db.rows(`insert into public.jobs values (2, 'new')`);
  await install(db.url);
  expect(await catalogue(db)).toEqual(made);
});

it('it is refused by any other name, while a server is connected, and while others depend on it', async () => {
  expect((await db.refusal(`select noetl.uninstall('prod')`)).message).toBe(`database: must be the name of this database, '${db.name}'`);
  const server = await db.session({ application_name: 'noetl-metrics' });
  expect((await db.refusal(leave)).message).toBe('a server is connected to this database');
  await server.end();
  await db.rows(`
    create view public.mine as select * from noetl.metrics;
    create function public.counts() returns void language sql begin atomic select noetl.inc('a_total'); end;
    create table public.sales (n int, at timestamptz default noetl.scrape());
    create table public.indexed (n int);
    create index on public.indexed using gin (n)`);
  expect((await db.refusal(leave)).message).toBe('others depend on noetl-metrics: function public.counts(), index public.indexed_n_idx, table public.sales, view public.mine');
  await db.rows('drop view public.mine; drop function public.counts; drop table public.sales; drop table public.indexed');
  await db.rows(leave);
});

import { beforeAll, expect, it } from 'vitest';
import { refusalOf, useDatabase } from '../support/database.ts';

const db = useDatabase();

beforeAll(async () => {
  await db.rows(`select noetl.register_runtime('host:8000', 'server_api', labels => '{"a": "b"}'); select noetl.declare_metric('ours_total', 'counter', help => 'Ours.')`);
});

const asWriter = async (sql: string): Promise<string> => {
  const session = await db.session();
  await session.query('set role noetl_writer');
  return (await refusalOf(session.query(sql))).message;
};
const server = `select status, labels from noetl.runtime where name = 'host:8000'`;

it('a writer cannot take a server off the page, or say what it is', async () => {
  const id = await db.value<string>(`select runtime_id from noetl.runtime where name = 'host:8000'`);
  expect(await asWriter(`select noetl.heartbeat(${id}, 'offline')`)).toBe(`runtime_id: component ${id} was registered by noetl_admin, and is not a writer's to change`);
  expect(await asWriter(`select noetl.heartbeat(0, 'offline')`)).toBe(`runtime_id: component 0 was registered by noetl_admin, and is not a writer's to change`);
  expect(await asWriter(`select noetl.register_runtime('host:8000', 'server_api')`)).toBe(`name: server_api host:8000 was registered by noetl_admin, and is not a writer's to change`);
  const session = await db.session();
  await session.query(`set role noetl_writer;
    select noetl.report_metrics('{"component": {"name": "host:8000", "type": "server_api", "labels": {"a": "c"}}, "metrics": []}');
    select noetl.record_metrics('{"component": {"name": "host:8000", "type": "server_api"}, "status": "offline"}', 'a-key')`).catch(() => {});
  expect(await db.rows(server)).toEqual([{ status: 'ready', labels: { a: 'b' } }]);
});

it('a writer still has components, which writers share', async () => {
  const session = await db.session();
  await session.query(`set role noetl_writer; select noetl.use_component('w1', 'worker_pool'); select noetl.register_runtime('w1', 'worker_pool', capacity => 3);
    select noetl.heartbeat(runtime_id, 'busy') from noetl.runtime where name = 'w1'`);
  expect(await db.rows(`select status, capacity from noetl.runtime where name = 'w1'`)).toEqual([{ status: 'busy', capacity: 3 }]);
});

it('a writer cannot change a family that an admin has declared', async () => {
  for (const change of [`help => 'Theirs.'`, 'max_series => 1', 'per_component => false', `unit => 'calls'`]) {
    expect(await asWriter(`select noetl.declare_metric('ours_total', 'counter', ${change})`))
      .toBe(`name: ours_total was declared by noetl_admin, and is not a writer's to change`);
  }
  const session = await db.session();
  await session.query(`set role noetl_writer; select noetl.declare_metric('ours_total', 'counter', help => 'Ours.'); select noetl.inc('ours_total');
    select noetl.declare_metric('theirs_total', 'counter', help => 'One.'); select noetl.declare_metric('theirs_total', 'counter', help => 'Two.')`);
  expect(await db.rows(`select name, help from noetl.family where name like '%s_total' and name in ('ours_total', 'theirs_total') order by 1`))
    .toEqual([{ name: 'ours_total', help: 'Ours.' }, { name: 'theirs_total', help: 'Two.' }]);
});

it('an admin changes what an admin has declared', async () => {
  const admin = await db.session();
  await admin.query(`set role noetl_admin; select noetl.declare_metric('ours_total', 'counter', help => 'Ours, again.')`);
  expect(await db.value(`select help from noetl.family where name = 'ours_total'`)).toBe('Ours, again.');
});

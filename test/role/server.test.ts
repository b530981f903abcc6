import { Pool } from 'pg';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { install } from '../../src/install.ts';
import { buildServer } from '../../src/server/app.ts';
import { surviveLostConnections } from '../../src/database.ts';
import { useCluster } from '../support/cluster.ts';
import { connected } from '../support/connection.ts';

const cluster = useCluster();
const password = 'a-password-of-tests';
let url = '';
let app: FastifyInstance;
let pool: Pool;

beforeAll(async () => {
  await connected(cluster.url(), (admin) => admin.query(`create role app login password '${password}'`));
  await connected(cluster.url(), (admin) => admin.query('create database app owner app'));
  url = Object.assign(new URL(cluster.url('app')), { username: 'app', password }).href;
  await install(url);
  pool = new Pool({ connectionString: url, max: 1 });
  surviveLostConnections(pool, () => {});
  app = buildServer({ pool });
});
afterAll(async () => {
  await app.close();
  await pool.end();
});

/** Each kind of route, made to answer with whose rights it has been run. */
async function runAs(): Promise<Record<string, string>> {
  await connected(url, (client) => client.query(`
    create or replace function noetl.query_metrics(filter jsonb default '{}') returns jsonb language sql as $$ select to_jsonb(current_user) $$;
    create or replace function noetl.insert_metrics(metrics jsonb, partial boolean default false, idempotency_key text default null)
      returns jsonb language sql as $$ select to_jsonb(current_user) $$;
    create or replace function noetl.cleanup_metrics() returns jsonb language sql as $$ select to_jsonb(current_user) $$;
    create or replace function noetl.alert_rules_yaml(preset text default null) returns text language sql as $$ select current_user::text $$;
    create or replace function noetl.ui_overview() returns jsonb language sql as $$ select to_jsonb(current_user) $$;
    create or replace function noetl.page_since(openmetrics boolean, token text default null, fresh_until timestamptz default null)
      returns table (family_id integer, family text, body text, stale_at timestamptz, next_token text, complete boolean) language sql as $$
        select null::integer, null, null, null::timestamptz, null, true union all select 1, 'a', current_user || chr(10), null, null, null $$`));
  const asked = {
    read: { url: '/api/metrics/query' },
    document: { url: '/alerts.yml' },
    browser: { url: '/api/ui/overview' },
    page: { url: '/metrics' },
    write: { method: 'POST', url: '/api/metrics', payload: '[]', headers: { 'content-type': 'application/json' } },
    admin: { method: 'POST', url: '/api/metrics/cleanup' },
  } as const;
  const answers: Record<string, string> = {};
  for (const [kind, request] of Object.entries(asked)) {
    const { body } = await app.inject(request);
    answers[kind] = body.split('\n')[0]?.replaceAll('"', '') ?? '';
  }
  return answers;
}

it('every route works where there are no roles, with the rights of the connection’s user', async () => {
  const sample = { method: 'POST', url: '/api/metrics', headers: { 'content-type': 'application/json' } } as const;
  const stored = await app.inject({ ...sample, payload: '[{"metric_name": "level", "metric_type": "gauge", "metric_value": 1}]' });
  expect(stored.statusCode).toBe(201);
  expect((await app.inject({ url: '/metrics' })).body).toContain('\nlevel 1\n');
  expect(await runAs()).toEqual({ read: 'app', document: 'app', browser: 'app', page: 'app', write: 'app', admin: 'app' });
});

it('every route takes the role of its kind once there are roles, for no longer than its transaction', async () => {
  await connected(cluster.url(), (admin) =>
    admin.query(`create role noetl_reader; create role noetl_writer in role noetl_reader; create role noetl_admin in role noetl_writer;
      grant noetl_admin to app; select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app'`));
  await install(url);
  const reader = 'noetl_reader';
  expect(await runAs()).toEqual({ read: reader, document: reader, browser: reader, page: reader, write: 'noetl_writer', admin: 'noetl_admin' });
  expect((await pool.query<{ who: string }>('select current_user as who')).rows).toEqual([{ who: 'app' }]);
});

it('a refusal leaves the connection with the rights that it had', async () => {
  await install(url);
  const refused = await app.inject({ method: 'POST', url: '/api/metrics', headers: { 'content-type': 'application/json' }, payload: '[{}]' });
  expect(refused.statusCode).toBe(422);
  expect((await pool.query<{ who: string }>('select current_user as who')).rows).toEqual([{ who: 'app' }]);
});

it('roles that are dropped meanwhile cost one request, which is to come again', async () => {
  await connected(cluster.url('app'), (admin) =>
    admin.query('drop owned by noetl_reader, noetl_writer, noetl_admin; drop role noetl_admin; drop role noetl_writer; drop role noetl_reader'));
  const write = { method: 'POST', url: '/api/metrics', headers: { 'content-type': 'application/json' }, payload: '[]' } as const;
  const answers = [await app.inject(write), await app.inject(write), await app.inject({ url: '/metrics' })];
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([503, 201, 200]);
});

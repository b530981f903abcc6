import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { install } from '../../src/install.ts';
import { verifyDatabase } from '../../src/verify.ts';
import { useCluster, type TestCluster } from '../support/cluster.ts';
import { connected } from '../support/connection.ts';
import { refusalOf } from '../support/database.ts';
import { temporaryFolder } from '../support/server.ts';
import { debianServer, needing, pathOf, pgDump, pgRestore, psql } from '../support/tools.ts';

const run = promisify(execFile);
const password = 'a-password-of-tests';

/** A new database that belongs to a new user with these attributes; returns its URL as that user. */
async function ownedBy(cluster: TestCluster, user: string, attributes = ''): Promise<string> {
  await connected(cluster.url(), (admin) => admin.query(`create role ${user} login password '${password}' ${attributes}`));
  await connected(cluster.url(), (admin) => admin.query(`create database ${user} owner ${user}`));
  return Object.assign(new URL(cluster.url(user)), { username: user, password }).href;
}

/** Installs, and returns what it said on the way. */
async function said(url: string): Promise<string[]> {
  const warnings: string[] = [];
  await install(url, { warn: (message) => warnings.push(message) });
  return warnings;
}

const value = async (client: Client, sql: string): Promise<unknown> =>
  Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0];

const faults = async (url: string): Promise<string[]> =>
  connected(url, async (client) =>
    (await client.query<{ statement: string }>('select statement from _noetl.privilege_fault')).rows.map(({ statement }) => statement));

describe('a user who may not create roles', () => {
  const cluster = useCluster();

  it('gets an installation without them, which says so once and works as that user', async () => {
    const url = await ownedBy(cluster, 'app');
    expect(await said(url)).toEqual([
      'noetl-metrics goes on without its roles (permission denied to create role): everything works, with the rights of app alone\n'
        + 'Somebody who may: create role noetl_reader; create role noetl_writer in role noetl_reader; create role noetl_admin in role noetl_writer; grant noetl_admin to app; – and then this install again.',
    ]);
    await connected(url, async (client) => {
      await client.query(`select noetl.inc('orders_total'), noetl.add_collector('one', 'select 1 as value')`);
      expect(await value(client, `select string_agg(body, '' order by family) from noetl.prometheus_exposition where family in ('one', 'orders_total')`))
        .toContain('\norders_total 1\n');
    });
    const lines: string[] = [];
    await verifyDatabase(url, (line) => lines.push(line));
    expect(lines).toContain(`✓ roles                   none are there: everything has the rights of app
                          (noetl-metrics migrate says how to make them)`);
    expect(await faults(url)).toEqual([]);
  });

  it('gets them with the next installation after somebody has made them', async () => {
    const url = Object.assign(new URL(cluster.url('app')), { username: 'app', password }).href;
    await connected(cluster.url(), (admin) =>
      admin.query('create role noetl_reader; create role noetl_writer in role noetl_reader; create role noetl_admin in role noetl_writer'));
    expect((await faults(url)).length).toBeGreaterThan(100);
    expect((await said(url)).map((warning) => warning.split(' (')[0])).toEqual(['a server that connects as app cannot take the roles of noetl-metrics']);
    expect(await faults(url)).toEqual([]);

    await connected(cluster.url(), (admin) => admin.query('grant noetl_admin to app'));
    expect(await said(url)).toEqual([]);
    await connected(url, async (client) => {
      await client.query(`set role noetl_writer; select noetl.inc('orders_total'), noetl.set('height', 2);
        insert into noetl.metric (metric_name, metric_type, metric_value) values ('width', 'gauge', 1)`);
      expect(await refusalOf(client.query(`select noetl.fold()`))).toMatchObject({ code: '42501' });
      await client.query('set role noetl_admin; select noetl.fold()');
      await client.query('set role noetl_reader');
      expect(await value(client, `select body from noetl.prometheus_exposition where family = 'orders_total'`)).toContain('\norders_total 2\n');
    });
  });

  it('has collectors that run with the rights of whoever adds them, whoever runs them, and can take no others', async () => {
    await connected(cluster.url('app'), async (client) => {
      await client.query(`
        set role noetl_admin;
        select noetl.add_collector('who', 'select 1 as value, current_user as runs_as, session_user as runs_for');
        reset role;
        select noetl.run_collector('who')`);
      expect(await value(client, `select body from noetl.prometheus_exposition where family = 'who'`)).toMatch(/^who\{runs_as="noetl_admin",runs_for="\w+"\} 1$/m);
      const superuser = await value(client, 'select current_user');
      expect(superuser).not.toBe('app');
      const raised = `select noetl.add_collector('raised', $$select length(set_config('role', '${String(superuser)}', false)) as value$$)`;
      await client.query('begin; set local role noetl_admin');
      expect((await refusalOf(client.query(raised))).message)
        .toBe('query: collector "raised" cannot be used: cannot set parameter "role" within security-definer function');
      await client.query(`rollback; begin; set local role noetl_admin`);
      expect((await refusalOf(client.query(`select noetl.add_collector('secrets', 'select count(*) as value from pg_authid')`))).message)
        .toBe('query: collector "secrets" cannot be used: permission denied for table pg_authid');
      await client.query('rollback');
    });
  });
});

describe('a user who may create roles', () => {
  const cluster = useCluster();

  it('makes them and may take them', async () => {
    const url = await ownedBy(cluster, 'maker', 'createrole');
    expect(await said(url)).toEqual([]);
    expect(await said(url)).toEqual([]);
    expect(await faults(url)).toEqual([]);
    await connected(url, async (client) => {
      await client.query(`set role noetl_admin; set role noetl_writer; set role noetl_reader`);
      expect((await client.query(`select rolname, rolcanlogin, rolsuper from pg_roles where rolname like 'noetl%' order by 1`)).rows).toEqual(
        ['noetl_admin', 'noetl_reader', 'noetl_writer'].map((rolname) => ({ rolname, rolcanlogin: false, rolsuper: false })));
    });
  });

  it('whom they do not belong to still gives them their rights', async () => {
    const url = await ownedBy(cluster, 'other', 'createrole');
    await said(url);
    expect(await faults(url)).toEqual([]);
    await connected(cluster.url('other'), (client) => client.query(`set role noetl_writer; select noetl.inc('orders_total')`));
  });

  it('gives and takes what a hand has changed', async () => {
    const url = Object.assign(new URL(cluster.url('maker')), { username: 'maker', password }).href;
    await connected(url, (client) => client.query(`
      grant usage on schema _noetl to public;
      grant select on noetl.metric, _noetl.series to public;
      grant execute on function noetl.fold() to noetl_reader;
      grant update (labels) on noetl.metric to noetl_writer;
      revoke execute on function noetl.set_setting(text, text) from noetl_admin;
      revoke insert (metric_value) on noetl.metric from noetl_writer`));
    expect(await faults(url)).toEqual([
      'grant execute on routine noetl.set_setting(pg_catalog.text,pg_catalog.text) to noetl_admin',
      'grant insert (metric_value) on table noetl.metric to noetl_writer',
      'revoke execute on routine noetl.fold() from noetl_reader',
      'revoke select on table _noetl.series from public',
      'revoke select on table noetl.metric from public',
      'revoke update (labels) on table noetl.metric from noetl_writer',
      'revoke usage on schema _noetl from public',
    ]);
    await install(url);
    expect(await faults(url)).toEqual([]);
  });
});

describe('installs into several databases at once', () => {
  const cluster = useCluster();

  needing(psql)('make the roles together', async () => {
    const urls = await Promise.all(['one', 'two', 'three', 'four'].map((name) => cluster.empty(name)));
    const [byPsql = '', ...byNode] = urls;
    const [{ stderr }, ...warnings] = await Promise.all([
      run(pathOf(psql), ['-X', '-d', byPsql, '-f', 'sql/psql.sql']),
      ...byNode.map(said),
    ]);
    expect([stderr, ...warnings]).toEqual(['', [], [], []]);
    for (const url of urls) expect(await faults(url)).toEqual([]);
    expect(await connected(cluster.url(), (client) => value(client, `
      select string_agg(format('%s in %s', member::regrole, roleid::regrole), ', ' order by member::regrole::text)
      from pg_auth_members where member::regrole::text like 'noetl%'`))).toBe('noetl_admin in noetl_writer, noetl_writer in noetl_reader');
  });
});

describe('a dump', () => {
  const from = useCluster({ server: debianServer });
  const to = useCluster({ server: debianServer });

  needing(debianServer, pgDump, pgRestore)('restored where the roles are not loses their rights, until the next install', async () => {
    const folder = await temporaryFolder();
    try {
      const source = await from.installed('source');
      await connected(source, (client) => client.query(`select noetl.inc('orders_total', by => 3)`));
      await run(pathOf(pgDump), ['-Fc', '--file', join(folder, 'dump'), source]);
      const target = await to.empty('target');
      const restored = await run(pathOf(pgRestore), ['-d', target, join(folder, 'dump')]).then(() => '', (error: { stderr?: string }) => error.stderr ?? '');
      expect([...new Set(restored.match(/(?<=ERROR: {2}).*/g))].toSorted()).toEqual(
        ['noetl_admin', 'noetl_reader', 'noetl_writer'].map((role) => `role "${role}" does not exist`));
      await install(target);
      expect(await faults(target)).toEqual([]);
      await connected(target, async (client) => {
        await client.query(`set role noetl_writer; select noetl.inc('orders_total')`);
        expect(await value(client, `select body from noetl.prometheus_exposition where family = 'orders_total'`)).toContain('\norders_total 4\n');
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

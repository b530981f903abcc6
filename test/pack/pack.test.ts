import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Client, QueryResultRow } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { install } from '../../src/install.ts';
import { catalogue } from '../support/catalogue.ts';
import { useCluster } from '../support/cluster.ts';
import { connected } from '../support/connection.ts';
import { temporaryFolder } from '../support/server.ts';
import { needing, pathOf, pgDump, pgRestore, psql } from '../support/tools.ts';
import { packed, useExtensionServer, type Files } from './release.ts';

const run = promisify(execFile);
const { server, add } = useExtensionServer();
const cluster = useCluster({ server });
const younger = useCluster({ server });
const test = needing(server, psql, pgDump, pgRestore);

const [before, now] = ['0.0.1', '0.1.0'];
let folder: string;
let files: Files;
/** A release that has a function which this one lacks, and lacks one which this one has. */
let earlier: Files;
const file = (path: string, of = files): string => of[path] ?? `there is no ${path}`;

beforeAll(async () => {
  folder = await temporaryFolder();
  files = await packed(now, [before]);
  earlier = await packed(before, [], (release) => ({
    ...release,
    digest: 'of an earlier release',
    code: release.code
      .filter(({ name }) => !name.startsWith('tick/'))
      .map(({ name, text }) => ({
        name,
        text: name !== 'role/role_privilege.sql' ? text : `${text.replace(/,\s+tick, begin_tick, run_work\}/, ', of_an_earlier_release}')}
          create or replace function noetl.of_an_earlier_release() returns int language sql stable security definer set search_path = pg_catalog, pg_temp as 'select 1';`,
      }))
      .map(({ name, text }) => ({ name, text: name === 'operation/installation_check.sql' || name === 'operation/schedule_fault.sql' ? text.replaceAll('_noetl.called_lately()', 'null::text') : text })),
  }));
  for (const [of, version] of [[earlier, before], [files, now]] as const) {
    await add(`noetl_metrics--${version}.sql`, file(`extension/noetl_metrics--${version}.sql`, of));
  }
  await add(`noetl_metrics--${before}--${now}.sql`, file(`extension/noetl_metrics--${before}--${now}.sql`));
  await add('noetl_metrics.control', file('extension/noetl_metrics.control'));
  for (const [name, of] of [['earlier', earlier], ['now', files]] as const) await writeFile(join(folder, `${name}.sql`), file('noetl-metrics.sql', of));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

let databases = 0;
const empty = async (): Promise<string> => cluster.empty(`packed_${(databases += 1)}`);
const query = async (url: string, sql: string): Promise<QueryResultRow[]> => connected(url, async (client) => (await client.query<QueryResultRow>(sql)).rows);
const made = async (url: string): Promise<string[]> => catalogue({ rows: async (sql: string) => (await query(url, sql)) as never });
const byPsql = async (url: string, name: string, ...options: string[]): Promise<string> =>
  (await run(pathOf(psql), ['-X', '-v', 'ON_ERROR_STOP=1', ...options, '-d', url, '-f', join(folder, `${name}.sql`)])).stdout;

/** Each way from nothing, or from the release before. */
const ways: Readonly<Record<string, (url: string) => Promise<unknown>>> = {
  'Node': async (url) => install(url),
  'psql': async (url) => byPsql(url, 'now'),
  'the extension': async (url) => query(url, `create extension if not exists noetl_metrics; alter extension noetl_metrics update; select noetl_metrics_install()`),
};

describe('a build', () => {
  it('is the same each time, and says nothing of when and where', async () => {
    expect(await packed(now, [before])).toEqual(files);
    const all = Object.values(files).join('\n');
    expect(all).not.toContain(process.cwd());
    expect(JSON.parse(file('extension/META.json'))).toMatchObject({ name: 'noetl_metrics', version: now, license: 'mit', 'meta-spec': { version: '1.0.0' } });
    expect(file('extension/noetl_metrics.control')).toContain(`default_version = '${now}'`);
  });

  it('has the version of the package, and an upgrade from each that was released', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    const { earlier: released } = JSON.parse(await readFile('src/pack/released.json', 'utf8')) as { earlier: string[] };
    const names = Object.keys(await packed(version, released));
    expect(names).toContain(`extension/noetl_metrics--${version}.sql`);
    for (const each of released) expect(names).toContain(`extension/noetl_metrics--${each}--${version}.sql`);
  });
});

describe('an install', () => {
  test('makes the same by Node, psql, any client, within savepoints and transactions, by the extension and by pg_tle', async () => {
    const urls = await Promise.all(Array.from({ length: 7 }, empty));
    const [node = '', flat = '', savepoints = '', one = '', inside = '', extension = '', tle = ''] = urls;
    await install(node);
    expect(await byPsql(flat, 'now')).toContain(`noetl-metrics ${now} is installed`);
    await byPsql(savepoints, 'now', '-v', 'ON_ERROR_ROLLBACK=on', '-1');
    await query(one, file('noetl-metrics.sql'));
    await connected(inside, async (client) => {
      await client.query(`begin; set local search_path = public; set local extra_float_digits = 0; savepoint mine`);
      await client.query(file('noetl-metrics.sql'));
      const { rows } = await client.query(`select current_setting('search_path') as path, current_setting('extra_float_digits') as digits, current_setting('lock_timeout') as lock`);
      expect(rows).toEqual([{ path: 'public', digits: '0', lock: '0' }]);
      await client.query('commit');
    });
    await query(extension, `create extension noetl_metrics; select noetl_metrics_install()`);
    await connected(tle, async (client) => {
      await likePgTle(client);
      await client.query(file('noetl-metrics-pgtle.sql'));
      await createLikePgTle(client);
      await client.query('select noetl_metrics_install()');
    });

    const wanted = await made(node);
    expect(wanted.length).toBeGreaterThan(500);
    for (const url of urls) expect(await made(url)).toEqual(wanted);
    // and a server of this release finds its own
    const written = async (url: string): Promise<unknown> => query(url, `select p.xmin::text from pg_proc as p where p.oid = 'noetl.fold()'::regprocedure`);
    for (const url of [flat, extension]) {
      const was = await written(url);
      await install(url, { unlessCurrent: true });
      expect(await written(url)).toEqual(was);
    }
    await query(extension, `select noetl.inc('a_total'); drop extension noetl_metrics`);
    expect(await query(extension, `select noetl.prometheus_text() ~ '\\na_total 1\\n' as kept`)).toEqual([{ kept: true }]);
  });

  test('upgrades the release before, whichever way that came', async () => {
    const fresh = await empty();
    await install(fresh);
    const wanted = await made(fresh);
    const [byFile, byExtension] = [await empty(), await empty()];
    await byPsql(byFile, 'earlier');
    await query(byExtension, `create extension noetl_metrics version '${before}'; select noetl_metrics_install()`);
    for (const url of [byFile, byExtension]) {
      await query(url, `create table public.jobs (id bigint primary key, state text); select noetl.register_queue('jobs', 'public.jobs', status => 'state', ready_status => 'new');
        select noetl.track_queue('jobs'); insert into public.jobs values (1, 'new'); select noetl.inc('a_total', by => 7)`);
      expect(await query(url, 'select noetl.of_an_earlier_release()')).toHaveLength(1);
    }
    for (const [way, upgrade] of Object.entries(ways)) {
      for (const from of way === 'Node' ? [byFile] : [byFile, byExtension]) {
        const url = await clone(from);
        await upgrade(url);
        const { rows } = await connected(url, (client) => client.query(`select noetl.prometheus_text() ~ '\\na_total 7\\n' as counted, (select sum(ready)::int from noetl.queue_health) as ready`));
        expect({ way, rows }).toEqual({ way, rows: [{ counted: true, ready: 1 }] });
        expect(onlyOurs(await made(url))).toEqual(onlyOurs(wanted));
      }
    }
  });

  test('is refused over what a newer release has installed, and where transactions see no other', async () => {
    const url = await empty();
    await byPsql(url, 'now');
    await query(url, `insert into _noetl.migration (name, run_on) values ('9999_of_a_newer_release', now())`);
    const refused = await byPsql(url, 'now').catch((error: unknown) => (error instanceof Error && 'stderr' in error ? String(error.stderr) : ''));
    expect(refused.split('\n').map((line) => line.replace(/^psql:\S+ /, '')).slice(0, 2)).toEqual([
      'ERROR:  a newer release of noetl-metrics has installed the database (9999_of_a_newer_release)',
      'HINT:  Run that release, or a later one.',
    ]);
    expect(refused.length).toBeLessThan(1000);
    await query(url, `create extension noetl_metrics`);
    await expect(query(url, 'select noetl_metrics_install()')).rejects.toThrow('a newer release of noetl-metrics');
    await expect(query(await empty(), `set default_transaction_isolation = 'serializable'; commit; ${file('noetl-metrics.sql')}`)).rejects.toThrow('must be read committed to install');
  });
});

test('a database that the extension has installed is dumped and restored with all totals, where fewer transactions have been', async () => {
  const url = await empty();
  await query(url, 'create extension noetl_metrics; select noetl_metrics_install()');
  await query(url, `create table public.jobs (id bigint primary key, state text);
    select noetl.register_queue('jobs', 'public.jobs', status => 'state', ready_status => 'new'); select noetl.track_queue('jobs')`);
  // far ahead of a younger cluster, in transactions
  await connected(url, async (client) => {
    for (let n = 0; n < 300; n += 1) await client.query(`select pg_current_xact_id()`);
    await client.query(`insert into public.jobs select n, 'new' from generate_series(1, 5) as n; select noetl.inc('a_total', by => 100)`);
    await client.query(`select noetl.fold()`);
    await client.query(`select noetl.inc('a_total', by => 7); insert into public.jobs values (6, 'new')`);
  });
  await run(pathOf(pgDump), ['-Fc', '--file', join(folder, 'dump'), url]);
  const restored = await younger.empty('restored');
  await run(pathOf(psql), ['-Xq', '-d', restored, '-f', 'sql/role/create_roles.sql']);
  await run(pathOf(pgRestore), ['--exit-on-error', '-d', restored, join(folder, 'dump')]);

  const read = `select substring(noetl.prometheus_text() from '\\na_total (\\d+)\\n') as total, (select sum(ready)::int from noetl.queue_health) as ready`;
  expect(await query(restored, read)).toEqual([{ total: '107', ready: 6 }]);
  await query(restored, `select noetl_metrics_install()`);
  expect(await made(restored)).toEqual(await made(url));
  await query(restored, `select noetl.fold(); select noetl.inc('a_total')`);
  expect(await query(restored, read)).toEqual([{ total: '108', ready: 6 }]);
});

async function clone(url: string): Promise<string> {
  const name = `packed_${(databases += 1)}`;
  await query(cluster.url(), `create database ${name} template ${new URL(url).pathname.slice(1)}`);
  return cluster.url(name);
}

/** Without the triggers and readers of the one queue that a test has. */
function onlyOurs(entries: readonly string[]): string[] {
  return entries.filter((entry) => !/_noetl_track|queue_change_\d|reader/.test(entry));
}

/**
 * What the text for pg_tle asks of it, with the signatures of pg_tle 1.5: a list of texts. pg_tle itself, which is not to be had here, has
 * `create extension` execute them; here they are executed by hand, so that this tests the text and not pg_tle.
 */
async function likePgTle(client: Client): Promise<void> {
  await client.query(`
    create schema pgtle;
    create table pgtle.script (name name, version text, updates text, text text);
    create function pgtle.available_extensions(out name name) returns setof name language sql as 'select distinct name from pgtle.script';
    create function pgtle.available_extension_versions(out name name, out version text) returns setof record language sql as 'select name, version from pgtle.script where updates is null';
    create function pgtle.install_extension(name text, version text, description text, ext text, requires text[] default null, schema text default null) returns boolean
      language sql as 'insert into pgtle.script values (name, version, null, ext) returning true'`);
}

async function createLikePgTle(client: Client): Promise<void> {
  const { rows } = await client.query<{ text: string }>('select text from pgtle.script');
  expect(rows).toHaveLength(1);
  await client.query(rows[0]?.text ?? '');
}

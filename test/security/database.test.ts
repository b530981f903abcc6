import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Pool } from 'pg';
import { expect, it } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import { install } from '../../src/install.ts';
import { asExpected, clock, rowsWithin, surviveLostConnections } from '../../src/database.ts';
import { connected, urlOf } from '../support/connection.ts';
import { useDatabase } from '../support/database.ts';
import { needing, pathOf, psql } from '../support/tools.ts';

const run = promisify(execFile);
const empty = useDatabase({ contents: 'empty', per: 'test' });
const installed = useDatabase({ per: 'test' });

const said = async (url: string): Promise<string> =>
  install(url).then(() => 'installed', (error: unknown) => (error instanceof ExpectedError ? error.message : String(error)));
const saidByPsql = async (url: string): Promise<string> =>
  run(pathOf(psql), ['-X', '-d', url, '-f', 'sql/psql.sql']).then(() => 'installed', (error: { stderr?: string }) => error.stderr?.split('\n').find((line) => line.includes('ERROR')) ?? '');

for (const [name, value] of [['standard_conforming_strings', 'off'], ['quote_all_identifiers', 'on']] as const) {
  needing(psql)(`a database where ${name} is ${value} is refused in one line with the remedy`, async () => {
    await empty.rows(`alter database "${empty.name}" set ${name} = ${value}`);
    expect(await said(empty.url)).toMatch(new RegExp(`^database "?${empty.name}"?: ${name} is ${value} by default, with which noetl-metrics does not work\\. alter database .* reset ${name}[^\\n]*$`));
    expect(await saidByPsql(empty.url)).toContain(`${name} is ${value} by default, with which noetl-metrics does not work`);
    await empty.rows(`alter database "${empty.name}" reset ${name}`);
    expect(await said(empty.url)).toBe('installed');
  });
}

for (const encoding of ['LATIN1', 'SQL_ASCII']) {
  needing(psql)(`a database in ${encoding} is refused in one line with the remedy`, async () => {
    const other = `${empty.name}_${encoding.toLowerCase()}`;
    await empty.rows(`create database ${other} template template0 encoding '${encoding}' lc_collate 'C' lc_ctype 'C'`);
    const url = urlOf(empty.url, other);
    expect(await said(url)).toMatch(new RegExp(`^database ${other}: its encoding is ${encoding}, and noetl-metrics needs UTF8\\. create database [^\\n]*$`));
    expect(await saidByPsql(url)).toContain(`its encoding is ${encoding}, and noetl-metrics needs UTF8`);
    await empty.rows(`drop database ${other} with (force)`);
  });
}

needing(psql)('a read-only database is refused in one line with the remedy', async () => {
  await empty.rows(`alter database "${empty.name}" set default_transaction_read_only = on`);
  expect(await said(empty.url)).toMatch(/^database \S+: it is read-only\. alter database \S+ reset default_transaction_read_only$/);
  expect(await saidByPsql(empty.url)).toContain('it is read-only');
});

const odd = `
  alter database NAME set default_transaction_isolation = 'serializable';
  alter database NAME set extra_float_digits = -15;
  alter database NAME set datestyle = 'SQL, DMY';
  alter database NAME set intervalstyle = 'sql_standard';
  alter database NAME set bytea_output = 'escape';
  alter database NAME set timezone = 'Pacific/Kiritimati';
  alter database NAME set search_path = 'nowhere, public'`;

needing(psql)('a database with an odd value for every other setting installs, counts, folds and shows the same', async () => {
  await empty.rows(odd.replaceAll('NAME', `"${empty.name}"`));
  expect(await said(empty.url)).toBe('installed');
  expect(await saidByPsql(empty.url)).toBe('installed');
  const everything = `
    select noetl.push_otlp('{"resourceMetrics": [{"resource": {}, "scopeMetrics": [{"metrics": [{"name": "level", "gauge": {"dataPoints": [{"timeUnixNano": "NOW", "asDouble": 1.23456789012345}]}}]}]}]}');
    select noetl.set('height', 1.23456789012345); select noetl.inc('calls_total', '{}', 1.23456789012345);
    select noetl.insert_metrics('[{"metric_name": "width", "metric_type": "gauge", "metric_value": 1.23456789012345}]');
    select noetl.report(0, '[{"metric_name": "depth", "metric_type": "gauge", "metric_value": 1.23456789012345}]');
    select noetl.push_metrics('{"job": "j"}', e'pushed 1.23456789012345\\n');
    select noetl.add_collector('collected', 'select 1.23456789012345::double precision as value');
    select noetl.fold()`.replace('NOW', `${Date.now()}000000`);
  await connected(empty.url, async (client) => {
    for (const statement of everything.split(';')) await client.query(statement);
    const { rows } = await client.query<{ page: string }>('select noetl.prometheus_text() as page');
    for (const name of ['level', 'height', 'calls_total', 'width', 'depth', 'pushed', 'collected']) {
      expect(rows[0]?.page).toMatch(new RegExp(`^${name}(\\{.*\\})? 1\\.23456789012345$`, 'm'));
    }
  });
}, 180_000);

it('what a server runs is not serializable where that is the default, nor otherwise odd', async () => {
  await installed.rows(odd.replaceAll('NAME', `"${installed.name}"`));
  const pool = new Pool({ connectionString: installed.url, onConnect: asExpected });
  surviveLostConnections(pool, () => {});
  const [row] = await rowsWithin(pool, `select current_setting('transaction_isolation'), now()::text like '%+00', 0.1::float8::text, '\\x01'::bytea::text, interval '1 day 1 second'::text`,
    { deadline: clock() + 30_000 });
  expect(row).toEqual(['read committed', true, '0.1', '\\x01', '1 day 00:00:01']);
  const both = await Promise.all([1, 2, 3, 4].map(async () => rowsWithin(pool, 'select noetl.fold(), noetl.sweep_runtimes()', { deadline: clock() + 60_000, patient: true })));
  expect(both.length).toBe(4);
  await pool.end();
});

import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { install } from '../src/install.ts';
import { catalogue } from './support/catalogue.ts';
import { useDatabase } from './support/database.ts';
import { needing, psql } from './support/tools.ts';

const run = promisify(execFile);

const byNode = useDatabase({ contents: 'empty', per: 'test' });
const byPsql = useDatabase({ contents: 'empty', per: 'test' });

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

  needing(psql)('by psql runs every migration, and not over those of a newer release', async () => {
    const psqlFile = async (): Promise<unknown> => run(psql.path ?? '', ['-X', '-d', byPsql.url, '-f', 'sql/psql.sql']);
    await psqlFile();
    const names = (await readdir('migrations')).filter((name) => name.endsWith('.sql')).map((name) => basename(name, '.sql'));
    expect(await byPsql.value('select array_agg(name order by name) from _noetl.migration')).toEqual(names.toSorted());
    await byPsql.pool.query(`insert into _noetl.migration (name, run_on) values ('9999_of_a_newer_release', now())`);
    await expect(psqlFile()).rejects.toThrow('a newer release of noetl-metrics has installed the database (9999_of_a_newer_release)');
  });

  it('waits for a busy table only briefly at a time, and goes on when it is free', async () => {
    const busy = await byNode.session();
    await install(byNode.url);
    await busy.query('begin; select from noetl.health');
    const waiting = (): Promise<number> =>
      byPsql.value(`select count(*)::int from pg_stat_activity where application_name = 'noetl-metrics install' and wait_event_type = 'Lock'`);
    const installed = install(byNode.url);
    for (const waits of [1, 0, 1]) await expect.poll(waiting, { interval: 10 }).toBe(waits);
    await busy.query('commit');

    await installed;
    expect(await byNode.value('select count(*)::int from noetl.health')).toBe(1);
  });

  it('is harmless eight times at once', async () => {
    await Promise.all(Array.from({ length: 8 }, async () => install(byNode.url)));

    const made = await catalogue(byNode);
    await install(byPsql.url);
    expect(made).toEqual(await catalogue(byPsql));
  });

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

  describe('by a server that starts', () => {
    /** What any other install writes anew. */
    const written = (): Promise<string> => byNode.value(`select p.xmin::text from pg_proc as p where p.oid = 'noetl.fold'::regproc`);
    const warnings: string[] = [];
    const starting = async (): Promise<void> => install(byNode.url, { unlessCurrent: true, warn: (message) => warnings.push(message) });

    it('leaves its own release as it is', async () => {
      await starting();
      const before = await written();
      await starting();
      expect(await written()).toBe(before);
      await install(byNode.url);
      expect(await written()).not.toBe(before);
    });

    it.each([
      ['another release', `update _noetl.release set digest = 'former'`],
      ['another PostgreSQL', 'update _noetl.release set server_major = 14'],
      ['a restored dump', `update _noetl.release set schema_oid = 'public'::regnamespace`],
      ['what psql may have installed', 'delete from _noetl.release'],
    ])('replaces %s', async (_, past) => {
      await starting();
      const before = await written();
      await byNode.pool.query(past);
      await starting();
      expect(await written()).not.toBe(before);
    });

    it('goes on with a newer release, which no other install replaces either', async () => {
      await starting();
      await byNode.pool.query(`insert into _noetl.migration (name, run_on) values ('9999_of_a_newer_release', now()); delete from _noetl.release`);
      const before = await written();
      await starting();
      expect(warnings).toEqual(['a newer release of noetl-metrics has installed the database (9999_of_a_newer_release): going on with what it installed']);
      await expect(install(byNode.url)).rejects.toThrow('(9999_of_a_newer_release): run that release, or a later one.');
      expect(await written()).toBe(before);
    });
  });
});

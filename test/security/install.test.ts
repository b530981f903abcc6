import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import { install } from '../../src/install.ts';
import { useDatabase } from '../support/database.ts';
import { pathOf, psql } from '../support/tools.ts';

const run = promisify(execFile);
const empty = useDatabase({ contents: 'empty', per: 'test' });
const installed = useDatabase({ per: 'test' });
const here = useDatabase({ contents: 'empty' });
let mallory = '';

beforeAll(async () => {
  mallory = `mallory_${here.name}`;
  await here.rows(`create role ${mallory}`);
});
afterAll(async () => {
  await here.rows(`drop role ${mallory}`);
});

/** The one line that a refused install says, by Node and by psql, which both change nothing. */
async function refusals(db: typeof empty): Promise<{ byNode: string; byPsql: string }> {
  const byNode = await install(db.url).then(() => 'installed', (error: unknown) => (error instanceof ExpectedError ? error.message : String(error)));
  const byPsql = psql.path === undefined
    ? 'ERROR:  ' + byNode.replace(/\. (?:Install as|grant|alter|create).*/, '')
    : await run(pathOf(psql), ['-X', '-d', db.url, '-f', 'sql/psql.sql']).then(() => 'installed', (error: { stderr?: string }) => error.stderr?.split('\n').find((line) => line.includes('ERROR')) ?? '');
  return { byNode, byPsql };
}

const attacks: Record<string, readonly [string, string]> = {
  'the list of migrations with a trigger': [`
    create schema _noetl authorization MALLORY;
    set role MALLORY;
    create table _noetl.migration (id serial primary key, name varchar(255) not null, run_on timestamp not null);
    create function _noetl.trap() returns trigger language plpgsql as $$ begin execute 'alter role MALLORY superuser'; return new; end $$;
    create trigger trap before insert on _noetl.migration for each row execute function _noetl.trap();
    reset role`, 'schema _noetl of MALLORY'],
  'what a server that starts would read': [`
    create schema _noetl authorization MALLORY;
    set role MALLORY;
    create function _noetl.trap() returns text language plpgsql as $$ begin execute 'alter role MALLORY superuser'; return 'x'; end $$;
    create view _noetl.release as select _noetl.trap() as digest, 18 as server_major, 0::oid as schema_oid;
    create view _noetl.migration as select _noetl.trap() as name;
    reset role`, 'function _noetl.trap() of MALLORY'],
  'the public schema': [`create schema noetl authorization MALLORY`, 'schema noetl of MALLORY'],
  'the schema of triggers': [`create schema _noetl_track authorization MALLORY`, 'schema _noetl_track of MALLORY'],
  'the schema of the extension': [`create schema _noetl_extension authorization MALLORY`, 'schema _noetl_extension of MALLORY'],
  'a schema in which others may create': [`create schema noetl; grant create on schema noetl to public`, 'schema noetl, in which everybody may create'],
  'a function in a schema of ours': [`
    create schema noetl; create function noetl.inc(text) returns void language sql as ''; alter function noetl.inc(text) owner to MALLORY`, 'function noetl.inc(text) of MALLORY'],
};

describe('an install into a database where somebody else has made', () => {
  for (const [what, [sql, named]] of Object.entries(attacks)) {
    it(`${what} is refused in one line that names it, and executes nothing of it`, async () => {
      await empty.rows(`grant create on database "${empty.name}" to ${mallory}`);
      await empty.rows(sql.replaceAll('MALLORY', mallory));
      const { byNode, byPsql } = await refusals(empty);
      for (const line of [byNode, byPsql]) {
        expect(line).toContain('refused to install as');
        expect(line).toContain(named.replaceAll('MALLORY', mallory));
      }
      expect(byNode).not.toContain('\n');
      expect(await empty.value(`select rolsuper from pg_roles where rolname = '${mallory}'`)).toBe(false);
      expect(await empty.value(`select to_regclass('noetl.metric') is null`)).toBe(true);
      await empty.rows(`drop owned by ${mallory} cascade`);
    });
  }

  it('better operators in public calls none of them', async () => {
    await empty.rows(`grant all on schema public to ${mallory}; set role ${mallory};
      create function public.trap(text, name) returns boolean language plpgsql as $$ begin raise exception 'ran as %', current_user; end $$;
      create operator public.= (leftarg = text, rightarg = name, function = public.trap);
      create operator public.<> (leftarg = text, rightarg = name, function = public.trap);
      create function public.format(text, variadic name[]) returns text language plpgsql as $$ begin raise exception 'ran as %', current_user; end $$;
      reset role; alter database "${empty.name}" set search_path = public, pg_catalog`);
    expect(await refusals(empty)).toEqual({ byNode: 'installed', byPsql: 'installed' });
    await empty.rows(`drop owned by ${mallory} cascade`);
  });
});

it('an upgrade over a trigger of somebody else on a table of ours is refused', async () => {
  await installed.rows(`create schema theirs; create function theirs.trap() returns trigger language plpgsql as 'begin return new; end';
    alter function theirs.trap() owner to ${mallory}; create trigger trap after insert on _noetl.release for each row execute function theirs.trap()`);
  const { byNode, byPsql } = await refusals(installed);
  for (const line of [byNode, byPsql]) expect(line).toContain(`trigger trap on _noetl.release, whose function theirs.trap() belongs to ${mallory}`);
  await installed.rows(`drop owned by ${mallory} cascade`);
});

it('an upgrade by another role than the owner is refused', async () => {
  await installed.rows(`alter schema noetl owner to ${mallory}`);
  const { byNode } = await refusals(installed);
  expect(byNode).toContain(`schema noetl of ${mallory}. Install as the role that the installation belongs to (set role)`);
  await installed.rows(`reassign owned by ${mallory} to current_user`);
});

describe('ticks are not planned by functions of graphile-worker that', () => {
  for (const [what, sql] of [
    ['somebody else owns', 'alter function graphile_worker.add_job(text) owner to MALLORY'],
    ['stand in a schema in which others may create', 'grant create on schema graphile_worker to MALLORY'],
    ['stand in a schema of somebody else', 'alter schema graphile_worker owner to MALLORY'],
  ] as const) {
    it(what, async () => {
      await installed.rows(`create schema graphile_worker; create table graphile_worker.jobs (key text); insert into graphile_worker.jobs values ('noetl:tick');
        create function graphile_worker.add_job(text) returns void language plpgsql as $$ begin raise exception 'ran as %', current_user; end $$;
        insert into _noetl.collector_schedule (worker_schema) values ('graphile_worker')`);
      await installed.rows(sql.replace('MALLORY', mallory));
      expect((await installed.refusal('select _noetl.plan_tick()')).message).toMatch(/^the functions of graphile-worker would run with the rights of \w+, but there is .*mallory/);
      await installed.rows(`select noetl.change_collector('locks', enabled => true)`); // which would have called it
      await installed.rows(`drop schema graphile_worker cascade; drop owned by ${mallory} cascade`);
    });
  }
});

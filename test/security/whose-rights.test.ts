import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf, useDatabase } from '../support/database.ts';

const db = useDatabase();
let mallory = '';

/** Roles belong to the cluster, which other test files share. */
beforeAll(async () => {
  mallory = `mallory_${db.name}`;
  await db.rows(`create role ${mallory} login; grant noetl_admin to ${mallory}; create schema theirs authorization ${mallory}; grant usage on schema theirs to public`);
});
afterAll(async () => {
  await db.rows(`drop owned by ${mallory} cascade; drop role ${mallory}`);
});

/** As a login without the owner's rights; session_user is his as well, as it would be. */
async function asMallory(sql: string): Promise<void> {
  const session = await db.session();
  await session.query(`set session authorization ${mallory}`);
  await session.query(sql);
}

/** A table of his, and a function that fails with "ran as" if it gets other rights than his, and leaves behind what it can. */
async function setTrap(): Promise<void> {
  await asMallory(`
    create function theirs.who() returns text language plpgsql as $$
    begin
      if current_user <> '${mallory}' then
        raise exception 'ran as %', current_user;
      end if;
      begin execute 'create table theirs.written ()'; exception when others then null; end;
      begin execute 'prepare left_behind as select 1'; exception when others then null; end;
      perform set_config('search_path', 'theirs', false);
      return 'new';
    end $$;
    create table theirs.jobs (id int, state text, run_at timestamptz, finished_at timestamptz);
    create index on theirs.jobs (finished_at);
    insert into theirs.jobs values (1, 'new', '2026-01-01Z');`);
}

/** Everything that reads a queue or a collector, with the errors it met. */
async function readEverything(): Promise<string[]> {
  const client = await db.session();
  await client.query(`set client_min_messages = error`);
  await client.query(`select noetl.collect_queue(q.name) from noetl.queue as q; select noetl.collect_queue(q.name) from noetl.queue as q`);
  await client.query(`select noetl.run_collector(c.name) from noetl.collector as c where c.origin = 'own'`);
  await client.query(`select noetl.renew_tracking(), noetl.renew_tracking()`);
  for (const sql of [`select * from noetl.queue_advice`, `select * from noetl.queue_lease`, `select noetl.recount_queue('theirs')`, `select noetl.track_queue('theirs')`]) {
    await client.query(sql).catch((error: unknown) => expect(String(error)).not.toContain('ran as'));
  }
  const { rows } = await client.query<{ error: string }>(`
    select error from noetl.queue_health where error is not null
    union all select error from noetl.queue where error is not null
    union all select tracking_error from noetl.queue where tracking_error is not null
    union all select error from noetl.collector_status where error is not null`);
  const left = await client.query<{ path: string; prepared: string[] }>(
    `select current_setting('search_path') as path, array(select p.name from pg_prepared_statements as p where p.from_sql) as prepared`);
  expect(left.rows).toEqual([{ path: '"$user", public', prepared: [] }]);
  return rows.map(({ error }) => error).filter((error) => error.includes('ran as'));
}

describe('the owner of a table that is a queue', () => {
  beforeAll(async () => {
    await setTrap();
    await db.rows(`select noetl.register_queue('theirs', 'theirs.jobs', status => 'state', ready_status => 'new', run_at => 'run_at', finished_at => 'finished_at');
      select noetl.add_collector('theirs', 'select count(*) as value, min(state) as state from theirs.jobs', run_as => '${mallory}')`);
    await db.rows(`select noetl.track_queue('theirs')`);
  });

  it('is counted, tracked or not, and how his jobs end is recorded', async () => {
    await asMallory(`insert into theirs.jobs values (2, 'new', 'infinity')`);
    const health = `select queue, ready, scheduled, tracked, error from noetl.queue_health where source = 'theirs'`;
    expect(await db.rows(health)).toEqual([{ queue: 'theirs', ready: '1', scheduled: '1', tracked: true, error: null }]);
    expect(await db.value(`select noetl.recount_queue('theirs')`)).toBe('0');
    await db.rows(`select noetl.collect_queue('theirs')`);
    await asMallory(`update theirs.jobs set state = 'done', finished_at = clock_timestamp() where id = 1`);
    await db.rows(`select noetl.collect_queue('theirs')`);
    expect(await db.value(`select body from noetl.prometheus_exposition where family = 'noetl_queue_jobs_finished_total'`))
      .toContain('noetl_queue_jobs_finished_total{outcome="done",queue="theirs",source="theirs"} 1');
    await db.rows(`select noetl.untrack_queue('theirs')`);
    expect(await db.rows(health)).toEqual([{ queue: 'theirs', ready: '0', scheduled: '1', tracked: false, error: null }]);
    await db.rows(`select noetl.track_queue('theirs')`);
  });

  const attacks: Record<string, string> = {
    'puts a view with a function in its place': `alter table theirs.jobs rename to old;
      create view theirs.jobs as select id, theirs.who() as state, run_at, finished_at from theirs.old`,
    'gives a column a type whose cast is a function': `create type theirs.state as enum ('new', 'done');
      create function theirs.cast_state(theirs.state) returns text language sql as 'select theirs.who()';
      create cast (theirs.state as text) with function theirs.cast_state(theirs.state) as implicit;
      alter table theirs.jobs alter state type theirs.state using state::theirs.state`,
    'gives a column a domain that a function checks': `create function theirs.check_state(text) returns boolean language sql as 'select theirs.who() is not null';
      create domain theirs.checked as text check (theirs.check_state(value));
      alter table theirs.jobs alter state type theirs.checked`,
    'makes operators of his own': `create type theirs.pair as (a text);
      create function theirs.equal(theirs.pair, text) returns boolean language sql as 'select theirs.who() is not null';
      create operator theirs.= (leftarg = theirs.pair, rightarg = text, function = theirs.equal);
      create function theirs.cast_pair(theirs.pair) returns text language sql as 'select theirs.who()';
      create cast (theirs.pair as text) with function theirs.cast_pair(theirs.pair) as implicit;
      alter table theirs.jobs alter state type theirs.pair using row(state)::theirs.pair`,
    'indexes an expression that the planner evaluates': `create function theirs.constant(integer) returns text immutable language plpgsql as 'begin return theirs.who(); end';
      create index on theirs.jobs (id) where theirs.constant(1) = 'new'`,
    'checks a constraint by a function': `create function theirs.fine(integer) returns boolean immutable language plpgsql as 'begin return theirs.who() is not null; end';
      create table theirs.child () inherits (theirs.jobs);
      alter table theirs.child add constraint fine check (theirs.fine(1)) not valid`,
    'generates a column': `create function theirs.generated(integer) returns text immutable language plpgsql as 'begin return theirs.who(); end';
      alter table theirs.jobs drop column state;
      alter table theirs.jobs add column state text generated always as (theirs.generated(id)) stored`,
    'hides rows by a policy': `create policy mine on theirs.jobs using (theirs.who() is not null);
      alter table theirs.jobs enable row level security; alter table theirs.jobs force row level security`,
    'replaces its rows by a rule': `alter table theirs.jobs rename to old; create table theirs.jobs (like theirs.old);
      create rule on_insert as on insert to theirs.jobs do also select theirs.who();
      create rule on_update as on update to theirs.jobs do also select theirs.who()`,
    'defers a trigger that what he reads sets off': `alter table theirs.jobs rename to old;
      create table theirs.log (at timestamptz default now());
      create function theirs.late() returns trigger language plpgsql as 'begin perform theirs.who(); return null; end';
      create constraint trigger late after insert on theirs.log deferrable initially deferred for each row execute function theirs.late();
      create function theirs.write() returns text language plpgsql as 'begin insert into theirs.log default values; return theirs.who(); exception when others then return theirs.who(); end';
      create view theirs.jobs as select id, theirs.write() as state, run_at, finished_at from theirs.old`,
    };

  for (const [what, sql] of Object.entries(attacks)) {
    it(`gets no other rights than his own where he ${what}`, async () => {
      await db.rows(`drop schema theirs cascade; create schema theirs authorization ${mallory}; grant usage on schema theirs to public`);
      await setTrap();
      await readEverything(); // what reads and tracks finds the new table
      await asMallory(sql);
      // a view takes none, nor does a policy
      await asMallory(`insert into theirs.jobs (id, run_at) values (3, now())`).catch((error: unknown) => expect(String(error)).not.toContain('ran as'));
      await asMallory('drop table if exists theirs.written');
      expect(await readEverything()).toEqual([]);
      expect(await db.value(`select to_regclass('theirs.written') is null`)).toBe(true);
    });
  }
});

describe('a table of the owner of the installation', () => {
  it('is not read where that would run code of anybody else', async () => {
    await asMallory(`create type theirs.mood as enum ('new');
      create function theirs.cast_mood(theirs.mood) returns text language sql as 'select theirs.who()';
      create cast (theirs.mood as text) with function theirs.cast_mood(theirs.mood) as implicit`);
    await db.rows(`create table public.ours (state text); insert into public.ours values ('new');
      select noetl.register_queue('ours', 'public.ours', status => 'state', ready_status => 'new');
      alter table public.ours alter state type theirs.mood using state::theirs.mood`);
    expect(await db.value(`select error from noetl.queue_health where source = 'ours'`))
      .toMatch(/^relation: reading public\.ours would run or read .*theirs\..* of mallory/);
    await db.rows(`select noetl.unregister_queue('ours'); drop table public.ours`);
  });

  it('is not read in a schema of somebody who could put another in its place', async () => {
    await db.rows(`create table theirs.ours (state text)`);
    expect((await db.refusal(`select noetl.register_queue('ours', 'theirs.ours', status => 'state', ready_status => 'new')`)).message)
      .toBe(`relation: theirs.ours is in a schema of ${mallory}, who could put another table in its place`);
    await db.rows(`drop table theirs.ours`);
  });

  it('is not read by a function in an expression that anybody else could replace', async () => {
    await db.rows(`create table public.ours (state text)`);
    expect((await db.refusal(`select noetl.register_queue('ours', 'public.ours', status => 'state', ready_status => 'new', queue => 'theirs.who()')`)).message)
      .toMatch(/theirs\.who, which an expression uses, belongs to somebody who could have it run with the rights of/);
    await db.rows(`drop table public.ours`);
  });
});

describe('an admin', () => {
  it('has no expression run with the rights of the owner of a table', async () => {
    await db.rows(`create table public.ours (state text)`);
    const admin = await db.session();
    await admin.query(`set session authorization ${mallory}`);
    const call = (condition: string): string =>
      `select noetl.register_queue('ours', 'public.ours', status => 'state', ready_status => 'new', condition => '${condition}')`;
    expect((await refusalOf(admin.query(call(`pg_read_file(''PG_VERSION'') <> ''''`)))).message)
      .toMatch(/^condition: an expression would run with the rights of \w+, the owner of public\.ours, which mallory_\w+ does not have$/);
    await admin.query(`select noetl.register_queue('ours', 'public.ours', status => 'state', ready_status => 'new')`);
    await db.rows(`select noetl.unregister_queue('ours'); drop table public.ours`);
  });

  it('has a collector run with his own rights, and one of his role with no others', async () => {
    const admin = await db.session();
    await admin.query(`set session authorization ${mallory}`);
    await admin.query(`select noetl.add_collector('who', 'select 1 as value, current_user::text as runs_as')`);
    expect((await refusalOf(admin.query(`select noetl.add_collector('file', $$select length(pg_read_file('PG_VERSION')) as value$$)`))).message)
      .toBe('query: collector "file" cannot be used: permission denied for function pg_read_file');
    expect((await refusalOf(admin.query(`select noetl.add_collector('mine', 'select 1 as value', run_as => (select rolname from pg_roles where rolsuper limit 1))`))).message)
      .toMatch(/^run_as: mallory_\w+ has not the rights of \w+$/);
    await db.rows(`select noetl.run_collector('who')`);
    expect(await db.value(`select body from noetl.prometheus_exposition where family = 'who'`)).toContain(`who{runs_as="${mallory}"} 1`);
  });

  it('cannot say that somebody else calls', async () => {
    const admin = await db.session();
    await admin.query(`set session authorization ${mallory}`);
    expect((await refusalOf(admin.query(`select _noetl.set_collector('{}', 'postgres')`))).message).toBe('permission denied for schema _noetl');
    expect((await refusalOf(admin.query(`select _noetl.add_queue('q', null, '{}', 'postgres')`))).message).toBe('permission denied for schema _noetl');
  });
});

it('a collector with the rights of the owner uses nothing that is anybody else’s, in whatever search path', async () => {
  const refused = async (query: string): Promise<string> => (await db.refusal(`select noetl.add_collector('trap', $1)`, [query])).message;
  expect(await refused('select count(*) as value from theirs.jobs')).toMatch(/^query: collector "trap" cannot be used: it would run or read \w+ theirs\.\S+ of mallory/);
  expect(await refused(`select length(theirs.who()) as value`)).toMatch(/it would run or read function theirs\.who\(\) of mallory/);
  await asMallory(`create function theirs.plus(integer, integer) returns integer language plpgsql as 'begin perform theirs.who(); return 1; end';
    create operator theirs.+ (leftarg = integer, rightarg = integer, function = theirs.plus)`);
  const client = await db.session();
  await client.query('set search_path = theirs, pg_catalog');
  expect((await refusalOf(client.query(`select noetl.add_collector('trap', 'select 1 + 1 as value')`))).message).toMatch(/of mallory/);
});

import { beforeAll, describe, expect, it } from 'vitest';
import { DatabaseError, type Client } from 'pg';
import { useDatabase } from '../support/database.ts';
import { calls, tables } from './calls.ts';

const db = useDatabase();
const roles = ['noetl_reader', 'noetl_writer', 'noetl_admin'] as const;
type Role = (typeof roles)[number];

beforeAll(async () => {
  await db.rows(tables);
});

/** `act` as a role, in a transaction that leaves nothing behind. */
async function as<T>(role: string, act: (session: Client) => Promise<T>): Promise<T> {
  const session = await db.session();
  await session.query(`begin; set local role ${role}`);
  try {
    return await act(session);
  } finally {
    await session.query('rollback');
  }
}

/** "done", or the message of the refusal. */
async function outcome(session: Client, sql: string): Promise<string> {
  await session.query('savepoint before');
  try {
    await session.query(sql);
    return 'done';
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return error.message;
  } finally {
    await session.query('rollback to before');
  }
}

interface PublicObject {
  readonly kind: 'view' | 'function' | 'procedure';
  readonly name: string;
}

async function publicObjects(): Promise<PublicObject[]> {
  return db.rows<{ kind: PublicObject['kind']; name: string }>(`
    select 'view' as kind, relname::text as name from pg_class
    where relnamespace = 'noetl'::regnamespace and relkind in ('r', 'p', 'v', 'm') and not relispartition
    union
    select case prokind when 'p' then 'procedure' else 'function' end, proname::text from pg_proc where pronamespace = 'noetl'::regnamespace
    order by 1, 2`);
}

describe('every object of the schema', () => {
  it('has one role that may use it, decided in one place, and nothing else is listed there but what only the owner may', async () => {
    const decided = await db.rows<{ object: string }>(`select object from _noetl.role_privilege where privilege = 'use' order by 1`);
    const names = (await publicObjects()).map(({ name }) => name).filter((name) => name !== 'uninstall').toSorted();
    expect(decided.map(({ object }) => object).toSorted()).toEqual(names);
  });

  it('has what that needs, and nobody has more', async () => {
    expect(await db.rows('select role, statement from _noetl.privilege_fault')).toEqual([]);
  });

  it('has no function that would need the rights of its caller unseen', async () => {
    // in a body that is kept as text nobody can see which rights it needs: noetl.tick(), which can be no other, calls what is listed
    expect(
      await db.rows(`
        select p.oid::regprocedure::text as function
        from _noetl.wanted_privilege as w
        join pg_proc as p on w.catalog = 'pg_proc'::regclass and p.oid = w.object
        where not p.prosecdef and p.prosqlbody is null and p.oid <> 'noetl.tick'::regproc`),
    ).toEqual([]);
  });

  it('is called below', async () => {
    const functions = (await publicObjects()).filter(({ kind }) => kind !== 'view').map(({ name }) => name);
    expect(Object.keys(calls).toSorted()).toEqual(functions.toSorted());
  });
});

describe.each(roles)('%s', (role: Role) => {
  it('may select from and call what it is to, and nothing else', async () => {
    const decided = await db.rows<{ object: string; role: Role }>(`select object, role from _noetl.role_privilege where privilege = 'use'`);
    const least = new Map(decided.map((each) => [each.object, roles.indexOf(each.role)]));
    const objects = await publicObjects();
    const found = await as(role, async (session) => {
      const outcomes: [string, string][] = [];
      for (const { kind, name } of objects) {
        const sql = kind === 'view' ? `select * from noetl.${name}` : (calls[name] ?? 'select');
        outcomes.push([`${kind} ${name}`, await outcome(session, sql)]);
      }
      return Object.fromEntries(outcomes);
    });
    const expected = Object.fromEntries(
      objects.map(({ kind, name }) => {
        const may = roles.indexOf(role) >= (least.get(name) ?? Infinity);
        // a procedure that commits gets as far as that
        const done = kind === 'procedure' ? 'invalid transaction termination' : 'done';
        return [`${kind} ${name}`, may ? done : `permission denied for ${kind} ${name}`];
      }),
    );
    expect(found).toEqual(expected);
  });

  it('finds the private schemas closed', async () => {
    await as(role, async (session) => {
      expect(await outcome(session, 'select * from _noetl.series')).toBe('permission denied for schema _noetl');
      expect(await outcome(session, `select _noetl.served_by_index('{}')`)).toBe('permission denied for schema _noetl');
      expect(await outcome(session, 'select _noetl_track.queue_1_insert()')).toBe('permission denied for schema _noetl_track');
    });
  });

  it('sees the page and the queues as the owner does', async () => {
    const seen = `select body from noetl.prometheus_exposition where family not like 'noetl%seconds'
      union all select to_jsonb(q)::text from (select source, queue, ready, scheduled, tracked, error from noetl.queue_health) as q
      union all select to_jsonb(c)::text from noetl.collector as c
      union all select statement from noetl.queue_advice
      union all select format('%s %s %s', p.name, p.lower_bound, p.upper_bound) from noetl.partition as p`;
    const owners = await db.rows(seen);
    expect(owners.length).toBeGreaterThan(20);
    expect((await as(role, (session) => session.query(seen))).rows).toEqual(owners);
  });
});

it('nobody else may do anything', async () => {
  const stranger = `stranger_${db.name}`;
  await db.rows(`create role ${stranger}`);
  await as(stranger, async (session) => {
    for (const { name } of await publicObjects()) {
      expect(await outcome(session, calls[name] ?? `select * from noetl.${name}`)).toBe('permission denied for schema noetl');
    }
  });
  expect(
    await db.rows(`
      select n.nspname, p.proname from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
      where n.nspname in ('noetl', '_noetl', '_noetl_track') and has_function_privilege('${stranger}', p.oid, 'execute')`),
  ).toEqual([]);
  await db.rows(`drop role ${stranger}`);
});

describe('what a writer inserts', () => {
  it('is stored and counted, in every form of insert', async () => {
    await as('noetl_writer', async (session) => {
      await session.query(`
        insert into noetl.metric (metric_name, metric_type, metric_value, labels) values ('new_total', 'counter', 3, '{"by": "table"}');
        insert into noetl.metrics (metric_name, metric_type, metric_value, labels) values ('new_total', 'counter', 4, '{"by": "view"}');
        insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value, labels, help_text, unit, "timestamp", created_at, expires_at, metadata)
        values (0, 'new_total', 'counter', 5, '{"by": "all"}', 'Help.', 'things', now(), now(), now() + interval '1 hour', '{}') returning metric_id;
        insert into noetl.metric (metric_name, metric_type, metric_value, labels)
        select 'new_total', 'counter', n, jsonb_build_object('by', n) from generate_series(1, 2) as n`);
      const { rows } = await session.query<{ body: string }>(`select body from noetl.prometheus_exposition where family = 'new_total'`);
      expect(rows[0]?.body).toBe(`# HELP new_total Help.
# TYPE new_total counter
new_total{by="1"} 1
new_total{by="2"} 2
new_total{by="all"} 5
new_total{by="table"} 3
new_total{by="view"} 4
`);
    });
  });

  it('cannot say by what transaction: the totals would be wrong', async () => {
    await as('noetl_writer', async (session) => {
      expect(await outcome(session, `insert into noetl.metric (metric_name, metric_type, metric_value, xid) values ('a_total', 'counter', 1, '0')`))
        .toBe('permission denied for table metric');
    });
    const columns = await db.rows<{ column: string }>(`
      select attname::text as column from pg_attribute
      where attrelid = 'noetl.metric'::regclass and attnum > 0 and not attisdropped and attgenerated = ''
        and not has_column_privilege('noetl_writer', attrelid, attnum, 'insert')
      order by 1`);
    expect(columns.map(({ column }) => column)).toEqual(['metric_id', 'xid']);
  });

  it('stays: it may neither change nor delete', async () => {
    await as('noetl_writer', async (session) => {
      for (const table of ['metric', 'metrics', 'runtime']) {
        expect(await outcome(session, `delete from noetl.${table}`)).toMatch(/^permission denied for (table|view) /);
        expect(await outcome(session, `update noetl.${table} set runtime_id = 1`)).toMatch(/^permission denied for (table|view) /);
      }
    });
  });
});

it('the admin deletes a component with all its metrics', async () => {
  await as('noetl_admin', async (session) => {
    await session.query(`select noetl.use_component('leaver', 'worker_pool'); select noetl.set('height', 3);
      insert into noetl.metric (metric_name, metric_type, metric_value) values ('height', 'gauge', 4);
      delete from noetl.runtime where name = 'leaver'`);
    expect((await session.query(`select 1 from noetl.metric where metric_name = 'height'`)).rows).toEqual([]);
  });
});

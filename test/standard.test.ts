import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { useCluster } from './support/cluster.ts';
import { connected } from './support/connection.ts';
import { useDatabase } from './support/database.ts';
import { debianServer, needing, plpgsqlCheck } from './support/tools.ts';

const ours = `(select oid from pg_namespace where nspname in ('noetl', '_noetl'))`;

describe('in the installed schema', () => {
  const db = useDatabase();

  it('every schema, table, view and function has a comment', async () => {
    expect(
      await db.rows(
        `select 'schema ' || nspname as undocumented from pg_namespace
         where oid in ${ours} and obj_description(oid, 'pg_namespace') is null
         union all
         select 'relation ' || oid::regclass from pg_class
         where relnamespace in ${ours} and relkind in ('r', 'p', 'v', 'm', 'f') and not relispartition
           and obj_description(oid, 'pg_class') is null
         union all
         select 'function ' || oid::regprocedure from pg_proc
         where pronamespace in ${ours} and obj_description(oid, 'pg_proc') is null
         order by 1`,
      ),
    ).toEqual([]);
  });

  it('every column with a unit in its name has a comment', async () => {
    expect(
      await db.rows(
        String.raw`select format('%s.%I', c.oid::regclass, a.attname) as undocumented
         from pg_class as c
         join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         where c.relnamespace in ${ours} and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
           and a.attname ~ '_(milliseconds|seconds|minutes|hours|days|bytes|total|ratio|percent|rows)$'
           and col_description(c.oid, a.attnum) is null
         order by 1`,
      ),
    ).toEqual([]);
  });

  it('every function is bound when it is created or pins its search path', async () => {
    expect(
      await db.rows(
        `select oid::regprocedure::text as unpinned from pg_proc
         where pronamespace in ${ours} and prosqlbody is null and prokind not in ('a', 'p')
           and coalesce(proconfig, '{}') && array['search_path=pg_catalog, pg_temp'] is not true
         order by 1`,
      ),
    ).toEqual([]);
  });

  it('every procedure, which can pin nothing if it commits, sets its search path first in each of its transactions', async () => {
    const procedures = await db.rows<{ name: string; source: string }>(
      `select oid::regprocedure::text as name, prosrc as source from pg_proc where pronamespace in ${ours} and prokind = 'p'`,
    );
    expect(procedures).not.toEqual([]);
    for (const { name, source } of procedures) {
      const [declared = '', ...transactions] = source.split(/^ *commit;\n/m);
      expect({ name, declared }).toEqual({ name, declared: expect.stringMatching(/^\s*declare\n(?: +\w+ pg_catalog\.\w+;\n)*begin\n\s*loop\n$/) as unknown });
      expect({ name, open: transactions.filter((each) => !/^ *(?:set transaction isolation level read committed;\n *)?set local search_path = pg_catalog, pg_temp;\n/.test(each)) })
        .toEqual({ name, open: [] });
    }
  });

  it('every function that runs with the rights of its owner pins its search path, and all that write, are opaque or triggered do', async () => {
    // these tell a private function who calls, which only the caller's rights can say, or are the owner's alone
    const tell = `(select oid from pg_proc where pronamespace = 'noetl'::regnamespace
      and proname in ('add_collector', 'declare_metric', 'heartbeat', 'import_collectors', 'register_queue', 'register_runtime', 'use_component', 'uninstall'))`;
    expect(
      await db.rows(
        `select oid::regprocedure::text as function, prosecdef as as_owner, proconfig as settings from pg_proc
         where pronamespace in ${ours}
           and (prosecdef and coalesce(proconfig, '{}') && array['search_path=pg_catalog, pg_temp'] is not true
             or not prosecdef and pronamespace = 'noetl'::regnamespace and (provolatile = 'v' or prosqlbody is null) and prokind <> 'p' and oid not in ${tell}
             -- before PostgreSQL 18 a trigger behind a cascade fires as whoever deleted what it began with
             or not prosecdef and prorettype = 'trigger'::regtype)
         order by 1`,
      ),
    ).toEqual([]);
  });

  it('no code has a list of tables in one constant, of which a dump would not know that they must be there first', async () => {
    expect(
      await db.rows(
        `select r.ev_class::regclass::text as code from pg_rewrite as r join pg_class as c on c.oid = r.ev_class
         where c.relnamespace in ${ours} and r.ev_action::text like '%:consttype ' || 'regclass[]'::regtype::oid || ' %'
         union all
         select p.oid::regprocedure::text from pg_proc as p
         where p.pronamespace in ${ours} and p.prosqlbody::text like '%:consttype ' || 'regclass[]'::regtype::oid || ' %'
         order by 1`,
      ),
    ).toEqual([]);
  });

  it('no table depends on a function or view, so that all code can be replaced', async () => {
    expect(
      await db.rows(
        `select pg_describe_object(d.classid, d.objid, d.objsubid) as state,
           pg_describe_object(d.refclassid, d.refobjid, 0) as code
         from pg_depend as d
         left join pg_rewrite as r on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
         left join pg_class as view on view.oid = r.ev_class
         where (
             d.refclassid = 'pg_proc'::regclass
               and d.refobjid in (select oid from pg_proc where pronamespace in ${ours})
             or d.refclassid in ('pg_class'::regclass, 'pg_type'::regclass)
               and d.refobjid in (
                 select unnest(array[oid, reltype]) from pg_class where relnamespace in ${ours} and relkind = 'v'))
           and (
             d.classid in ('pg_class'::regclass, 'pg_attrdef'::regclass, 'pg_constraint'::regclass, 'pg_policy'::regclass,
               'pg_statistic_ext'::regclass)
             or view.relkind = 'm')
         order by 1, 2`,
      ),
    ).toEqual([]);
  });
});

describe('the picture in migrations/README.md', () => {
  const db = useDatabase();

  it('has every table, and nothing else', async () => {
    const text = readFileSync(new URL('../migrations/README.md', import.meta.url), 'utf8');
    const picture = /^erDiagram$([\s\S]*?)^```$/m.exec(text)?.[1] ?? '';
    const drawn = new Set([...picture.matchAll(/^ {2}(\w+) \S+ (\w+) :/gm)].flatMap(([, from = '', to = '']) => [from, to]));
    const tables = await db.rows<{ name: string }>(
      `select relname as name from pg_class
       where relnamespace in ${ours} and relkind in ('r', 'p', 'm') and not relispartition and relname !~ '^writer_[1-9]'`);
    expect([...drawn].toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
  });
});

describe('in sql/', () => {
  const folder = fileURLToPath(new URL('../sql', import.meta.url));
  const manifest = readFileSync(join(folder, 'install.sql'), 'utf8');
  const listed = [...manifest.matchAll(/^\\ir (\S+)$/gm)].map(([, path = '']) => path);
  const apart = new Set(['install.sql', 'psql.sql', 'migrate.sql', 'begin_install.sql', 'hold_install.sql', 'role/create_roles.sql']); // what reads the others, and what runs before them
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.sql'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !apart.has(path))
    .map((path) => {
      const sql = readFileSync(join(folder, path), 'utf8').replaceAll(/^ *--.*\n/gm, '');
      const made = [...sql.matchAll(/^create (?:or replace )?(?:\w+ )?(?:function|procedure|aggregate|view) (\S+?)[\s(]/gm)];
      return { path, sql, object: basename(path, '.sql'), made: made.map(([, name = '']) => name) };
    });
  // a name in a comment, or in a text that is a sentence, is no reference
  const code = (sql: string): string =>
    sql.replaceAll(/--.*$|^comment on [^;]*?'(?:[^']|'')*';$/gm, '').replaceAll(/'(?:[^']|'')*'/g, (text) => (/ .*\.'$/s.test(text) ? "''" : text));
  const offenders = (rule: (file: (typeof files)[number]) => boolean): string[] =>
    files.filter((file) => !rule(file)).map(({ path }) => path);

  it('install.sql lists every file, once, and nothing else', () => {
    expect(listed.toSorted()).toEqual(files.map(({ path }) => path).toSorted());
    expect(files.filter(({ made }) => made.length > 0).length).toBeGreaterThan(50);
  });

  it('a folder stands in install.sql in one piece and after every folder that it refers to, so that no two point at each other', () => {
    const order = listed.map((path) => dirname(path)).filter((each, at, all) => each !== all[at - 1]);
    expect(order.filter((each, at) => order.indexOf(each) < at)).toEqual([]);

    const paths = new Map<string, Set<string>>();
    for (const { path, made } of files) {
      for (const name of made) paths.set(name, (paths.get(name) ?? new Set()).add(path));
    }
    const backwards = files.flatMap(({ path, sql }) =>
      [...code(sql).matchAll(/\b_?noetl\.[a-z_]+\b(?!'::regtype)/g)]
        .map(([name]) => [...(paths.get(name) ?? [])])
        .filter((makers) => makers.length > 0 && !makers.some((other) => dirname(other) === dirname(path)))
        .filter((makers) => makers.every((other) => order.indexOf(dirname(other)) > order.indexOf(dirname(path))))
        .map((makers) => `${path} refers to ${makers.join(' or ')}`),
    );
    expect([...new Set(backwards)]).toEqual([]);
  });

  it('noetl.page_since() reaches at most 50 objects, and the furthest by a chain of at most 10', () => {
    // what a function takes and returns it does not call
    const body = (sql: string): string => code(sql).replaceAll(/^create or replace function[\s\S]*?^language/gm, '');
    const uses = new Map(files.flatMap(({ sql, made }) => made.map((name) => [name, new Set(body(sql).match(/\b_?noetl\.[a-z_]+\b/g))] as const)));
    const chains = new Map<string, number>();
    const chain = (from: string): number => {
      const known = chains.get(from);
      if (known !== undefined) return known;
      const next = [...(uses.get(from) ?? [])].filter((name) => name !== from && uses.has(name)).map(chain);
      chains.set(from, 1 + Math.max(0, ...next));
      return chains.get(from) ?? 0;
    };
    expect(chain('noetl.page_since') - 1).toBeLessThanOrEqual(10);
    expect(chains.size - 1).toBeLessThanOrEqual(50);
  });

  it('a file that makes an object makes only the one of its own name', () => {
    expect(offenders(({ made, object }) => made.every((name) => name === `noetl.${object}` || name === `_noetl.${object}`))).toEqual([]);
  });

  it('a file that makes an object comments on it', () => {
    const comments = /^comment on (?:function|procedure|aggregate|(?:materialized )?view) ([\w.]+)/gm;
    expect(offenders(({ made, sql }) => isSuperset([...sql.matchAll(comments)].map(([, name = '']) => name), made))).toEqual([]);
  });

  it('everything that can be replaced says so', () => {
    expect(offenders(({ sql }) => !/^create (?:function|procedure|view|trigger)\b/m.test(sql))).toEqual([]);
  });

  it('the header of a function comes before its body, and in one order', () => {
    const header =
      /^create or replace function [^;]*?\nreturns [^;]*?\nlanguage \w+\n(?:immutable|stable|volatile)\n(?:strict\n)?parallel (?:safe|restricted|unsafe)\n(?:security definer\n)?(?:(?:cost|rows) \d+\n)*(?:set [^\n]+\n)*(?:as \$|begin atomic\n|return )/gm;
    const all = /^create (?:or replace )?function\b/gm;
    expect(offenders(({ sql }) => sql.match(header)?.length === sql.match(all)?.length)).toEqual([]);
  });
});

describe('plpgsql_check', () => {
  const cluster = useCluster({ server: debianServer });

  needing(debianServer, plpgsqlCheck)('finds nothing in any plpgsql function', async () => {
    const url = await cluster.installed('checked');
    const { rows } = await connected(url, async (client) => {
      await client.query('create extension plpgsql_check');
      return client.query<{ checked: string; level: string; message: string }>(
        `select p.oid::regprocedure::text as checked, c.level, c.message, c.statement
         from pg_proc as p
         join pg_language as l on l.oid = p.prolang and l.lanname = 'plpgsql'
         left join pg_trigger as t on t.tgfoid = p.oid and t.tgparentid = 0
         cross join lateral plpgsql_check_function_tb(
           p.oid, coalesce(t.tgrelid, 0), oldtable => t.tgoldtable, newtable => t.tgnewtable,
           fatal_errors => false, extra_warnings => true) as c
         where p.pronamespace in ${ours}
           -- "return query execute" sets the columns of a returned table unseen
           and not (p.proretset and c.message like 'OUT variable % is maybe unmodified')
         order by 1, 2, 3`,
      );
    });
    expect(rows).toEqual([]);
  });
});

function isSuperset(all: readonly string[], some: readonly string[]): boolean {
  return some.every((each) => all.includes(each));
}

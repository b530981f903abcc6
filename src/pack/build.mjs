// The texts of a release: what `npm run pack` writes into dist/, each from the same migrations, code and digest that the program installs.

/** Tags of dollar quotes: none of them may occur in what they enclose. */
const tags = { all: '$noetl_metrics$', install: '$noetl_install$', migration: '$noetl_migration$', statements: '$noetl_statements$', tle: '$noetl_tle$' };

/**
 * The install as one text of plain statements, for a session that has set its strings to be standard. Whoever runs it repeats it where
 * it lost a race for a lock.
 */
function installText({ migrations, code, digest }, { beginInstall, holdInstall, createRoles }) {
  const names = migrations.map(({ name }) => literal(name)).join(', ');
  return [
    section('What cannot work is refused', beginInstall),
    section('One install at a time', holdInstall),
    section('Not over what a newer release has installed', `do $$
declare
  unknown text := (select string_agg(m.name, ', ' order by m.name) from _noetl.migration as m where m.name <> all (array[${names}]));
begin
  if unknown is not null then
    raise exception 'a newer release of noetl-metrics has installed the database (%)', unknown using hint = 'Run that release, or a later one.';
  end if;
end
$$;
`),
    section('Roles', createRoles),
    ...migrations.map(({ name, text }) => section(`migrations/${name}.sql`, migrationText(name, text))),
    ...code.map(({ name, text }) => section(`sql/${name}`, text)),
    section('Which release this is', `delete from _noetl.release;
insert into _noetl.release (digest, server_major, schema_oid)
select ${literal(digest)}, current_setting('server_version_num')::integer / 10000, to_regnamespace('noetl')::oid;
`),
  ].join('\n');
}

function migrationText(name, text) {
  return `do ${tags.migration}
begin
  if not exists (select from _noetl.migration where name = ${literal(name)}) then
    execute ${quoted(text, tags.statements)};
    insert into _noetl.migration (name, run_on) values (${literal(name)}, now());
  end if;
end
${tags.migration};
`;
}

/** What begins and ends alike wherever the install is executed: in a function of the extension, or in a block of its own. */
function attempts(release, parts) {
  return `  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'transaction_isolation is %, and must be read committed to install', current_setting('transaction_isolation')
      using hint = 'set default_transaction_isolation = ''read committed''; and then again.';
  end if;
  for attempt in 1..30 loop
    begin
      set local standard_conforming_strings = on;
      set local client_min_messages = warning;
      execute ${quoted(installText(release, parts), tags.install)};
      exit;
    exception when query_canceled or others then
      get stacked diagnostics
        state = returned_sqlstate, message = message_text, detail = pg_exception_detail, hint = pg_exception_hint, context = pg_exception_context;
      -- waits that a busy database can cause, and nothing has been changed; anything else is said without the text of the whole install
      if state not in ('40P01', '55P03') or attempt = 30 then
        raise exception using errcode = state, hint = coalesce(nullif(hint, ''), 'Nothing has been changed.'),
          message = concat_ws('; ', message, nullif(detail, ''), case when state not in ('P0001', '42501', '57014') then left(context, 500) end);
      end if;
      perform pg_catalog.pg_sleep(attempt * 0.025);
    end;
  end loop;`;
}

const variables = `  state text;
  message text;
  detail text;
  hint text;
  context text;`;

const done = (version) => `'noetl-metrics ${version} is installed: select noetl.prometheus_text();'`;

/** For psql, an editor or any client, in a transaction or not. */
function flatText(version, release, parts) {
  return `-- noetl-metrics ${version}: installs or upgrades it. Run all of this file, with psql -f, in an editor, or as one query of any client:
-- it is one statement, so that it is installed as a whole or not at all, and one that shows that it is. It needs no superuser and no
-- files on the server; PostgreSQL 15 or later. Harmless to repeat. To leave: select noetl.uninstall(current_database());
do ${tags.all}
declare
  -- what the install sets belongs to it, and not to what follows in the same transaction
  settings constant text[] := array['search_path', 'quote_all_identifiers', 'default_transaction_isolation', 'extra_float_digits',
    'check_function_bodies', 'lock_timeout', 'deadlock_timeout', 'standard_conforming_strings', 'client_min_messages'];
${variables}
  before constant text[] := array(select pg_catalog.current_setting(s) from pg_catalog.unnest(settings) with ordinality as o (s, n) order by n);
begin
${attempts(release, parts)}
  perform pg_catalog.set_config(settings[n], before[n], true)
  from pg_catalog.generate_subscripts(settings, 1) as n
  where settings[n] <> 'deadlock_timeout' or pg_catalog.has_parameter_privilege('deadlock_timeout', 'set');
end
${tags.all};
select ${done(version)} as installed from noetl.initialize_metric_partitions() limit 1;
`;
}

/** What an extension makes: a function that installs, so that what is installed is the database's own and not the extension's. */
function extensionText(version, release, parts) {
  return `create or replace function noetl_metrics_install()
returns text
language plpgsql
volatile
parallel unsafe
-- what the install sets ends with it
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as ${tags.all}
declare
${variables}
begin
${attempts(release, parts)}
  perform noetl.initialize_metric_partitions();
  return ${done(version)};
end
${tags.all};

comment on function noetl_metrics_install() is
  'Installs noetl-metrics ${version} in this database, or upgrades it. What it makes belongs to whoever calls it, and to no extension: a dump has all of it, and it stays when the extension goes.';

revoke execute on function noetl_metrics_install() from public;
`;
}

function controlText(version) {
  return `# noetl-metrics: after create extension noetl_metrics, select noetl_metrics_install();
comment = 'Installs noetl-metrics, a metrics system inside the database'
default_version = '${version}'
relocatable = false
superuser = false
trusted = false
`;
}

/** For databases where nobody can put files on the server, but which have the extension pg_tle: run as a member of pgtle_admin. */
function tleText(version, earlier, script) {
  return `-- noetl-metrics ${version} for pg_tle: makes it known to the database. Then: create extension noetl_metrics (or alter extension noetl_metrics
-- update), and select noetl_metrics_install();
do ${tags.tle}
declare
  script constant text := ${quoted(script, '$noetl_script$')};
  earlier text;
begin
  if not exists (select from pgtle.available_extensions() as e where e.name = 'noetl_metrics') then
    perform pgtle.install_extension('noetl_metrics', '${version}', 'Installs noetl-metrics, a metrics system inside the database', script);
  elsif not exists (select from pgtle.available_extension_versions() as v where v.name = 'noetl_metrics' and v.version = '${version}') then
    for earlier in select v.version from pgtle.available_extension_versions() as v where v.name = 'noetl_metrics' loop
      perform pgtle.install_update_path('noetl_metrics', earlier, '${version}', script);
    end loop;
    perform pgtle.install_extension_version_sql('noetl_metrics', '${version}', script);
    perform pgtle.set_default_version('noetl_metrics', '${version}');
  end if;
end
${tags.tle};
`;
}

function makefileText() {
  return `EXTENSION = noetl_metrics
DATA = $(wildcard noetl_metrics--*.sql)
PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)
`;
}

function metaText(version, { description, license, repository, author, keywords }) {
  const meta = {
    name: 'noetl_metrics',
    abstract: description,
    version,
    maintainer: author,
    license: license.toLowerCase(),
    provides: { noetl_metrics: { abstract: description, file: `noetl_metrics--${version}.sql`, version } },
    prereqs: { runtime: { requires: { PostgreSQL: '15.0.0' } } },
    resources: { repository: { url: repository.url.replace(/^git\+/, ''), web: repository.url.replace(/^git\+|\.git$/g, ''), type: 'git' } },
    generated_by: 'npm run pack',
    'meta-spec': { version: '1.0.0', url: 'https://pgxn.org/meta/spec.txt' },
    tags: keywords,
  };
  return `${JSON.stringify(meta, null, 2)}\n`;
}

/**
 * Every file of a release by its path in dist/. It depends on nothing but what it is given.
 *
 * `about` is package.json, `earlier` the versions that were released before, and `parts` the texts of sql/begin_install.sql,
 * sql/hold_install.sql and sql/role/create_roles.sql.
 */
export function build({ about, earlier, release, parts, license }) {
  const { version } = about;
  const script = extensionText(version, release, parts);
  const file = `\\echo To load this file: create extension noetl_metrics; \\quit\n${script}`;
  return {
    'noetl-metrics.sql': flatText(version, release, parts),
    'noetl-metrics-pgtle.sql': tleText(version, earlier, script),
    'extension/noetl_metrics.control': controlText(version),
    [`extension/noetl_metrics--${version}.sql`]: file,
    ...Object.fromEntries(earlier.map((each) => [`extension/noetl_metrics--${each}--${version}.sql`, file])),
    'extension/Makefile': makefileText(),
    'extension/META.json': metaText(version, about),
    'extension/LICENSE': license,
  };
}

function section(title, text) {
  return `-- ${title}\n${text.trimEnd()}\n`;
}

function quoted(text, tag) {
  if (text.includes(tag)) throw new Error(`${tag} occurs in what it is to enclose`);
  return `${tag}\n${text.trimEnd()}\n${tag}`;
}

function literal(text) {
  return `'${text.replaceAll("'", "''")}'`;
}

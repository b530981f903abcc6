create or replace function _noetl.keeps_outcomes(relation text, alias text, finished text, condition text)
returns boolean
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  if to_regclass(relation) is null or finished ~ '^j\.\w+$' and not _noetl.has_column(to_regclass(relation), substr(finished, 3)) then
    return false;
  end if;
  return _noetl.is_served(relation,
    format('select from %s as %s where %s', relation, alias, replace(condition, '$1', 'now()')), 8388608);
end
$$;

comment on function _noetl.keeps_outcomes(text, text, text, text) is
  'Whether a table is there, has the time when jobs ended, and the latest are found by that without reading a large table.';

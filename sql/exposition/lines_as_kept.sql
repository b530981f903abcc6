create or replace function _noetl.lines_as_kept(openmetrics boolean, wanted integer[], not_kept integer[])
returns table (family_id integer, samples bigint, lines text, at timestamptz)
language plpgsql
stable
parallel safe
rows 100
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  select k.family_id, k.samples, k.lines, k.at
  from _noetl.kept_lines as k
  where case when openmetrics then k.in_openmetrics else k.in_text end
    and (wanted is null or k.family_id = any (wanted))
    and k.family_id <> all (not_kept);
end
$$;

comment on function _noetl.lines_as_kept(boolean, integer[], integer[]) is
  'What the fold has kept of these families, or (null) of all, but those that are not_kept. A function, because on a standby an unlogged table may not even be named in a query.';

create or replace function _noetl.current_line()
returns table (key text, value double precision, at timestamptz)
language plpgsql
stable
parallel safe
security definer
rows 1000
set search_path = pg_catalog, pg_temp
set jit = off
as $$
begin
  return query
  select v.prefix, v.value, v.at from _noetl.value_line(array(select f.family_id from _noetl.any_family as f)) as v
  union all
  select d.prefix, d.value, d.at from _noetl.distribution_line(null) as d
  union all
  select u.prefix, u.value, null from _noetl.unrecorded_line as u;
end
$$;

comment on function _noetl.current_line() is 'What noetl.current_value shows, with all of each line before its value.';

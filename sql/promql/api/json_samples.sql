create or replace function _noetl.json_samples(template text, begun text[], vals double precision[])
returns text
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
set extra_float_digits = 1
as $$
declare
  -- all values in one call: nine times as fast as one by one
  written constant text := case when array_position(vals, null) is null then '[' || format(template, variadic vals) || ']' end;
begin
  if written not like '%e%' and written not like '%I%' then
    return written;
  end if;
  return (
    select '[' || string_agg(s.begun || _noetl.go_float(s.val) || '"]', ',') || ']'
    from unnest(begun, vals) as s (begun, val)
    where s.val is not null);
end
$$;

comment on function _noetl.json_samples(text, text[], double precision[]) is
  'The values of a series as Prometheus'' answers have them, [[seconds, "value"], …], without what is null. template: all of them with %s for each value, for format(); begun: how each begins.';

create or replace function _noetl.duration_parameter(form jsonb, parameter text)
returns interval
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  written constant text := coalesce(form -> parameter ->> 0, '');
  seconds numeric;
begin
  if written ~ '^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?$' then
    seconds := written::numeric;
  elsif written ~ '^(?:[0-9]+y)?(?:[0-9]+w)?(?:[0-9]+d)?(?:[0-9]+h)?(?:[0-9]+m)?(?:[0-9]+s)?(?:[0-9]+ms)?$' and written <> '' then
    seconds := _noetl.promql_duration(array[written], array[0], 1)::numeric;
  else
    perform _noetl.raise_parameter(parameter, format('cannot parse %s to a valid duration', _noetl.go_quoted(written)));
  end if;
  if abs(seconds) > 9223372036 then
    perform _noetl.raise_parameter(parameter, format('cannot parse %s to a valid duration. It overflows int64', _noetl.go_quoted(written)));
  end if;
  return round(seconds * 1000)::bigint * interval '1 millisecond';
end
$$;

comment on function _noetl.duration_parameter(jsonb, text) is
  'A parameter of a form that is a duration, in seconds or as PromQL has it, in whole milliseconds. What is neither, or missing, is an error (NP001).';

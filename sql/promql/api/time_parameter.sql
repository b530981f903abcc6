create or replace function _noetl.time_parameter(form jsonb, parameter text, otherwise timestamptz)
returns timestamptz
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  written constant text := nullif(form -> parameter ->> 0, '');
begin
  if written is null then
    return otherwise;
  elsif written ~ '^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?$' then
    return timestamptz 'epoch' + round(written::numeric * 1000)::bigint * interval '1 millisecond';
  elsif written ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})$' then
    return written::timestamptz;
  end if;
  perform _noetl.raise_parameter(parameter, format('cannot parse %s to a valid timestamp', _noetl.go_quoted(written)));
  return null;
exception
  when data_exception then
    perform _noetl.raise_parameter(parameter, format('cannot parse %s to a valid timestamp', _noetl.go_quoted(written)));
    return null;
end
$$;

comment on function _noetl.time_parameter(jsonb, text, timestamptz) is
  'A parameter of a form that is a time, in seconds since 1970 or as RFC 3339; otherwise: where it is missing. What is neither is an error (NP001).';

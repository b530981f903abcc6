create or replace function _noetl.limit_parameter(form jsonb, parameter text default 'limit')
returns integer
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  written constant text := coalesce(form -> parameter ->> 0, '');
begin
  if written !~ '^[0-9]{0,9}$' then
    perform _noetl.raise_parameter(parameter, case when written ~ '^-[0-9]+$' then 'limit must be non-negative'
      else format('cannot parse %s to a valid limit', _noetl.go_quoted(written)) end);
  end if;
  return nullif(nullif(written, '')::integer, 0);
end
$$;

comment on function _noetl.limit_parameter(jsonb, text) is 'A parameter of a form that bounds an answer; null: there is no bound. What is no number is an error (NP001).';

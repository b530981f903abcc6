create or replace function _noetl.query_parameter(form jsonb)
returns jsonb
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return noetl.parse_promql(coalesce(form -> 'query' ->> 0, ''));
exception
  when sqlstate 'NP001' then
    perform _noetl.raise_parameter('query', sqlerrm);
    return null;
end
$$;

comment on function _noetl.query_parameter(jsonb) is 'The tree of the expression that is the parameter query of a form. One that does not parse is an error (NP001).';

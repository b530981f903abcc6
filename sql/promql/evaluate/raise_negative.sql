create or replace function _noetl.raise_negative()
returns double precision[]
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'a value is negative' using errcode = 'NP004';
end
$$;

comment on function _noetl.raise_negative() is
  'Ends an aggregation that was to go without a look at lost digits (NP004): _noetl.evaluate_aggregation() begins it anew.';

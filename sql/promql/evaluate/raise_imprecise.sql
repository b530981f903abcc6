create or replace function _noetl.raise_imprecise()
returns double precision
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'the sum has lost digits' using errcode = 'numeric_value_out_of_range';
end
$$;

comment on function _noetl.raise_imprecise() is
  'Ends an evaluation that PostgreSQL''s arithmetic is not exact enough for, as an overflow would: _noetl.evaluate_promql() begins it anew with more care.';

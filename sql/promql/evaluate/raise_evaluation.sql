create or replace function _noetl.raise_evaluation(error text)
returns double precision
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception '%', error using errcode = 'NP002';
end
$$;

comment on function _noetl.raise_evaluation(text) is 'Ends the evaluation of an expression with an error (NP002).';

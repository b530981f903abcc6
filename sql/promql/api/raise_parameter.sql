create or replace function _noetl.raise_parameter(parameter text, message text)
returns void
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'invalid parameter "%": %', parameter, message using errcode = 'NP001';
end
$$;

comment on function _noetl.raise_parameter(text, text) is 'Ends a request of Prometheus'' API with an error about one of its parameters (NP001), in the words of Prometheus.';

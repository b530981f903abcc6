create or replace function _noetl.take_options(form jsonb)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  timeout interval;
  lookback interval;
begin
  if coalesce(form -> 'timeout' ->> 0, '') <> '' then
    timeout := _noetl.duration_parameter(form, 'timeout');
  end if;
  if coalesce(form -> 'lookback_delta' ->> 0, '') <> '' then
    lookback := _noetl.duration_parameter(form, 'lookback_delta');
    if lookback <= interval '0' then
      lookback := null;
    end if;
  end if;
  perform set_config('noetl.promql_timeout', coalesce(timeout::text, ''), true),
    set_config('noetl.promql_lookback_ms', coalesce(round(extract(epoch from lookback) * 1000)::text, ''), true);
end
$$;

comment on function _noetl.take_options(jsonb) is
  'What the parameters timeout and lookback_delta of a form say of the next query of the transaction: it lasts at most so long, or as the setting query_timeout says if that is shorter, and a sample counts for so long. _noetl.evaluate_promql() forgets it. What is no duration is an error (NP001).';

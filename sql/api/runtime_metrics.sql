create or replace function noetl.runtime_metrics(runtime_id bigint, filter jsonb default '{}')
returns jsonb
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from noetl.runtime as r where r.runtime_id = runtime_metrics.runtime_id) then
    raise exception 'runtime_id: there is no component %', runtime_id using errcode = 'no_data_found';
  end if;
  return noetl.query_metrics(filter || jsonb_build_object('runtime_id', runtime_id));
end
$$;

comment on function noetl.runtime_metrics(bigint, jsonb) is 'noetl.query_metrics() for one component; an unknown one is an error.';

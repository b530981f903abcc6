create or replace function noetl.observe(
  name text,
  value double precision,
  labels jsonb default '{}',
  runtime_id bigint default null,
  metadata jsonb default null,
  metric_type text default null
)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  fault text;
  type text := coalesce(metric_type, _noetl.observed_type(name));
begin
  if value is null or not abs(value) <= 1e300 then
    raise exception 'value: an observation of "%" must be between -1e300 and 1e300, not %', name, coalesce(value::text, 'null')
      using errcode = 'check_violation';
  end if;
  if pg_column_size(metadata) > 1000 or pg_column_compression(metadata) is not null then
    fault := _noetl.metadata_fault(metadata);
  end if;
  if fault is null then
    insert into _noetl.event (series_id, value, metadata)
    select k.series_id, observe.value, observe.metadata
    from _noetl.known_series(observe.runtime_id, type, observe.name, observe.labels) as k;
    if not found then
      fault := _noetl.record(runtime_id, type, name, labels, value, metadata);
    end if;
  end if;
  -- raised here, so that who meets it is told of no other function
  if fault is not null then
    raise exception '%', fault
      using errcode = case when fault like 'runtime_id:%' then 'foreign_key_violation' else 'check_violation' end,
        schema = 'noetl', table = 'metric', column = split_part(fault, ':', 1);
  end if;
end
$$;

comment on function noetl.observe(text, double precision, jsonb, bigint, jsonb, text) is
  'Records one observation of a histogram or summary, in the caller''s transaction. metric_type: null means the declared type, or histogram for a new name. Other parameters and errors as in noetl.inc().';

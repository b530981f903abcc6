create or replace function noetl.set(
  name text,
  value double precision,
  labels jsonb default '{}',
  runtime_id bigint default null,
  metadata jsonb default null
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
begin
  if value is null then
    raise exception 'value: gauge "%" cannot be set to null', name using errcode = 'check_violation';
  end if;
  if pg_column_size(metadata) > 1000 or pg_column_compression(metadata) is not null then
    fault := _noetl.metadata_fault(metadata);
  end if;
  if fault is null then
    insert into _noetl.event (series_id, value, metadata)
    select k.series_id, set.value, set.metadata
    from _noetl.known_series(set.runtime_id, 'gauge', set.name, set.labels) as k;
    if not found then
      fault := _noetl.record(runtime_id, 'gauge', name, labels, value, metadata);
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

comment on function noetl.set(text, double precision, jsonb, bigint, jsonb) is
  'Sets a gauge, in the caller''s transaction; the last value by the clock wins. NaN and infinities are values. Other parameters and errors as in noetl.inc().';

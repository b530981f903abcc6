create or replace function noetl.create_metric_partitions_ahead(days_ahead integer, at timestamptz default now())
returns text[]
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if days_ahead is null or days_ahead not between 1 and 366 then
    raise exception 'days_ahead: must be 1 to 366, not %', coalesce(days_ahead::text, 'null') using errcode = 'invalid_parameter_value';
  end if;
  return _noetl.add_partitions('raw', array(select _noetl.utc_day(at) + d from generate_series(1, days_ahead) as d), at);
end
$$;

comment on function noetl.create_metric_partitions_ahead(integer, timestamptz) is
  'Sees to it that noetl.metric has a partition for each UTC day from tomorrow to this many days (1 to 366) ahead; returns their names.';

create or replace function _noetl.write_samples(samples jsonb, indexes bigint[], runtime_id bigint)
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  stored bigint;
begin
  insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value, labels, help_text, unit, "timestamp", metadata)
  select
    coalesce((s.sample ->> 'runtime_id')::bigint, write_samples.runtime_id),
    s.sample ->> 'metric_name',
    s.sample ->> 'metric_type',
    (s.sample ->> 'metric_value')::double precision,
    coalesce(nullif(s.sample -> 'labels', 'null'), '{}'),
    s.sample ->> 'help_text',
    s.sample ->> 'unit',
    coalesce((s.sample ->> 'timestamp')::timestamptz, now()),
    nullif(s.sample -> 'metadata', 'null')
  from jsonb_array_elements(samples) with ordinality as s (sample, place)
  where indexes is null or s.place - 1 = any (indexes)
  order by s.place;
  get diagnostics stored = row_count;
  return stored;
end
$$;

comment on function _noetl.write_samples(jsonb, bigint[], bigint) is
  'Stores the samples of a batch that stand at the given indexes, null: all of them, and returns how many; those that name no component are of runtime_id.';

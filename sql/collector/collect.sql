create or replace function _noetl.collect(collector noetl.collector)
returns jsonb
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set jit = off
as $$
declare
  rows jsonb := _noetl.collected_rows(collector);
  published jsonb := jsonb '[]';
  is_sound boolean := true;
begin
  if jsonb_array_length(rows) > collector.max_rows then
    raise exception 'the result has more than % rows: let the query return less, or raise max_rows', collector.max_rows
      using errcode = 'invalid_parameter_value';
  end if;
  if rows <> '[]' then
    with sample as materialized (
      select s.metric_name, s.metric_type, s.labels, s.cell, s.at,
        (jsonb_typeof(s.cell) in ('number', 'boolean') or s.cell in ('"NaN"', '"Infinity"', '"-Infinity"')) is true
          and count(*) over (partition by s.metric_name, _noetl.canonical_labels(s.labels, 'v', null)) = 1 as is_sound
      from _noetl.collected_sample(collector.metrics, rows) as s
    ),
    stored as (
      insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value, labels, "timestamp")
      select 0, s.metric_name, s.metric_type,
        case when jsonb_typeof(s.cell) = 'boolean' then s.cell::boolean::integer::double precision else (s.cell #>> '{}')::double precision end,
        s.labels, coalesce(s.at, clock_timestamp())
      from sample as s
      where not exists (select from sample as unsound where not unsound.is_sound)
      returning metric_name, labels, metric_type
    )
    select
      (select coalesce(jsonb_agg(jsonb_build_array(s.metric_name, s.labels, s.metric_type)), '[]') from stored as s),
      (select coalesce(bool_and(s.is_sound), true) from sample as s)
    into published, is_sound;
  end if;
  if not is_sound then
    raise exception '%', _noetl.collected_fault(collector.metrics, rows) using errcode = 'invalid_parameter_value';
  end if;
  return published;
end
$$;

comment on function _noetl.collect(noetl.collector) is
  'Runs a collector''s query and stores what it finds as samples of the default component; returns which, [[name, labels, type], …]. All or nothing: any fault of the query or its result is an error.';

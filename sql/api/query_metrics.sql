create or replace function noetl.query_metrics(filter jsonb default '{}')
returns jsonb
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  most integer := _noetl.check_filter(filter, 10000);
  answer jsonb;
begin
  execute format(
    $query$
      with page as (
        select s from noetl.sample as s where %s order by s."timestamp" desc, s.metric_id desc limit $5
      )
      select jsonb_build_object(
        'metrics', coalesce(jsonb_agg(_noetl.sample_json(p.s, r) order by (p.s)."timestamp" desc, (p.s).metric_id desc), '[]'),
        'next_cursor', case when count(*) = $5 then
          (array_agg(_noetl.cursor((p.s)."timestamp", (p.s).metric_id) order by (p.s)."timestamp", (p.s).metric_id))[1] end)
      from page as p
      join noetl.runtime as r on r.runtime_id = (p.s).runtime_id
    $query$, _noetl.sample_condition(filter))
  into answer
  using
    filter,
    _noetl.given_time('start_time', filter ->> 'start_time'),
    _noetl.given_time('end_time', filter ->> 'end_time'),
    _noetl.cursor_time(filter ->> 'cursor'),
    most;
  return answer;
end
$$;

comment on function noetl.query_metrics(jsonb) is
  'Stored samples, the latest first, as {metrics: [...], next_cursor}. filter: any of metric_name (or name), runtime_id, component, component_type, metric_type, labels (contained in the sample''s), start_time (from), end_time (before), limit (1 to 10000; 100), cursor (next_cursor of the page before; null when there is no more).';

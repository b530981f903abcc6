create or replace function noetl.drop_metric(name text)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  known _noetl.family;
  dropped bigint[];
begin
  perform _noetl.take_lock('fold');
  select f.* into known from _noetl.family as f where f.name = drop_metric.name;
  dropped := array(
    select s.series_id from _noetl.series as s where s.family_id = known.family_id
    union
    select p.series_id from _noetl.pending_sample as p where p.family = drop_metric.name);
  if known.family_id is null and dropped = '{}' then
    raise exception 'name: there is no metric "%"', name using errcode = 'no_data_found', hint = 'select name from noetl.family';
  end if;
  delete from _noetl.otlp_stream as o
  where o.series_id in (
    select _noetl.fingerprint(s.runtime_id, s.metric_type, drop_metric.name, s.labels - 'le' - 'quantile')
    from _noetl.series as s
    where s.family_id = known.family_id);
  delete from _noetl.pushed_family as p where p.name = drop_metric.name;
  delete from _noetl.pending_series as n where n.series_id = any (dropped);
  delete from _noetl.event as e where e.series_id = any (dropped);
  delete from noetl.metric as m where m.series_id = any (dropped);
  delete from _noetl.kept_lines as k where k.family_id = known.family_id;
  delete from _noetl.family as f where f.family_id = known.family_id;
  delete from _noetl.quarantine as q where q.family = drop_metric.name;
  perform noetl.forget_lines(jsonb_build_array(jsonb_build_object('name', '__name__', 'type', '=', 'value', line)))
  from (select distinct l from unnest(_noetl.family_names(drop_metric.name, known.metric_type)) as l) as lines (line);
  -- what sessions remember of known series is void
  update _noetl.feed set retired_by = pg_current_xact_id();
end
$$;

comment on function noetl.drop_metric(text) is
  'Removes one metric family with everything of it: declaration, series, samples, totals and what the archive holds. Waits for a running fold. What is written afterwards begins it anew.';

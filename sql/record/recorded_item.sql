create or replace function _noetl.recorded_item(items jsonb, metric_type text, component bigint)
returns table (place bigint, item jsonb, name text, metric_type text, labels jsonb, series_id bigint)
language sql
stable
parallel safe
begin atomic
  select i.place, i.item, i.name, i.metric_type, i.labels, s.series_id
  from (
    select
      each.place,
      each.item,
      each.item ->> 'name' as name,
      coalesce(recorded_item.metric_type, _noetl.observed_type(each.item ->> 'name')) as metric_type,
      coalesce(nullif(each.item -> 'labels', 'null'), '{}') as labels
    from jsonb_array_elements(items) with ordinality as each (item, place)
  ) as i
  left join _noetl.series as s
    on s.series_id = _noetl.fingerprint(component, i.metric_type, i.name, i.labels)
    and s.labels = i.labels
    and s.metric_name = i.name
    and s.runtime_id = component
    and s.retired_at is null
  order by i.place;
end;

comment on function _noetl.recorded_item(jsonb, text, bigint) is
  'One row is one item of a bulk call, in order. metric_type null: an observation. series_id null: the fold has not merged its series yet, so nobody has looked at its name and labels.';

create or replace function _noetl.recorded_item(items jsonb, metric_type text, component bigint)
returns table (place bigint, item jsonb, name text, metric_type text, labels jsonb, series_id bigint)
language sql
stable
parallel safe
begin atomic
  select i.place, i.item, i.name, i.metric_type, i.labels, (
    -- looked up one by one: joined, every series there is would be read for a call with few
    select k.series_id from _noetl.known_series(component, i.metric_type, i.name, i.labels) as k)
  from (
    select
      each.place,
      each.item,
      each.item ->> 'name' as name,
      coalesce(recorded_item.metric_type, _noetl.observed_type(each.item ->> 'name')) as metric_type,
      coalesce(nullif(each.item -> 'labels', 'null'), '{}') as labels
    from jsonb_array_elements(items) with ordinality as each (item, place)
    offset 0 -- taken out once, not wherever it is used
  ) as i
  order by i.place;
end;

comment on function _noetl.recorded_item(jsonb, text, bigint) is
  'One row is one item of a bulk call, in order. metric_type null: an observation. series_id null: the fold has not merged its series yet, so nobody has looked at its name and labels.';

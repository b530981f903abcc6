create or replace function _noetl.pending_unit(family text)
returns text
language sql
stable
parallel safe
begin atomic
  -- of the table itself: this is asked of every family that has no unit, and the view would sort all that is pending each time
  select n.unit
  from _noetl.pending_series as n
  where n.unit <> ''
    and n.metric_name in (family, family || '_bucket', family || '_sum', family || '_count')
    and _noetl.family_name(_noetl.sample_part(n.metric_type, n.metric_name, n.labels), n.metric_name) = family
    and not exists (
      select from _noetl.series as s
      where s.series_id = n.series_id and s.retired_at is null and s.labels = n.labels and s.metric_name = n.metric_name)
  order by n.seen_at, n.series_id
  limit 1;
end;

comment on function _noetl.pending_unit(text) is 'The first unit that new series of a family bring; null: none.';

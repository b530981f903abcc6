create or replace function _noetl.series_count(family text, metric_type text)
returns bigint
language sql
stable
parallel safe
begin atomic
  select
    (
      select count(*)
      from _noetl.family as f
      join _noetl.series as s on s.family_id = f.family_id and s.series_id = s.canonical_id and s.retired_at is null
      where f.name = series_count.family)
    + (
      select count(distinct n.series_id)
      from _noetl.pending_series as n
      where n.metric_type = series_count.metric_type
        and _noetl.family_name(_noetl.sample_part(n.metric_type, n.metric_name, n.labels), n.metric_name) = series_count.family);
end;

comment on function _noetl.series_count(text, text) is 'How many series a family has, those that the fold has not merged yet included.';

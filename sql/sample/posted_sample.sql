create or replace function _noetl.posted_sample(samples jsonb, component bigint)
returns table (place bigint, sample jsonb, is_known boolean)
language sql
stable
parallel safe
begin atomic
  select each.place, each.sample, exists (
    -- looked up one by one: joined, every series there is would be read for a batch of few
    select
    from _noetl.series as s
    where s.series_id = _noetl.fingerprint(of.runtime_id, of.metric_type, of.metric_name, of.labels)
      and s.labels = of.labels
      and s.metric_name = of.metric_name
      and s.runtime_id = of.runtime_id
      and s.retired_at is null)
  from jsonb_array_elements(samples) with ordinality as each (sample, place)
  cross join lateral (
    select
      case when each.sample ->> 'runtime_id' ~ '^\d{1,18}$' then (each.sample ->> 'runtime_id')::bigint else component end as runtime_id,
      each.sample ->> 'metric_type' as metric_type,
      each.sample ->> 'metric_name' as metric_name,
      coalesce(nullif(each.sample -> 'labels', 'null'), '{}') as labels
    offset 0 -- taken out once, not wherever it is used
  ) as of;
end;

comment on function _noetl.posted_sample(jsonb, bigint) is
  'One row is one sample of a batch. is_known: the fold has merged its series, so that somebody has looked at its type, name and labels. component: of the samples that name none.';

create or replace function _noetl.new_series_fault(series_ids bigint[])
returns text
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set jit = off
-- a hundred thousand pending series that are not analyzed yet look like a few
set enable_nestloop = off
as $$
declare
  fault text;
  doubtful bigint[];
begin
  select coalesce(
      _noetl.series_size_fault(n.metric_name, n.labels, most.l),
      _noetl.sample_fault(n.metric_name, n.metric_type, n.labels),
      _noetl.sample_size_fault(n.help_text, n.unit, null, most.l),
      case when r.runtime_id is null then format('runtime_id: there is no component %s', n.runtime_id) end)
  into fault
  from _noetl.pending_series as n
  left join noetl.runtime as r using (runtime_id)
  cross join (select l from _noetl.intake_limit as l offset 0) as most
  where n.series_id in (select unnest(series_ids))
  order by 1
  limit 1;
  if fault is null then
    select k.fault into fault
    from (
      select (
        -- looked up one by one: joined, every series there is would be read for a new one
        select format('labels: %s%s and %s%s have the same fingerprint; change a label', n.metric_name, n.labels, s.metric_name, s.labels)
        from _noetl.series as s
        where s.series_id = n.series_id
          and (s.labels, s.metric_name, s.metric_type, s.runtime_id) is distinct from (n.labels, n.metric_name, n.metric_type, n.runtime_id)) as fault
      from _noetl.pending_series as n
      where n.series_id in (select unnest(series_ids))
    ) as k
    where k.fault is not null
    limit 1;
  end if;
  -- Most new series belong to a family that is known, or that was admitted by somebody's earlier pending series.
  doubtful := array(
    with named as materialized (
      select n.series_id, n.metric_name, n.metric_type, n.family
      from _noetl.pending_series as n
      where n.series_id in (select unnest(series_ids)) and fault is null
    )
    select distinct n.series_id
    from named as n
    join (
      -- a name at a time: a statement may bring a hundred thousand series of one
      select c.metric_name, c.metric_type, c.family
      from (select distinct n.metric_name, n.metric_type, n.family from named as n) as c
      where not exists (select from _noetl.family as f where f.name = c.family and f.metric_type = c.metric_type)
        and not exists (
          select from _noetl.pending_series as o
          where o.metric_name = c.metric_name and o.metric_type = c.metric_type and o.series_id not in (select unnest(series_ids)))
    ) as c using (metric_name, metric_type, family));
  if doubtful <> '{}' then
    select coalesce(
        (select format('metric_name: %s would be one family more than %s (the setting %s)', f.name, _noetl.integer_setting(f.exceeds), f.exceeds)
          from _noetl.pending_families() as f where f.name = s.family and f.exceeds is not null),
        format('metric_type: %s is not a %s: %s', s.family, s.metric_type,
          coalesce(
            (select format('it is a %s already', f.metric_type) from _noetl.any_family as f where f.name = s.family),
            'another family writes one of its names')))
    into fault
    from _noetl.pending_identity as s
    where s.series_id = any (doubtful) and s.rejection = 'type'
    order by s.family
    limit 1;
  end if;
  return fault;
end
$$;

comment on function _noetl.new_series_fault(bigint[]) is
  'What is wrong with the series that a statement brought and that must not exist, as "field: rule"; null: nothing. The caller raises it, so that who meets it is told of no function but the one he called. Series beyond max_series pass: the fold rejects them, so that no transaction fails by them.';

create or replace function _noetl.pending_families()
returns table (
  family_id integer,
  name text,
  metric_type text,
  help text,
  unit text,
  brought_by bigint,
  exceeds text,
  accepted boolean
)
language plpgsql
stable
parallel safe
security definer
rows 10
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  -- a function, so that the usual case, that nothing is new, costs the page neither planning nor joins
  if exists (select from _noetl.pending_series) then
    return query
    with first_sight as (
      select
        s.family as name,
        (array_agg(s.metric_type order by s.seen_at, s.series_id))[1] as metric_type,
        (array_agg(s.help_text order by s.seen_at, s.series_id) filter (where s.help_text <> ''))[1] as help,
        (array_agg(s.unit order by s.seen_at, s.series_id) filter (where s.unit <> ''))[1] as unit,
        (array_agg(s.runtime_id order by s.seen_at, s.series_id))[1] as brought_by,
        min(s.seen_at) as seen_at
      from _noetl.pending_sample as s
      where not exists (select from _noetl.family as f where f.name = s.family)
      group by s.family
    ),
    claim as (
      select f.name as family, claimed.name, f.seen_at
      from first_sight as f
      left join noetl.runtime as r on r.runtime_id = f.brought_by
      cross join lateral unnest(_noetl.family_names(f.name, f.metric_type, r.keeps_values)) as claimed (name)
    ),
    counted as (
      select
        f.name,
        (select count(*) from _noetl.family) + row_number() over (order by f.seen_at, f.name) as families,
        (select count(*) from _noetl.family as k where k.brought_by = f.brought_by)
          + row_number() over (partition by f.brought_by order by f.seen_at, f.name) as component_families
      from first_sight as f
    ),
    excess as (
      select c.name,
        case when c.families > most.families then 'max_families' when c.component_families > most.component_families then 'max_component_families' end as setting
      from counted as c
      cross join (
        select
          max(s.value::integer) filter (where s.name = 'max_families') as families,
          max(s.value::integer) filter (where s.name = 'max_component_families') as component_families
        from noetl.setting as s
        where s.name in ('max_families', 'max_component_families')
      ) as most
      -- which the fold itself counts into
      where c.name <> 'noetl_series_rejected_total'
    )
    select
      -row_number() over (order by f.name)::integer as family_id,
      f.name,
      f.metric_type,
      f.help,
      f.unit,
      f.brought_by,
      e.setting as exceeds,
      e.setting is null and f.name not in (
        select c.family
        from claim as c
        where exists (select from _noetl.claimed_name as owned where owned.name = c.name)
        union all
        select later.family
        from claim as earlier
        join claim as later using (name)
        where (earlier.seen_at, earlier.family) < (later.seen_at, later.family)
      ) as accepted
    from first_sight as f
    left join excess as e using (name);
  end if;
end
$$;

comment on function _noetl.pending_families() is
  'The families that are pending: the fold has not merged them yet. family_id: a negative stand-in until it does; brought_by: the component whose sample came first; exceeds: the setting beyond which it would be one family too many; accepted: false, it is one too many, or another family writes one of its names.';

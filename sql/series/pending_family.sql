create or replace view _noetl.pending_family as
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
  cross join lateral unnest(_noetl.family_names(f.name, f.metric_type, _noetl.is_pushed(f.brought_by))) as claimed (name)
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
  -- which the fold itself counts into
  join _noetl.intake_limit as most on c.name <> 'noetl_series_rejected_total'
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

comment on view _noetl.pending_family is 'One row is one family that is pending: the fold has not merged it yet.';
comment on column _noetl.pending_family.family_id is 'A negative stand-in until the fold gives it an id.';
comment on column _noetl.pending_family.brought_by is 'The component whose sample came first.';
comment on column _noetl.pending_family.exceeds is 'The setting beyond which it would be one family too many; null: none.';
comment on column _noetl.pending_family.accepted is 'False: it is one too many, or another family writes one of its names.';

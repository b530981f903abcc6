create or replace view _noetl.pending_family as
with first_sight as (
  select
    s.family as name,
    (array_agg(s.metric_type order by s.seen_at, s.series_id))[1] as metric_type,
    (array_agg(s.help_text order by s.seen_at, s.series_id) filter (where s.help_text <> ''))[1] as help,
    (array_agg(s.unit order by s.seen_at, s.series_id) filter (where s.unit <> ''))[1] as unit,
    min(s.seen_at) as seen_at
  from _noetl.pending_sample as s
  where not exists (select from _noetl.family as f where f.name = s.family)
  group by s.family
),
claim as (
  select f.name as family, claimed.name, f.seen_at
  from first_sight as f
  cross join lateral unnest(_noetl.family_names(f.name, f.metric_type)) as claimed (name)
)
select
  -row_number() over (order by f.name)::integer as family_id,
  f.name,
  f.metric_type,
  f.help,
  f.unit,
  f.name not in (
    select c.family
    from claim as c
    where exists (select from _noetl.claimed_name as owned where owned.name = c.name)
    union all
    select later.family
    from claim as earlier
    join claim as later using (name)
    where (earlier.seen_at, earlier.family) < (later.seen_at, later.family)
  ) as accepted
from first_sight as f;

comment on view _noetl.pending_family is 'One row is one family that is pending: the fold has not merged it yet.';
comment on column _noetl.pending_family.family_id is 'A negative stand-in until the fold gives it an id.';
comment on column _noetl.pending_family.accepted is 'False: another family writes one of its names.';

create or replace view _noetl.sighted_family as
with first_sight as (
  select distinct on (s.family) s.family as name, s.metric_type, s.seen_at
  from _noetl.sighted_sample as s
  where not exists (select from _noetl.family as f where f.name = s.family)
  order by s.family, s.seen_at, s.series_id
)
select
  -dense_rank() over (order by f.name)::integer as family_id,
  f.name,
  f.metric_type,
  (select s.help_text from _noetl.sighted_sample as s where s.family = f.name and s.help_text <> '' order by s.seen_at limit 1) as help,
  (select s.unit from _noetl.sighted_sample as s where s.family = f.name and s.unit <> '' order by s.seen_at limit 1) as unit,
  not exists (select from _noetl.claimed_name as c where c.name = any (_noetl.family_names(f.name, f.metric_type)))
  and not exists (
    select from first_sight as o
    where o.name <> f.name
      and (o.seen_at, o.name) < (f.seen_at, f.name)
      and _noetl.family_names(o.name, o.metric_type) && _noetl.family_names(f.name, f.metric_type)
  ) as accepted
from first_sight as f;

comment on view _noetl.sighted_family is 'One row is one family that has been sighted and that the fold has not merged yet.';
comment on column _noetl.sighted_family.family_id is 'A negative stand-in until the fold gives it an id.';
comment on column _noetl.sighted_family.accepted is 'False: another family writes one of its names.';

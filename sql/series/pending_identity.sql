create or replace view _noetl.pending_identity as
with resolved as (
  select
    s.*,
    f.family_id,
    f.metric_type is distinct from s.metric_type as misfit,
    coalesce(f.max_series, _noetl.integer_setting('max_series')) as max_series,
    f.per_component,
    _noetl.canonical_labels(s.labels, s.part, s.bound) as canonical_labels
  from _noetl.pending_sample as s
  left join _noetl.any_family as f on f.name = s.family
),
canonical as (
  select r.*, _noetl.fingerprint(r.runtime_id, r.metric_type, r.metric_name, r.canonical_labels) as canonical_id
  from resolved as r
),
-- counted once: the planner, which expects one new series, would count anew for each of ten thousand
filled as materialized (
  select s.family_id, count(*) as series
  from _noetl.series as s
  where s.series_id = s.canonical_id and not s.derived and s.retired_at is null
    and s.family_id in (select c.family_id from canonical as c)
  group by s.family_id
)
select
  c.*,
  case
    when c.misfit then 'type'
    when dense_rank() over (partition by c.family order by c.canonical_id) + coalesce(f.series, 0) > c.max_series
      and not exists (select from _noetl.series as known where known.series_id = c.canonical_id) then 'limit'
  end as rejection
from canonical as c
left join filled as f using (family_id);

comment on view _noetl.pending_identity is 'One row is one spelling that is pending, with the series and the family that it belongs to.';
comment on column _noetl.pending_identity.rejection is
  'Why the fold will reject it: type, the name belongs to a family of another type; limit, the family is full. Null: it is accepted.';

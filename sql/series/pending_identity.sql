create or replace view _noetl.pending_identity as
with most as materialized (
  select
    max(s.value::integer) filter (where s.name = 'max_series') as series,
    max(s.value::integer) filter (where s.name = 'max_page_bytes') as page_bytes
  from noetl.setting as s
  where s.name in ('max_series', 'max_page_bytes')
),
resolved as (
  select
    s.*,
    f.family_id,
    f.metric_type is distinct from s.metric_type as misfit,
    coalesce(f.max_series, most.series) as max_series,
    f.per_component,
    -- what its lines will take, a value included, and the labels of its component
    (case s.part when 'o' then coalesce(cardinality(f.buckets), 0) + 3 else 1 end)::bigint
      * (octet_length(s.metric_name) + octet_length(s.labels::text) + 100) as page_bytes
  from _noetl.pending_sample as s
  cross join most
  left join _noetl.any_family as f on f.name = s.family
),
-- counted once: the planner, which expects one new series, would count anew for each of ten thousand
filled as materialized (
  select s.family_id, count(*) as series
  from _noetl.series as s
  where s.series_id = s.canonical_id and s.retired_at is null
    and s.family_id in (select r.family_id from resolved as r)
  group by s.family_id
),
-- about how long its lines are if all series of the last fold are on it, in bytes: of a text only its length is read
page as materialized (
  select
    (select coalesce(sum(octet_length(s.prefix) + 30), 0) from _noetl.state as s)
    + (
      select coalesce(sum((cardinality(d.buckets) + 2) * (octet_length(d.page_labels) + octet_length(f.name) + 60)), 0)
      from _noetl.distribution as d
      join _noetl.family as f using (family_id)) as bytes
)
select
  r.*,
  case
    when r.is_dropped then 'rule'
    when r.family in (select q.family from _noetl.quarantine as q) then 'quarantine'
    when r.misfit then 'type'
    when dense_rank() over (partition by r.family order by r.canonical_id) + coalesce(f.series, 0) > r.max_series
      and not exists (select from _noetl.series as known where known.series_id = r.canonical_id) then 'limit'
    when (select p.bytes from page as p) + sum(r.page_bytes) over (order by r.seen_at, r.series_id) > (select m.page_bytes from most as m)
      and not exists (select from _noetl.series as known where known.series_id = r.canonical_id) then 'page'
  end as rejection
from resolved as r
left join filled as f using (family_id);

comment on view _noetl.pending_identity is 'One row is one spelling that is pending, with the series and the family that it belongs to.';
comment on column _noetl.pending_identity.rejection is
  'Why the fold will reject it: rule, a rule for labels drops it; type, the name belongs to a family of another type; limit, the family is full; page, the page is; quarantine, the family is in quarantine. Null: it is accepted.';
comment on column _noetl.pending_identity.page_bytes is 'About how long its lines on the page will be, in bytes.';

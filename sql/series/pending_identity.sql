create or replace view _noetl.pending_identity as
with resolved as (
  select
    s.*,
    f.family_id,
    f.metric_type is distinct from s.metric_type as misfit,
    coalesce(f.max_series, _noetl.integer_setting('max_series')) as max_series,
    f.per_component,
    -- what its lines will take, a value included, and the labels of its component
    (case s.part when 'o' then coalesce(cardinality(f.buckets), 0) + 3 else 1 end)::bigint
      * (octet_length(s.metric_name) + octet_length(s.labels::text) + 100) as page_bytes,
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
  where s.series_id = s.canonical_id and s.retired_at is null
    and s.family_id in (select c.family_id from canonical as c)
  group by s.family_id
),
page as materialized (
  select _noetl.page_bytes() as bytes, _noetl.integer_setting('max_page_bytes') as most
)
select
  c.*,
  case
    when c.family in (select q.family from _noetl.quarantine as q) then 'quarantine'
    when c.misfit then 'type'
    when dense_rank() over (partition by c.family order by c.canonical_id) + coalesce(f.series, 0) > c.max_series
      and not exists (select from _noetl.series as known where known.series_id = c.canonical_id) then 'limit'
    when (select p.bytes from page as p) + sum(c.page_bytes) over (order by c.seen_at, c.series_id) > (select p.most from page as p)
      and not exists (select from _noetl.series as known where known.series_id = c.canonical_id) then 'page'
  end as rejection
from canonical as c
left join filled as f using (family_id);

comment on view _noetl.pending_identity is 'One row is one spelling that is pending, with the series and the family that it belongs to.';
comment on column _noetl.pending_identity.rejection is
  'Why the fold will reject it: type, the name belongs to a family of another type; limit, the family is full; page, the page is; quarantine, the family is in quarantine. Null: it is accepted.';
comment on column _noetl.pending_identity.page_bytes is 'About how long its lines on the page will be, in bytes.';

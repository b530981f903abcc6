create or replace view _noetl.sighted_series as
with resolved as (
  select
    s.*,
    f.family_id,
    f.metric_type is distinct from s.metric_type as misfit,
    coalesce(f.max_series, _noetl.integer_setting('max_series')) as max_series,
    f.per_component,
    _noetl.canonical_labels(s.labels, s.part, s.bound) as canonical_labels
  from _noetl.sighted_sample as s
  left join _noetl.any_family as f on f.name = s.family
),
canonical as (
  select r.*, _noetl.fingerprint(r.runtime_id, r.metric_type, r.metric_name, r.canonical_labels) as canonical_id
  from resolved as r
),
filled as (
  select s.family_id, count(*) as series
  from _noetl.series as s
  where s.series_id = s.canonical_id and not s.derived and s.retired_at is null
    and s.family_id in (select c.family_id from canonical as c)
  group by s.family_id
),
ranked as (
  select c.*, dense_rank() over (partition by c.family order by c.canonical_id) + coalesce(f.series, 0) as place
  from canonical as c
  left join filled as f using (family_id)
),
spelled as (
  select distinct on (spelling.series_id) r.*, spelling.series_id as spelling_id, spelling.labels as spelling_labels
  from ranked as r
  cross join lateral (values (r.series_id, r.labels), (r.canonical_id, r.canonical_labels)) as spelling (series_id, labels)
  order by spelling.series_id
)
select
  s.spelling_id as series_id,
  s.canonical_id,
  s.runtime_id,
  s.family_id,
  s.family,
  s.metric_name,
  s.metric_type,
  s.spelling_labels as labels,
  s.part,
  s.bound,
  p.page_labels,
  p.prefix,
  hashtextextended(p.prefix, 0) as page_id,
  not s.per_component as shared,
  case
    when s.misfit then 'type'
    when s.place > s.max_series
      and not exists (select from _noetl.series as known where known.series_id = s.canonical_id) then 'limit'
  end as rejection
from spelled as s
join noetl.runtime as r on r.runtime_id = s.runtime_id
cross join lateral (
  select _noetl.rendered_labels(
    _noetl.component_labels(r.runtime_id, r.name, r.component_type, s.per_component) || s.canonical_labels
    - case s.part when 'b' then 'le' when 'q' then 'quantile' else '' end) as page_labels
) as l
cross join lateral (
  select l.page_labels, _noetl.page_prefix(s.metric_name, l.page_labels, s.part, s.bound) as prefix
) as p;

comment on view _noetl.sighted_series is 'One row is one series as the fold is about to merge it, with its canonical spelling beside every other one.';
comment on column _noetl.sighted_series.rejection is
  'Why the fold will reject it: type, the name belongs to a family of another type; limit, the family is full. Null: it is accepted.';

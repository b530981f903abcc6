create or replace view noetl.cardinality as
with member as (
  select f.name as family, f.metric_type, f.per_component, coalesce(f.max_series, _noetl.integer_setting('max_series')) as max_series, s.runtime_id, s.labels
  from _noetl.series as s
  join _noetl.family as f using (family_id)
  where s.series_id = s.canonical_id and s.retired_at is null
  union all
  select n.family, f.metric_type, f.per_component, coalesce(f.max_series, _noetl.integer_setting('max_series')), n.runtime_id, n.labels
  from _noetl.new_series() as n
  join _noetl.any_family as f on f.name = n.family
  where n.series_id = n.canonical_id
),
held as (
  select m.family, m.metric_type, m.max_series, l.label, l.value, count(*) as series
  from member as m
  join noetl.runtime as r using (runtime_id)
  left join lateral jsonb_each_text(
    _noetl.component_labels(r.runtime_id, r.name, r.component_type, r.page_labels, m.per_component) || m.labels) as l (label, value) on true
  group by m.family, m.metric_type, m.max_series, l.label, l.value
),
total as (
  select m.family, count(*) as series from member as m group by m.family
)
select h.family, h.metric_type, h.label, h.value, h.series,
  count(h.value) over (partition by h.family, h.label) as label_values,
  t.series as family_series,
  h.max_series
from held as h
join total as t using (family);

comment on view noetl.cardinality is
  'What takes the series: one row is one value of one label in one family, and how many series have it; a family''s series without any label are a row whose label is null. The label with the most values is the one that makes the family large: order by family_series desc, label_values desc, series desc. noetl.add_label_rule() rewrites or drops labels before they make series.';
comment on column noetl.cardinality.label is 'Also component and component_type where the page shows them, and the le or quantile of parts that were reported; null: the series has no labels.';
comment on column noetl.cardinality.series is 'How many series of the family have this value; what max_series limits is counted, so a histogram observed here is one.';
comment on column noetl.cardinality.label_values is 'How many values the label has in the family.';
comment on column noetl.cardinality.family_series is 'How many series the family has.';
comment on column noetl.cardinality.max_series is 'Beyond how many series the family takes no more.';

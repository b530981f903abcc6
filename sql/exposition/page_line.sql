create or replace view _noetl.page_line as
with bucket as materialized (
  select b.*, f.name
  from _noetl.page_bucket as b
  join _noetl.any_family as f using (family_id)
),
total as materialized (
  select
    family_id, f.name, f.metric_type, page_labels, t.total,
    -- the +Inf bucket and the count must agree, whichever of them was reported
    greatest(t.observations, b.observations) as observations,
    b.exemplar
  from _noetl.page_total as t
  full join (
    select b.family_id, b.page_labels, max(b.observations) as observations,
      (array_agg(b.exemplar) filter (where b.bound = 'Infinity'))[1] as exemplar
    from bucket as b
    group by b.family_id, b.page_labels
  ) as b using (family_id, page_labels)
  join _noetl.any_family as f using (family_id)
)
select v.family_id, v.place, '' as page_labels, 0 as rank, null::double precision as bound, v.prefix, v.value, v.exemplar
from _noetl.page_value as v
union all
select b.family_id, 0, b.page_labels, 1, b.bound, _noetl.page_prefix(b.name || '_bucket', b.page_labels, 'b', b.bound), b.observations, b.exemplar
from bucket as b
where b.bound < 'Infinity'
union all
select t.family_id, 0, t.page_labels, 1, 'Infinity', _noetl.page_prefix(t.name || '_bucket', t.page_labels, 'b', 'Infinity'), t.observations, t.exemplar
from total as t
where t.metric_type = 'histogram' and t.observations is not null
union all
select q.family_id, 0, q.page_labels, 1, q.bound, _noetl.page_prefix(f.name, q.page_labels, 'q', q.bound), q.value, null
from _noetl.page_quantile as q
join _noetl.any_family as f using (family_id)
where q.value is not null
union all
select t.family_id, 0, t.page_labels, 2, null, _noetl.page_prefix(t.name || '_sum', t.page_labels, 's', null), t.total, null
from total as t
where t.total is not null
union all
select t.family_id, 0, t.page_labels, 3, null, _noetl.page_prefix(t.name || '_count', t.page_labels, 'c', null), t.observations, null
from total as t
where t.observations is not null;

comment on view _noetl.page_line is 'One row is one line of the page, without its value''s text; place, page_labels, rank and bound sort the lines of a family.';

create or replace function _noetl.render_series(family_id integer default null, runtime_id bigint default null)
returns void
language sql
volatile
parallel unsafe
begin atomic
  with rendered as (
    select s.series_id, f.per_component, l.page_labels, _noetl.page_prefix(s.metric_name, l.page_labels, s.part, s.bound) as prefix
    from _noetl.series as s
    join _noetl.family as f on f.family_id = s.family_id
    join noetl.runtime as r on r.runtime_id = s.runtime_id
    cross join lateral (
      select _noetl.rendered_labels(
        _noetl.component_labels(r.runtime_id, r.name, r.component_type, f.per_component)
        || _noetl.canonical_labels(s.labels, s.part, s.bound)
        - case s.part when 'b' then 'le' when 'q' then 'quantile' else '' end) as page_labels
    ) as l
    where (render_series.family_id is null or s.family_id = render_series.family_id)
      and (render_series.runtime_id is null or s.runtime_id = render_series.runtime_id)
  )
  update _noetl.series as s
  set page_labels = n.page_labels, prefix = n.prefix, page_id = hashtextextended(n.prefix, 0), shared = s.shared or not n.per_component
  from rendered as n
  where s.series_id = n.series_id;
end;

comment on function _noetl.render_series(integer, bigint) is
  'Writes the lines'' prefixes of a family''s or a component''s series anew after a change of what they show. The caller holds the fold lock.';

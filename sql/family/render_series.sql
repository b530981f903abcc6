create or replace function _noetl.render_series(family_id integer default null, runtime_id bigint default null)
returns void
language sql
volatile
parallel unsafe
-- a bound with every digit, whoever declares
set extra_float_digits = 1
begin atomic
  with rendered as (
    select s.series_id, s.metric_name, f.per_component, _noetl.rendered_labels(
        _noetl.component_labels(r.runtime_id, r.name, r.component_type, r.page_labels, f.per_component)
        || s.labels - case s.part when 'b' then 'le' when 'q' then 'quantile' else '' end) as page_labels
    from _noetl.series as s
    join _noetl.family as f on f.family_id = s.family_id
    join noetl.runtime as r on r.runtime_id = s.runtime_id
    where s.series_id = s.canonical_id
      and (render_series.family_id is null or s.family_id = render_series.family_id)
      and (render_series.runtime_id is null or s.runtime_id = render_series.runtime_id)
  ),
  distributed as (
    update _noetl.distribution as d
    set page_labels = n.page_labels
    from rendered as n
    where d.series_id = n.series_id
  )
  update _noetl.state as s
  set page_labels = n.page_labels, prefix = p.prefix, page_id = hashtextextended(p.prefix, 0), shared = not n.per_component, sort_key = 0
  from rendered as n, _noetl.state as part
  cross join lateral (select _noetl.page_prefix(n.metric_name, n.page_labels, part.part, part.bound) as prefix) as p
  where s.series_id = n.series_id and part.series_id = n.series_id;

  select _noetl.assign_sort_keys();
end;

comment on function _noetl.render_series(integer, bigint) is
  'Writes the lines of a family''s or a component''s series anew after a change of what they show. The caller holds the fold lock.';

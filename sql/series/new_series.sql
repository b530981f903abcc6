create or replace function _noetl.new_series(with_rejected boolean default false)
returns table (
  series_id bigint,
  canonical_id bigint,
  runtime_id bigint,
  family_id integer,
  family text,
  metric_name text,
  metric_type text,
  labels jsonb,
  part "char",
  bound double precision,
  page_labels text,
  prefix text,
  page_id bigint,
  shared boolean,
  rejection text
)
language plpgsql
stable
parallel safe
security definer
rows 1000
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  -- a function, so that the usual case, that nothing is new, costs the page neither planning nor joins
  if exists (select from _noetl.pending_series) then
    return query
    select
      s.spelling_id as series_id,
      s.canonical_id,
      s.runtime_id,
      s.family_id,
      s.family,
      s.metric_name,
      s.metric_type,
      s.spelling as labels,
      s.part,
      s.bound,
      p.page_labels,
      p.prefix,
      hashtextextended(p.prefix, 0) as page_id,
      not s.per_component as shared,
      s.rejection
    from (
      select distinct on (spelling.series_id) i.*, spelling.series_id as spelling_id, spelling.labels as spelling
      from _noetl.pending_identity as i
      cross join lateral (values (i.series_id, i.labels), (i.canonical_id, i.canonical_labels)) as spelling (series_id, labels)
      order by spelling.series_id
    ) as s
    join noetl.runtime as r on r.runtime_id = s.runtime_id
    cross join lateral (
      select _noetl.rendered_labels(
        _noetl.component_labels(r.runtime_id, r.name, r.component_type, r.page_labels, s.per_component) || s.canonical_labels
        - case s.part when 'b' then 'le' when 'q' then 'quantile' else '' end) as page_labels
      offset 0 -- rendered once, not wherever it is used
    ) as l
    cross join lateral (
      select l.page_labels, _noetl.page_prefix(s.metric_name, l.page_labels, s.part, s.bound) as prefix
      offset 0
    ) as p
    where with_rejected
      or s.rejection is null and not exists (select from _noetl.series as known where known.series_id = s.spelling_id);
  end if;
end
$$;

comment on function _noetl.new_series(boolean) is
  'The series that are pending and that the fold will accept, each with its line on the page; its canonical spelling stands beside every other one. with_rejected: all that is pending, also what it will reject, and what it has retired. rejection: as in _noetl.pending_identity.';

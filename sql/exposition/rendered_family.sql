create or replace function _noetl.rendered_family(openmetrics boolean, wanted integer[], touched integer[])
returns table (
  family_id integer,
  family text,
  metric_type text,
  help text,
  unit text,
  samples bigint,
  body text,
  at timestamptz
)
language plpgsql
stable
parallel unsafe
security definer
rows 100
set search_path = pg_catalog, pg_temp
-- every digit, whoever reads
set extra_float_digits = 1
set jit = off
as $$
#variable_conflict use_column
begin
  return query
  select
    f.family_id,
    f.name,
    o.metric_type,
    f.help,
    o.unit,
    l.samples,
    _noetl.family_head(openmetrics, n.name, o.metric_type, f.help, o.unit) || l.lines,
    l.at
  from _noetl.family_lines(openmetrics, wanted, touched) as l
  join _noetl.any_family as f using (family_id)
  cross join lateral (
    select case when openmetrics and f.metric_type = 'counter' then regexp_replace(f.name, '(.)_total$', '\1') else f.name end as name
  ) as n
  cross join lateral (
    select
      case
        when openmetrics and (f.metric_type = 'untyped' or f.metric_type = 'counter' and f.name !~ '._total$') then 'unknown'
        else f.metric_type
      end as metric_type,
      case when not openmetrics or n.name like '%\_' || replace(f.unit, '_', '\_') then f.unit end as unit
  ) as o;
end
$$;

comment on function _noetl.rendered_family(boolean, integer[], integer[]) is
  'One row is one family with its head and its lines, in OpenMetrics 1.0 or text 0.0.4; arguments and at as in _noetl.family_lines().';

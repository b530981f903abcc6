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
    o.page_type,
    f.help,
    o.page_unit,
    l.samples,
    _noetl.family_head(openmetrics, o.page_name, o.page_type, f.help, o.page_unit) || l.lines,
    l.at
  from _noetl.family_lines(openmetrics, wanted, touched) as l
  join _noetl.any_family as f using (family_id)
  cross join lateral _noetl.family_in_format(openmetrics, f.name, f.metric_type, f.unit) as o;
end
$$;

comment on function _noetl.rendered_family(boolean, integer[], integer[]) is
  'One row is one family with its head and its lines, in OpenMetrics 1.0 or text 0.0.4; arguments and at as in _noetl.family_lines().';

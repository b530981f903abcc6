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
declare
  creations _noetl.creation[];
begin
  -- most pages have none
  if openmetrics and exists (select from _noetl.any_family as f where f.name like '%\_created') then
    creations := array(select c from _noetl.creation as c);
  end if;
  if creations <> '{}' then
    return query
    with line as materialized (
      select l.*
      from _noetl.family_lines(
        openmetrics,
        case when wanted is not null then wanted || array(select c.family_id from unnest(creations) as c where c.dated_id = any (wanted)) end,
        touched) as l
    )
    select
      f.family_id,
      f.name,
      o.page_type,
      f.help,
      o.page_unit,
      l.samples + coalesce(d.added, 0),
      _noetl.family_head(openmetrics, o.page_name, o.page_type, f.help, o.page_unit) || coalesce(d.lines, l.lines),
      least(l.at, d.at)
    from line as l
    join _noetl.any_family as f using (family_id)
    cross join lateral _noetl.family_in_format(openmetrics, f.name, f.metric_type, f.unit) as o
    left join lateral (
      select w.lines, w.at, length(w.lines) - length(replace(w.lines, E'\n', '')) - l.samples as added
      from (
        select _noetl.with_creations(l.lines, left(c.name, -length('_created')), cl.lines) as lines, cl.at
        from unnest(creations) as c
        join line as cl on cl.family_id = c.family_id
        where c.dated_id = l.family_id
      ) as w
    ) as d on true
    where l.family_id not in (select c.family_id from unnest(creations) as c);
    return;
  end if;
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

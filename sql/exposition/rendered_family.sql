create or replace function _noetl.rendered_family(openmetrics boolean, wanted integer[], unfolded integer[])
returns table (
  family_id integer,
  family text,
  metric_type text,
  help text,
  unit text,
  samples bigint,
  body text,
  stale_at timestamptz
)
language plpgsql
stable
parallel safe
security definer
rows 100
set search_path = pg_catalog, pg_temp
-- every digit, whoever reads
set extra_float_digits = 1
set jit = off
-- the plan is large, and planned anew it takes longer than the page
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  staleness interval := _noetl.interval_setting('staleness');
  creations _noetl.creation[] := array[]::_noetl.creation[];
  not_kept integer[];
  rendered integer[];
begin
  -- most pages have none
  if openmetrics and exists (select from _noetl.any_family as f where f.name like '%\_created') then
    creations := array(select c from _noetl.creation as c);
    if wanted is not null then
      wanted := wanted || array(select c.family_id from unnest(creations) as c where c.dated_id = any (wanted));
    end if;
  end if;
  -- of what is not folded nothing is kept
  if (wanted <@ unfolded) is not true and not pg_is_in_recovery() then
    if exists (select from _noetl.kept_page as p where p.at <= now()) then
      not_kept := _noetl.families_to_render(
        array(select c from _noetl.page_change as c where not c.kept), (select min(k.at) from _noetl.kept_lines as k) + staleness);
    end if;
  end if;
  if not_kept is null then
    rendered := wanted;
  else
    not_kept := not_kept || unfolded;
    rendered := case when wanted is null then not_kept else array(select unnest(wanted) intersect select unnest(not_kept)) end;
  end if;

  return query
  with line as materialized (
    select k.family_id, k.samples, k.lines, k.at + staleness as stale_at
    from _noetl.lines_as_kept(openmetrics, wanted, not_kept) as k
    where not_kept is not null
    union all
    select r.family_id, r.samples, r.lines, r.at + staleness
    from _noetl.rendered_lines(openmetrics, rendered, unfolded) as r
    where rendered is null or rendered <> '{}'
    union all
    select
      u.family_id, count(*),
      string_agg(u.prefix || ' ' || _noetl.float_text(u.value) || E'\n', '' order by u.page_labels collate "C", u.rank, u.bound),
      min(u.stale_at)
    from _noetl.unrecorded_line as u
    where wanted is null or u.family_id = any (wanted)
    group by u.family_id
  )
  select
    f.family_id,
    f.name,
    p.page_type,
    f.help,
    p.page_unit,
    l.samples + coalesce(d.added, 0),
    case
      when openmetrics then
        '# TYPE ' || n.page_name || ' ' || p.page_type || E'\n'
        || coalesce('# UNIT ' || n.page_name || ' ' || p.page_unit || E'\n', '')
        || coalesce('# HELP ' || n.page_name || ' ' || _noetl.escaped_label(nullif(f.help, '')) || E'\n', '')
      else
        '# HELP ' || f.name || ' ' || replace(replace(coalesce(nullif(f.help, ''), 'No help text.'), '\', '\\'), E'\n', '\n') || E'\n'
        || '# TYPE ' || f.name || ' ' || f.metric_type || E'\n'
    end || coalesce(d.lines, l.lines),
    least(l.stale_at, d.stale_at)
  from line as l
  join _noetl.any_family as f using (family_id)
  cross join lateral (
    select case when openmetrics and f.metric_type = 'counter' then regexp_replace(f.name, '(.)_total$', '\1') else f.name end as page_name
  ) as n
  cross join lateral (
    select
      case when openmetrics and (f.metric_type = 'untyped' or f.metric_type = 'counter' and f.name !~ '._total$') then 'unknown' else f.metric_type end
        as page_type,
      case when not openmetrics or n.page_name like '%\_' || replace(f.unit, '_', '\_') then f.unit end as page_unit
  ) as p
  left join lateral (
    select w.lines, w.stale_at, length(w.lines) - length(replace(w.lines, E'\n', '')) - l.samples as added
    from (
      select _noetl.with_creations(l.lines, left(c.name, -length('_created')), cl.lines) as lines, cl.stale_at
      from unnest(creations) as c
      join line as cl on cl.family_id = c.family_id
      where c.dated_id = l.family_id
    ) as w
  ) as d on true
  where l.family_id not in (select c.family_id from unnest(creations) as c);
end
$$;

comment on function _noetl.rendered_family(boolean, integer[], integer[]) is
  'One row is one family, of these or (null) of all, with its head and all its lines, in OpenMetrics 1.0 or text 0.0.4: as the fold has kept them where nothing has changed since, else rendered. Type and unit are as that format has them; unit is null where it forbids it. unfolded: _noetl.unfolded_families(). stale_at: until when the family stays as it is if nobody commits anything; null: for good.';

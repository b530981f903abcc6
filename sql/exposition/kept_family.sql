create or replace function _noetl.kept_family(openmetrics boolean, wanted integer[])
returns table (family_id integer, family text, body text, at timestamptz)
language plpgsql
stable
parallel unsafe
rows 100
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  -- by itself: on a standby an unlogged table may not even be named in a query
  if pg_is_in_recovery() or exists (select from _noetl.page_change as c where not c.kept) then
    return;
  end if;
  if openmetrics and exists (select from _noetl.family as f where f.name like '%\_created') then
    wanted := array(select unnest(wanted) except select unnest(array[c.family_id, c.dated_id]) from _noetl.creation as c);
  end if;
  return query
  select k.family_id, f.name, _noetl.family_head(openmetrics, o.page_name, o.page_type, f.help, o.page_unit) || k.lines, k.at
  from _noetl.kept_lines as k
  join _noetl.family as f using (family_id)
  cross join lateral _noetl.family_in_format(openmetrics, f.name, f.metric_type, f.unit) as o
  where k.family_id = any (wanted)
    and case when openmetrics then k.in_openmetrics else k.in_text end
    and (k.at < now() - (select _noetl.interval_setting('staleness'))) is not true
    and (select p.at <= now() from _noetl.kept_page as p);
end
$$;

comment on function _noetl.kept_family(boolean, integer[]) is
  'What _noetl.rendered_family() gives for those of these families that the fold has kept and nothing has changed since, where nothing is unread of them. It may leave out some or all: it asks for little, because it is asked at each scrape.';

create or replace function noetl.page_since(openmetrics boolean, token text default null, fresh_until timestamptz default null)
returns table (family_id integer, family text, body text, stale_at timestamptz, next_token text, complete boolean)
language plpgsql
stable
parallel unsafe
security definer
rows 100
set search_path = pg_catalog, pg_temp
-- every digit, whoever reads
set extra_float_digits = 1
set jit = off
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  -- the path of a table is of one database, and asking for it reads no catalogue
  server text := extract(epoch from pg_postmaster_start_time()) || '/' || pg_relation_filepath('_noetl.page_change');
  -- server, time, snapshot, families that were touched then, and what was unread
  last text[] := string_to_array(token, ' ');
  -- another server, or a clock that was set back, and the token says nothing
  known boolean := coalesce(last[1] = server and last[2]::numeric <= extract(epoch from now()), false);
  -- no transaction at all has ended since, so nothing is to be asked but the clock
  idle boolean := known and last[3] = pg_current_snapshot()::text and pg_current_xact_id_if_assigned() is null;
  is_over boolean := coalesce(fresh_until < now(), false);
  feed record;
  wanted integer[];
begin
  if idle and not is_over then
    next_token := token;
    complete := false;
    return next;
    return query
    select l.family_id, l.family, case when openmetrics then l.openmetrics_body else l.text_body end, null::timestamptz, null::text, null::boolean
    from _noetl.live_family as l
    where l.ticks and l.family_id <> all (last[4]::integer[]);
    return;
  end if;

  if known then
    select * into feed from _noetl.unread_since(last[3]::pg_snapshot, last[4]::integer[], last[5]);
    wanted := _noetl.outdated_families(last[3]::pg_snapshot, fresh_until);
    if wanted is not null then
      wanted := array(
        select unnest(wanted)
        union
        select unnest(case when not is_over and feed.unread_then = last[5] then feed.renewed else feed.touched end)
        union
        select was.touched from unnest(last[4]::integer[]) as was (touched) where (was.touched = any (feed.touched)) is not true);
    end if;
    -- what stands in another family's lines changes with them
    if openmetrics and wanted <> '{}' and exists (select from _noetl.any_family as f where f.name like '%\_created') then
      wanted := array(
        select unnest(wanted)
        union
        select unnest(array[c.family_id, c.dated_id]) from _noetl.creation as c where wanted && array[c.family_id, c.dated_id]);
    end if;
    -- of most of the page, the whole is read faster than so many parts
    if wanted <> '{}' and cardinality(wanted) > (select count(*) from _noetl.family) / 2 then
      wanted := null;
    end if;
  else
    select * into feed from _noetl.unread_since(null, null, null);
  end if;

  next_token := concat_ws(' ', server, extract(epoch from now()), _noetl.page_snapshot(), coalesce(feed.touched, '{}'), feed.unread);
  complete := wanted is null;
  return next;
  if complete then
    return query
    select r.family_id, r.family, r.body, r.at + (select _noetl.interval_setting('staleness')), null::text, null::boolean
    from _noetl.rendered_family(openmetrics, null, feed.touched) as r;
  elsif wanted <> '{}' then
    next_token := null;
    complete := null;
    -- what changes between two pages is mostly what the fold has just kept
    for family_id, family, body, stale_at in
      select k.family_id, k.family, k.body, k.at + (select _noetl.interval_setting('staleness'))
      from _noetl.kept_family(openmetrics, array(select unnest(wanted) except all select unnest(feed.touched))) as k
    loop
      return next;
      wanted := array_remove(wanted, family_id);
    end loop;
    if wanted <> '{}' then
      return query
      select w, r.family, r.body, r.at + (select _noetl.interval_setting('staleness')), null::text, null::boolean
      from unnest(wanted) as w (w)
      left join _noetl.rendered_family(openmetrics, wanted, feed.touched) as r on r.family_id = w;
    end if;
  end if;
  -- and what the clock alone changes, with the time until which it is so
  return query
  select l.family_id, l.family, case when openmetrics then l.openmetrics_body else l.text_body end, l.stale_at, null::text, null::boolean
  from _noetl.live_family as l
  where l.family_id <> all (coalesce(feed.touched, '{}'));
end
$$;

comment on function noetl.page_since(boolean, text, timestamptz) is
  'The page for whoever keeps the one before: which families to replace by their body, or (body null) to take off. The first row has next_token for the next call and says whether this is complete, so that everything kept is to be forgotten; it is without a token, and where much has changed. Rows hold in their order: of two of one family the later. fresh_until: the least stale_at of what is kept. Shows everything committed, as noetl.prometheus_exposition does, and never writes.';

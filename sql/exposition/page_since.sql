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
  -- what has surely been seen: a standby does not list what runs on the primary, and who reads may go on to write
  seen pg_snapshot := case
    when pg_is_in_recovery() or pg_current_xact_id_if_assigned() is not null then
      format('%1$s:%1$s:', least(pg_snapshot_xmin(pg_current_snapshot()), pg_current_xact_id_if_assigned()))::pg_snapshot
    else pg_current_snapshot()
  end;
  -- server, time, snapshot, and the families that were not folded then
  last text[] := string_to_array(token, ' ');
  -- another server, or a clock that was set back, and the token says nothing
  known boolean := coalesce(last[1] = server and last[2]::numeric <= extract(epoch from now()), false);
  unfolded integer[];
  wanted integer[];
begin
  -- no transaction at all has ended since, so nothing is to be asked but the clock
  if known and last[3] = seen::text and not pg_is_in_recovery() and pg_current_xact_id_if_assigned() is null and (fresh_until < now()) is not true then
    next_token := token;
    complete := false;
    return next;
    return;
  end if;

  unfolded := _noetl.unfolded_families();
  if known then
    wanted := _noetl.families_to_render(
      array(select c from _noetl.page_change as c where not pg_visible_in_snapshot(c.xid, last[3]::pg_snapshot)), fresh_until);
    if wanted is not null then
      wanted := array(select unnest(wanted) union select unnest(unfolded) union select unnest(last[4]::integer[]));
    end if;
    -- what stands in another family's lines changes with them
    if openmetrics and wanted <> '{}' and exists (select from _noetl.any_family as f where f.name like '%\_created') then
      wanted := array(
        select unnest(wanted)
        union
        select unnest(array[c.family_id, c.dated_id]) from _noetl.creation as c where wanted && array[c.family_id, c.dated_id]);
    end if;
    -- of most of the page, the whole is read faster than so many parts
    if cardinality(wanted) > (select count(*) from _noetl.family) / 2 then
      wanted := null;
    end if;
  end if;
  next_token := concat_ws(' ', server, extract(epoch from now()), seen, coalesce(unfolded, '{}'));
  complete := wanted is null;
  return next;

  -- what the installation measures of itself is another whenever anybody commits
  if not complete then
    wanted := array(
      select unnest(wanted)
      union
      select f.family_id
      from _noetl.family as f
      where f.starts_at_zero and f.first_series_at is null
        -- what _noetl.live_gauge names, which takes longer to ask
        and (f.name like 'noetl\_%' or f.name in ('ALERTS', 'ALERTS_FOR_STATE') or f.name in (select r.name from _noetl.recording_rule as r)));
  end if;
  return query
  select coalesce(r.family_id, w.family_id), coalesce(r.family, f.name), r.body, r.stale_at, null::text, null::boolean
  from _noetl.rendered_family(openmetrics, wanted, unfolded) as r
  full join unnest(wanted) as w (family_id) on w.family_id = r.family_id
  left join _noetl.family as f on f.family_id = w.family_id;
end
$$;

comment on function noetl.page_since(boolean, text, timestamptz) is
  'The page for whoever keeps the one before: which families to replace by their body, or (body null) to take off. The first row has next_token, for the next call. complete = true: discard what you keep, the other rows are the whole page; so it is without a token, and where much has changed. fresh_until: the least stale_at of what you keep. Shows everything committed, as noetl.prometheus_exposition does, and never writes.';

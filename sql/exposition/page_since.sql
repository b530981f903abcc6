create or replace function noetl.page_since(openmetrics boolean, token text default null, fresh_until timestamptz default null)
returns table (family_id integer, family text, body text, stale_at timestamptz, next_token text, complete boolean)
language plpgsql
stable
parallel unsafe
security definer
rows 100
set search_path = pg_catalog, pg_temp
set jit = off
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  server text := extract(epoch from pg_postmaster_start_time()) || '/' || (select d.oid from pg_database as d where d.datname = current_database());
  -- server, time, snapshot, families that were touched then
  last text[] := string_to_array(token, ' ');
  -- no transaction at all has ended since, so nothing is to be asked but the clock
  idle boolean := coalesce(last[1] = server and last[3] = pg_current_snapshot()::text and pg_current_xact_id_if_assigned() is null, false);
  touched integer[] := case when idle then nullif(last[4], '{}')::integer[] else _noetl.touched_families() end;
  wanted integer[];
begin
  -- another server, or a clock that was set back, and the token says nothing
  if last[1] = server and last[2]::numeric <= extract(epoch from now()) then
    wanted := _noetl.outdated_families(last[3]::pg_snapshot, fresh_until);
  end if;
  if wanted is not null then
    if not idle or fresh_until < now() then
      wanted := wanted || touched || last[4]::integer[];
    end if;
    if wanted <> '{}' then
      wanted := array(select distinct unnest(wanted));
      -- of most of the page, the whole is read faster than so many parts
      if cardinality(wanted) > (select count(*) from _noetl.family) / 2 then
        wanted := null;
      end if;
    end if;
  end if;

  next_token := concat_ws(' ', server, extract(epoch from now()), _noetl.page_snapshot(), coalesce(touched, '{}'));
  complete := wanted is null;
  return next;
  if complete then
    return query
    select r.family_id, r.family, r.body, r.at + (select _noetl.interval_setting('staleness')), null::text, null::boolean
    from _noetl.rendered_family(openmetrics, null, touched) as r;
    return;
  end if;
  if wanted <> '{}' then
    return query
    select w, r.family, r.body, r.at + (select _noetl.interval_setting('staleness')), null::text, null::boolean
    from unnest(wanted) as w (w)
    left join _noetl.rendered_family(openmetrics, wanted, touched) as r on r.family_id = w;
  end if;
  return query
  select l.family_id, l.family, l.body, null::timestamptz, null::text, null::boolean
  from _noetl.live_family(openmetrics) as l
  where l.family_id <> all (wanted);
end
$$;

comment on function noetl.page_since(boolean, text, timestamptz) is
  'The page for whoever keeps the one before: which families to replace by their body, or (body null) to take off. The first row has next_token for the next call and says whether this is complete, so that everything kept is to be forgotten; it is without a token, and where much has changed. fresh_until: the least stale_at of what is kept. Shows everything committed, as noetl.prometheus_exposition does, and never writes.';

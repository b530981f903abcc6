create or replace function _noetl.present_samples(inout at_ms bigint[], inout vals double precision[], ended smallint[], skipped integer)
returns record
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  -- most lines were there all the time
  if array_position(vals, null) is null then
    return;
  end if;
  select array_agg(u.ms order by u.nth), array_agg(u.val order by u.nth)
  into at_ms, vals
  from unnest(at_ms, vals) with ordinality as u (ms, val, nth)
  where u.val is not null or u.nth + skipped = any (ended);
end
$$;

comment on function _noetl.present_samples(bigint[], double precision[], smallint[], integer) is
  'Of times and values those at which the line was there or was found to have ended, when the value stays null; null: there are none. ended: positions counted from so many before the first.';

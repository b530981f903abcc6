create or replace function noetl.close_rollups(at timestamptz default now())
returns text[]
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  patience timestamptz := clock_timestamp() + _noetl.interval_setting('maintenance_patience');
  next record;
  closed text[] := array[]::text[];
begin
  perform pg_advisory_xact_lock(_noetl.fold_lock());
  perform noetl.fold();
  loop
    -- an hour is 3600 s, a day as soon as its hours are made; up to a day at a time
    select p.level, p.closed_until as since, least(p.closed_until + interval '1 day', date_bin(make_interval(secs => p.level), l.until, 'epoch')) as until
    into next
    from _noetl.rollup_progress as p
    cross join lateral (
      select case p.level when 3600 then at else (select h.closed_until from _noetl.rollup_progress as h where h.level = 3600) end as until
    ) as l
    where p.closed_until + make_interval(secs => p.level) <= l.until
    order by p.level desc
    limit 1;
    exit when not found or clock_timestamp() > patience;
    perform _noetl.close_level(next.level, next.since, next.until);
    closed := closed || format('%s from %s to %s', case next.level when 3600 then '1h' else '1d' end, next.since, next.until);
  end loop;
  return closed;
end
$$;

comment on function noetl.close_rollups(timestamptz) is
  'Makes the history of the hours and days that are over out of minutes and hours, for at most the setting maintenance_patience; returns which. Until then series_history() reads the finer level. Folds first, and nobody else can meanwhile.';

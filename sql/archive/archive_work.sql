create or replace function _noetl.archive_work(at timestamptz)
returns table (place integer, what text, bundle integer, level text, from_at timestamptz, until timestamptz, clock bigint)
language plpgsql
stable
parallel safe
security definer
rows 10
set search_path = pg_catalog, pg_temp
set jit = off
as $$
#variable_conflict use_column
declare
  length interval := _noetl.block_length(_noetl.interval_setting('scrape_interval'));
  week constant interval := interval '168 hours';
  monday constant timestamptz := timestamptz '1970-01-05 00:00+00';
  full_until timestamptz := at - _noetl.interval_setting('thin_after');
begin
  -- a block is over when a scrape has been made after it: the scrape before the next one always stays
  return query
  select 1, 'close', s.bundle, 'full', date_bin(length, s.first_at, monday), date_bin(length, s.first_at, monday) + length, null::bigint
  from (
    select b.bundle, b.last_at, (select min(r.at) from _noetl.scrape as r where r.bundle = b.bundle) as first_at
    from (
      select p.bundle, min(s.last_at) as last_at
      from _noetl.place as p
      join _noetl.scraper as s using (scraper)
      where p.place = 1
      group by p.bundle
    ) as b
  ) as s
  where date_bin(length, s.first_at, monday) + length <= s.last_at;

  if exists (
    select from _noetl.place as p
    where not p.live and p.line_id is not null and not exists (select from _noetl.scrape as s where s.bundle = p.bundle and s.at <= p.ended_at))
  then
    return query select 2, 'places', null::integer, null::text, null::timestamptz, null::timestamptz, null::bigint;
  end if;

  -- what is to be dropped soon anyway stays as it is
  if _noetl.is_thinned() then
    return query
    select 3, 'thin', null::integer, 'full', c.from_at, c.until_at, c.clock
    from _noetl.chunk as c
    where c.level = 'full' and c.line_id = 0 and c.until_at < full_until;
    return query
    select distinct 4, 'merge', null::integer, 'thinned', date_bin(week, c.from_at, monday), date_bin(week, c.from_at, monday) + week, null::bigint
    from _noetl.chunk as c
    where c.level = 'thinned' and c.line_id = 0 and c.from_at > date_bin(week, c.from_at, monday)
      and date_bin(week, c.from_at, monday) + week < full_until;
  end if;

  return query
  select 5, 'merge', null::integer, 'imported', n.from_at, n.from_at + interval '6 hours', null::bigint
  from _noetl.imported_block as n
  group by n.from_at
  having count(*) > 100 or max(n.imported_at) < at - interval '5 minutes';

  if exists (select from _noetl.forgotten_line(at)) then
    return query select 6, 'lines', null::integer, null::text, null::timestamptz, null::timestamptz, null::bigint;
  end if;
end
$$;

comment on function _noetl.archive_work(timestamptz) is
  'What compacting has to do at a moment, the most urgent first by place: blocks of bundles to close, places to free, blocks to thin, blocks whose chunks to merge, and lines to forget. Each row is a step of less than a second, or several.';

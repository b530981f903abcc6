create or replace function noetl.scrape(at timestamptz default null)
returns timestamptz
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  stored_at timestamptz;
begin
  perform _noetl.take_lock('fold');
  if exists (select from _noetl.scraper as s where s.scraper = 0 and s.scrapes > 0 and s.last_at >= scrape.at) then
    raise exception 'at: must be later than the last scrape' using errcode = 'invalid_parameter_value';
  end if;
  perform noetl.fold();
  -- what is committed from here on is of the next scrape
  insert into _noetl.fold_run (until) select f.snapshot from _noetl.feed as f;
  stored_at := _noetl.store_scrape(0, coalesce(at, clock_timestamp()));
  delete from _noetl.fold_run;
  return stored_at;
end
$$;

comment on function noetl.scrape(timestamptz) is
  'Folds, and stores the value of every line of the page in the archive, all of one snapshot and one time, which it returns in whole milliseconds. Ticks do it each scrape_interval; it may be called at any other time, too, and from pg_cron. at: the time to give them; null: now.';

create or replace function _noetl.scrape_once(
  beat timestamptz default _noetl.next_beat(_noetl.interval_setting('scrape_interval')) - _noetl.interval_setting('scrape_interval'))
returns timestamptz
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  perform _noetl.take_lock('fold');
  if exists (select from _noetl.scraper as s where s.scraper = 0 and s.scrapes > 0 and s.last_at between beat and clock_timestamp()) then
    return null;
  end if;
  return noetl.scrape();
end
$$;

comment on function _noetl.scrape_once(timestamptz) is
  'Scrapes unless somebody has since that beat, however many servers ask for it; returns the time, null: not needed.';

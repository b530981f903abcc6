create or replace function _noetl.forwarding_ceiling(scraper integer, last_at timestamptz, not_after timestamptz)
returns timestamptz
language sql
stable
parallel safe
return case
  when last_at <= not_after then last_at
  else (
    select max(s.at)
    from _noetl.scrape as s
    where s.at <= not_after and s.bundle in (select p.bundle from _noetl.place as p where p.scraper = forwarding_ceiling.scraper and p.place = 1))
end;

comment on function _noetl.forwarding_ceiling(integer, timestamptz, timestamptz) is
  'The time of the last scrape of a scraper that is not later than a moment, if its block is open; last_at: of its last scrape. Scrapes that are dated later may be given other times, which are later than this one.';

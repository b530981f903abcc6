create or replace function _noetl.scrape_time(previous timestamptz, at timestamptz)
returns timestamptz
language sql
immutable
parallel safe
return greatest(date_trunc('milliseconds', at), date_trunc('milliseconds', previous) + interval '1 millisecond');

comment on function _noetl.scrape_time(timestamptz, timestamptz) is
  'The time of a scrape that is made at a moment, after the previous one of its scraper (null: none): in whole milliseconds, and later than that.';

create or replace function _noetl.begin_lines(scraper integer, keys text[], counters boolean[], since timestamptz)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  perform _noetl.take_places(
    scraper, _noetl.add_lines(array_agg(i.name order by i.nth), array_agg(i.labels order by i.nth), counters, since, 'infinity'), keys)
  from _noetl.line_identity(keys) as i;
end
$$;

comment on function _noetl.begin_lines(integer, text[], boolean[], timestamptz) is
  'Gives lines, by all that stands before their values, a row of _noetl.line where they have none, and a place of a scraper.';

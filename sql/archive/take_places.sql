create or replace function _noetl.take_places(scraper integer, line_ids integer[], keys text[])
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  bundle_size constant integer := 240;
  free bigint := (select count(*) from _noetl.place as p where p.scraper = take_places.scraper and p.line_id is null);
begin
  -- the caller holds the lock of the scraper, but another one may add a bundle of its own
  if free < cardinality(line_ids) then
    lock table _noetl.place in share row exclusive mode;
    insert into _noetl.place (bundle, place, scraper)
    select (select coalesce(max(p.bundle), 0) from _noetl.place as p) + b, n, take_places.scraper
    from generate_series(1, ceil((cardinality(line_ids) - free) / bundle_size::numeric)::integer) as b
    cross join generate_series(1, bundle_size) as n;
  end if;
  update _noetl.place as p
  set line_id = taken.line_id, key = taken.key
  from (
    select f.bundle, f.place, l.line_id, l.key
    from (
      select p.bundle, p.place, row_number() over (order by p.bundle, p.place) as nth
      from _noetl.place as p
      where p.scraper = take_places.scraper and p.line_id is null
    ) as f
    join unnest(line_ids, keys) with ordinality as l (line_id, key, nth) using (nth)
  ) as taken
  where p.bundle = taken.bundle and p.place = taken.place;
end
$$;

comment on function _noetl.take_places(integer, integer[], text[]) is
  'Gives each of these lines a free place of a scraper, of a new bundle where the bundles are full. The caller holds the lock of the scraper.';

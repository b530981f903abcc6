create or replace function _noetl.redate_scrapes(scraper integer, at timestamptz)
returns timestamptz
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  bundles integer[] := array(select distinct p.bundle from _noetl.place as p where p.scraper = redate_scrapes.scraper);
  wrong timestamptz[] := array(
    select distinct date_trunc('milliseconds', s.at) as at from _noetl.scrape as s where s.bundle = any (bundles) and s.at >= redate_scrapes.at order by at);
  sound timestamptz := (select max(s.at) from _noetl.scrape as s where s.bundle = any (bundles) and s.at < redate_scrapes.at);
  room interval := least((at - sound) / (cardinality(wrong) + 1), _noetl.interval_setting('scrape_interval'));
begin
  room := coalesce(room, _noetl.interval_setting('scrape_interval'));
  if room < interval '1 millisecond' then
    return wrong[cardinality(wrong)]; -- the clock was ahead by next to nothing
  end if;
  -- from the earliest on: each goes to where none is any more
  for i in 1 .. cardinality(wrong) loop
    update _noetl.scrape as s
    set at = date_trunc('milliseconds', redate_scrapes.at - room * (cardinality(wrong) + 1 - i))
    where s.bundle = any (bundles) and s.at = wrong[i];
  end loop;
  update _noetl.line as l
  set first_at = least(l.first_at, coalesce(sound, date_trunc('milliseconds', redate_scrapes.at - room * cardinality(wrong)))),
    last_at = case when l.last_at = 'infinity' then l.last_at else least(l.last_at, redate_scrapes.at) end
  where (l.first_at >= redate_scrapes.at or l.last_at >= redate_scrapes.at and l.last_at < 'infinity')
    and l.line_id in (select p.line_id from _noetl.place as p where p.scraper = redate_scrapes.scraper);
  update _noetl.place as p set ended_at = redate_scrapes.at where p.scraper = redate_scrapes.scraper and p.ended_at >= redate_scrapes.at;
  return case when wrong = '{}' then sound else date_trunc('milliseconds', redate_scrapes.at - room) end;
end
$$;

comment on function _noetl.redate_scrapes(integer, timestamptz) is
  'After the clock was set back: the scrapes that it has dated later than now keep their order and their values, but move to before now, as far apart as there is room for, at most an interval. Returns the time of the last of them. So time goes on from now, without a hole as long as the clock was ahead.';

create or replace function _noetl.store_scrape(
  scraper integer, at timestamptz, keys text[] default '{}', vals double precision[] default '{}', counters boolean[] default '{}')
returns timestamptz
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
-- arrays look small to the planner: every join here is one of thousands of rows
set enable_nestloop = off
set jit = off
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  previous timestamptz;
  moment timestamptz;
  has_new boolean;
  changed integer[];
  began integer[];
  ended integer[];
begin
  select case when s.scrapes > 0 or s.last_at < at then s.last_at end into previous
  from _noetl.scraper as s
  where s.scraper = store_scrape.scraper
  for no key update;
  if previous >= at + interval '1 second' then
    previous := _noetl.redate_scrapes(scraper, at);
  end if;
  moment := _noetl.scrape_time(previous, at);

  for pass in 1 .. 2 loop
    with bundle as materialized (
      -- as many lines as the page has go through here: one pass, and no more done for each than must be
      select f.bundle, array_agg(f.value) as vals, count(f.value) as present, count(*) filter (where f.live) as live,
        count(*) filter (where (f.value is not null) <> f.live) as changed
      from (
        select p.bundle, p.place, p.live, s.value
        from (select p.* from _noetl.place as p where p.scraper = store_scrape.scraper) as p
        full join (
          select v.key, v.value from _noetl.page_value as v where scraper = 0
          union all
          select u.key, u.value from unnest(keys, vals) as u (key, value)
        ) as s on s.key collate "C" = p.key collate "C"
        order by p.bundle, p.place
        offset 0
      ) as f
      group by f.bundle
    ),
    stored as (
      insert into _noetl.scrape as s (bundle, at, vals)
      select b.bundle, moment, b.vals
      from bundle as b
      where b.bundle is not null and (b.present > 0 or b.live > 0)
      on conflict (bundle, at) do update set vals = excluded.vals
    )
    select array_agg(b.bundle) filter (where b.changed > 0), coalesce(bool_or(b.bundle is null), false)
    into changed, has_new
    from bundle as b;
    exit when not has_new;
    perform _noetl.begin_lines(scraper, array_agg(s.key order by s.key collate "C"), array_agg(s.counter order by s.key collate "C"), coalesce(previous, moment))
    from (
      select v.key, v.counter from _noetl.page_value as v where scraper = 0
      union all
      select u.key, u.counter from unnest(keys, counters) as u (key, counter)
    ) as s
    where not exists (select from _noetl.place as p where p.scraper = store_scrape.scraper and p.key collate "C" = s.key collate "C");
  end loop;

  if changed is not null then
    update _noetl.scrape as s
    set ended = e.places
    from (
      select p.bundle, array_agg(p.place order by p.place) as places
      from _noetl.scrape as s
      cross join lateral unnest(s.vals) with ordinality as v (val, place)
      join _noetl.place as p on p.bundle = s.bundle and p.place = v.place
      where s.bundle = any (changed) and s.at = moment and v.val is null and p.live
      group by p.bundle
    ) as e
    where s.bundle = e.bundle and s.at = moment;
    select array_agg(p.line_id) filter (where not p.live), array_agg(p.line_id) filter (where p.live)
    into began, ended
    from _noetl.scrape as s
    cross join lateral unnest(s.vals) with ordinality as v (val, place)
    join _noetl.place as p on p.bundle = s.bundle and p.place = v.place
    where s.bundle = any (changed) and s.at = moment and (v.val is not null) <> p.live;
    update _noetl.place as p set live = not p.live, ended_at = case when p.live then moment end
    where p.scraper = store_scrape.scraper and p.line_id = any (began || ended);
    update _noetl.line as l set last_at = moment where l.line_id = any (ended);
    update _noetl.line as l set last_at = 'infinity', first_at = least(l.first_at, moment) where l.line_id = any (began) and l.last_at < 'infinity';
  end if;
  update _noetl.scraper as s set last_at = moment, scrapes = s.scrapes + 1 where s.scraper = store_scrape.scraper;
  if scraper = 0 and began is not null and previous is not null then
    perform _noetl.start_at_zero(began, previous);
  end if;
  return moment;
end
$$;

comment on function _noetl.store_scrape(integer, timestamptz, text[], double precision[], boolean[]) is
  'Stores one scrape, made at a moment by one scraper; returns its time, the moment in milliseconds. Scraper 0 reads the page; another one has its lines given by all that stands before their values. Lines that are new begin, those of the scrape before that are not among them end here.';

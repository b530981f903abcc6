create or replace function noetl.fastest_series(over interval default '5 minutes', most integer default 10)
returns table (series text, per_second double precision, line text)
language sql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  with grown as materialized (
    select l.name, l.labels, h.increase / extract(epoch from over) as per_second,
      l.name || case when l.labels = '{}' then '' else _noetl.labels_text(null, l.labels) end as series
    from _noetl.line_history(
      array(select l.line_id from _noetl.line as l where l.counter and l.last_at = 'infinity' and not l.labels ? 'le'),
      now() - over, now(), over, now() - over) as h
    join _noetl.line as l using (line_id)
    where h.increase > 0
    order by h.increase desc, l.name, l.line_id
    limit most
  )
  select g.series, g.per_second, coalesce(s.line, repeat(' ', 24))
  from grown as g
  -- a rate needs two scrapes in its window, of which one may be late
  left join lateral noetl.sparkline(
    format('rate(%s[%ss])', g.series, ceil(4 * extract(epoch from _noetl.interval_setting('scrape_interval')))), now() - 6 * over, now(), 24) as s on true
  order by g.per_second desc, g.series;
end;

comment on function noetl.fastest_series(interval, integer) is
  'Which running totals on the page grew most in the time over that ends now, by how much a second, and a drawing of their rate in six times as long, as noetl.sparkline() makes it; buckets do not count.';

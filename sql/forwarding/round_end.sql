create or replace function _noetl.round_end(begins timestamptz, batch_samples integer, batch_span interval)
returns timestamptz
language sql
stable
parallel safe
begin atomic
  with open as (
    select
      (
        select min(s.at)
        from _noetl.place as p
        cross join lateral (select s.at from _noetl.scrape as s where s.bundle = p.bundle order by s.at limit 1) as s
        where p.place = 1
      ) as since,
      -- as many scrapes as make five requests
      _noetl.interval_setting('scrape_interval') * greatest(1, 5 * batch_samples / greatest(1, (select count(p.line_id) from _noetl.place as p))) as span
  )
  select begins + case
      when begins + m.span < o.since or o.since is null then m.span
      when begins < o.since - interval '1 millisecond' then o.since - interval '1 millisecond' - begins
      else least(m.span, o.span)
    end
  from open as o
  -- what is scraped of a line goes into one request
  cross join (select least(batch_span, _noetl.interval_setting('scrape_interval') * batch_samples) as span) as m;
end;

comment on function _noetl.round_end(timestamptz, integer, interval) is
  'When a round ends that begins at a time. Closed blocks are read line by line, and the longer the better; open ones scrape by scrape, of all lines.';

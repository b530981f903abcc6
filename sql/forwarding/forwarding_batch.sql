create or replace function _noetl.forwarding_batch(target text)
returns table (late_id bigint, line_id integer, labels text, clock text, at_ms text, vals text)
language plpgsql
stable
parallel safe
rows 1000
set search_path = pg_catalog, pg_temp
set jit = off
as $$
#variable_conflict use_column
declare
  wanted _noetl.forwarding_target;
  ids integer[];
  lowest timestamptz;
  highest timestamptz;
  most_lines bigint;
begin
  select t.* into wanted from _noetl.forwarding_target as t where t.name = forwarding_batch.target;
  -- first, and in the same snapshot: what a round has not found because it was imported later
  return query select b.late_id, b.line_id, b.labels, null::text, b.at_ms, b.vals from _noetl.late_batch(wanted) as b;
  if found or wanted.after_line is null then
    return;
  end if;
  select min(c.at), max(c.until_at), greatest(1, 5 * wanted.batch_samples / greatest(1, ceil(
    extract(epoch from max(c.until_at - c.at)) / extract(epoch from _noetl.interval_setting('scrape_interval'))))::bigint)
  into lowest, highest, most_lines
  from _noetl.forwarding_cursor as c
  where c.target = wanted.name and c.until_at is not null;
  execute format(
    'select array_agg(w.line_id) from (
      select l.line_id from _noetl.line as l where l.line_id > $1 and l.last_at >= $2 and l.first_at <= $3 and %s order by l.line_id limit $4) as w',
    coalesce(_noetl.line_condition(wanted.matchers), 'true'))
  into ids
  using wanted.after_line, lowest, highest, most_lines;

  if ids is not null then
    return query execute format(
      $q$
      select null::bigint, w.line_id, w.labels::text, w.clock,
        case when row_number() over (partition by w.clock order by w.line_id) = 1 then array_to_string(w.at_ms[w.first:w.last], ',') end,
        array_to_string(case when w.first = 1 and w.last = cardinality(w.vals) then w.vals else w.vals[w.first:w.last] end, ',', '')
      from (
        select n.line_id, n.labels, n.at_ms, n.vals, n.first, n.last, n.clock || ' ' || n.first || ' ' || n.last as clock
        from (
          select l.line_id, %s as labels, s.clock, s.at_ms, s.vals,
            -- a 0 that was put before the first sample of a counter goes with that sample, since the scrape that it is dated at has been sent
            width_bucket((extract(epoch from c.at) * 1000)::bigint - (l.zero_at is not distinct from c.at)::integer, s.at_ms) + 1 as first,
            width_bucket((extract(epoch from c.until_at) * 1000)::bigint - (l.zero_at is not distinct from c.until_at)::integer, s.at_ms) as last
          from _noetl.line_samples($2, $3, $4) as s
          join (select l.* from _noetl.line as l where l.line_id = any ($2) offset 0) as l on l.line_id = s.line_id
          left join lateral (select p.scraper from _noetl.place as p where p.line_id = l.line_id and p.scraper <> 0 limit 1) as p on true
          join _noetl.forwarding_cursor as c on c.target = $1 and c.scraper = coalesce(p.scraper, 0) and c.until_at is not null
        ) as n
        where n.first <= n.last
        offset 0
      ) as w
      order by w.line_id
      $q$, _noetl.forwarded_labels(wanted))
    using wanted.name, ids, lowest, highest;
  end if;
  -- how far this goes; null: that was the round
  return query select null::bigint, case when cardinality(ids) = most_lines then ids[most_lines] end, null::text, null::text, null::text, null::text;
end
$$;

comment on function _noetl.forwarding_batch(text) is
  'What to send a target next, up to about five requests. First what was imported late, in rows without clock, beside rows of nothing but a late_id that say what is done with it. If there is none, of the round under way the next lines: labels as a JSON object, times (milliseconds since 1970) and values as lists with commas between them, an empty value being a stale marker; at_ms is null where a row before has the same clock. The last row has neither labels nor late_id, and the line up to which this goes, or null: it ends the round.';

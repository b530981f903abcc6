create or replace function _noetl.sample_batches(node jsonb, steps _noetl.promql_steps, since_ms bigint, until_ms bigint, with_stale boolean, tell_falls boolean default false, takes_packed boolean default false)
returns table (at_ms bigint[], falls boolean, lines _noetl.promql_line[], samples text[], packed _noetl.packed_line[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  -- so many samples are held in memory at a time
  batch_samples constant integer := 1000000;
  since constant timestamptz := to_timestamp(since_ms / 1000.0);
  until constant timestamptz := to_timestamp(until_ms / 1000.0);
  ids integer[];
  others integer[];
  -- at first as if there were one every 15 seconds
  size integer := greatest(1, batch_samples / greatest(1, (until_ms - since_ms) / 15000));
  place integer := 1;
  batch record;
  touched bigint;
begin
  if node ->> 'type' = 'subquery' then
    return query select b.*, null::text[], null::_noetl.packed_line[] from _noetl.subquery_batches(node, steps, since_ms, until_ms, tell_falls) as b;
    return;
  end if;
  ids := array(select l.line_id from _noetl.select_lines(node -> 'matchers', since, until) as l);
  while place <= cardinality(ids) loop
    touched := 0;
    others := ids[place : place + size - 1];
    if takes_packed then
      falls := false;
      lines := null;
      for batch in select p.* from _noetl.packed_samples(others, since, until, tell_falls) as p loop
        perform _noetl.spend_samples(cardinality(batch.at_ms) * cardinality(batch.told)::bigint);
        touched := touched + cardinality(batch.at_ms) * cardinality(batch.told)::bigint;
        at_ms := batch.at_ms;
        samples := batch.samples;
        packed := batch.lines;
        return next;
        others := array(select unnest(others) except all select unnest(batch.told));
      end loop;
      samples := null;
      packed := null;
    end if;
    place := place + size;
    if others = '{}' then
      size := greatest(1, least(batch_samples / greatest(1, touched / size), 100000));
      continue;
    end if;
    for batch in
      with found as materialized (
        select l.name, l.labels, n.at_ms, n.vals, case when n.is_whole then s.clock else -s.line_id end as clock,
          tell_falls and exists (
            select from (select unnest(n.vals) as val, unnest(n.vals[2:]) as next) as u where u.next < u.val and u.val <> 'NaN') as falls
        from _noetl.line_samples(others, since, until) as s
        join _noetl.line as l on l.line_id = s.line_id
        cross join lateral (
          select true as is_whole, s.at_ms, s.vals
          where with_stale or array_position(s.vals, null) is null
          union all
          select false, array_agg(u.at_ms order by u.at_ms), array_agg(u.val order by u.at_ms)
          from unnest(s.at_ms, s.vals) as u (at_ms, val)
          where not with_stale and array_position(s.vals, null) is not null and u.val is not null
          having count(*) > 0
        ) as n
      ),
      sharing as (
        select f.clock from found as f group by f.clock having count(*) >= 8
      )
      select
        s.clock,
        f.falls,
        case when s.clock is not null then min(f.at_ms) end as at_ms,
        array_agg(row(f.name, f.labels, case when s.clock is null then f.at_ms end, f.vals)::_noetl.promql_line) as lines,
        sum(cardinality(f.vals)) as samples
      from found as f
      left join sharing as s on s.clock = f.clock
      group by s.clock, f.falls
    loop
      perform _noetl.spend_samples(batch.samples);
      touched := touched + batch.samples;
      at_ms := batch.at_ms;
      falls := batch.falls;
      lines := batch.lines;
      return next;
    end loop;
    size := greatest(1, least(batch_samples / greatest(1, touched / size), 100000));
  end loop;
end
$$;

comment on function _noetl.sample_batches(jsonb, _noetl.promql_steps, bigint, bigint, boolean, boolean, boolean) is
  'The samples of the lines that a selector names, or of a subquery''s series, between two times (Unix milliseconds, both included), up to some thousand lines a row. at_ms: the times that all of a row''s lines have in common; null: each has its own. tell_falls: falls says whether a value of these lines is lower than the one before, as a counter''s after a reset. with_stale = false leaves the marks of staleness out. takes_packed: lines may also come as _noetl.packed_samples() gives them, in packed and samples.';

create or replace function _noetl.late_batch(wanted _noetl.forwarding_target)
returns table (late_id bigint, line_id integer, labels text, at_ms text, vals text)
language plpgsql
stable
parallel safe
rows 100
set search_path = pg_catalog, pg_temp
set jit = off
as $$
#variable_conflict use_column
begin
  return query execute format(
    $q$
    with late as materialized (
      select s.late_id, s.line_ids, s.at_ms, s.vals from _noetl.late_samples as s where s.target = $1 order by s.late_id limit 5
    ),
    given as materialized (
      select max(a.late_id) as late_id, u.line_id, array_agg(u.ms order by u.ms) as at_ms, array_agg(u.val order by u.ms) as vals
      from late as a
      cross join lateral unnest(a.line_ids, a.at_ms, a.vals) as u (line_id, ms, val)
      group by u.line_id
    ),
    passed as (
      select g.late_id, g.line_id, %1$s as labels, array_agg(u.ms order by u.ms) as at_ms, array_agg(u.val order by u.ms) as vals
      from given as g
      join _noetl.line as l on l.line_id = g.line_id
      left join lateral (select p.scraper from _noetl.place as p where p.line_id = l.line_id and p.scraper <> 0 limit 1) as p on true
      left join _noetl.forwarding_cursor as c on c.target = $1 and c.scraper = coalesce(p.scraper, 0)
      cross join lateral unnest(g.at_ms, g.vals) as u (ms, val)
      where u.ms <= extract(epoch from case when l.line_id <= $2 then coalesce(c.until_at, c.at) else coalesce(c.at, $3) end) * 1000 and %2$s
      group by g.late_id, g.line_id, l.name, l.labels
    )
    select a.late_id, null::integer, null::text, null::text, null::text from late as a
    union all
    select null, p.line_id, p.labels::text, array_to_string(p.at_ms, ','), array_to_string(p.vals, ',', '') from passed as p
    $q$,
    _noetl.forwarded_labels(wanted), coalesce(_noetl.line_condition(wanted.matchers), 'true'))
  using wanted.name, coalesce(wanted.after_line, 0), wanted.started_at;
end
$$;

comment on function _noetl.late_batch(_noetl.forwarding_target) is
  'The next rows of _noetl.late_samples, each by its late_id alone, and of what they hold the samples that the cursor has passed, a row for each line. The others stand in the archive, and whoever reads it in this snapshot or a later one finds them.';

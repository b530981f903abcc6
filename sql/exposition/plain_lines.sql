create or replace function _noetl.plain_lines(openmetrics boolean, wanted integer[], apart integer[])
returns table (family_id integer, samples bigint, lines text, at timestamptz)
language plpgsql
stable
parallel safe
rows 100
set search_path = pg_catalog, pg_temp
-- the index has the lines in their order: to sort them costs as much as all the rest
set enable_sort = off
set enable_seqscan = off
set enable_bitmapscan = off
as $$
#variable_conflict use_column
declare
  -- looked at for every line
  stale_before timestamptz := now() - _noetl.interval_setting('staleness');
  offline bigint[] := array(select r.runtime_id from noetl.runtime as r where r.status = 'offline');
  keeping bigint[] := array(select r.runtime_id from noetl.runtime as r where r.keeps_values);
begin
  return query
  select f.family_id, l.samples, l.lines, case when f.goes_stale then l.at end
  from (
    select f.family_id, f.metric_type <> 'counter' as goes_stale
    from _noetl.family as f
    where (wanted is null or f.family_id = any (wanted))
      and f.family_id <> all (apart)
  ) as f
  cross join lateral (
    select count(*) as samples, string_agg(p.line, '') as lines, min(p.at) as at
    from (
      select
        s.prefix || ' ' || _noetl.float_text(coalesce(s.value + s.increments, s.value, s.increments))
          || case when openmetrics then coalesce(_noetl.exemplar_text(s.exemplar), '') || E'\n' else E'\n' end as line,
        case when s.runtime_id <> all (keeping) then s.at end as at
      from _noetl.state as s
      where s.family_id = f.family_id
        and s.part = 'v'
        and (s.value is not null or s.increments is not null)
        and _noetl.is_shown(s.runtime_id, s.at, f.goes_stale, stale_before, offline, keeping)
      order by s.sort_key
    ) as p
  ) as l
  where l.samples > 0;
end
$$;

comment on function _noetl.plain_lines(boolean, integer[], integer[]) is
  'The lines of these families, or (null) of every family but those apart, of counters and gauges as of the last fold, where no other series writes the same one: what most of most pages is, from state alone. at as in _noetl.family_lines().';

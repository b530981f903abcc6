create or replace function _noetl.history_level(since timestamptz, step interval)
returns table (level integer, name text, seconds double precision)
language sql
stable
parallel safe
rows 1
begin atomic
  select l.level, l.name,
    case when l.level = 0 then s.seconds else l.level * greatest(1, ceil(s.seconds / l.level)) end
  from (values (0, 'raw'), (60, '1m'), (3600, '1h'), (86400, '1d')) as l (level, name)
  join _noetl.partitioned_table as t on t.level = l.name
  cross join lateral (select coalesce(extract(epoch from step), 60)::double precision as seconds) as s
  where (since >= now() - t.retention or l.level = 86400)
    and (l.level > 0 or s.seconds > 0 and s.seconds < 60)
  order by l.level
  limit 1;
end;

comment on function _noetl.history_level(timestamptz, interval) is
  'The finest level that still holds what began at since, and the step that it can give, in seconds. Samples themselves are read for steps below a minute only: minutes lose nothing of longer ones.';

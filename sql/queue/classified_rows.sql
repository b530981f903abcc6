create or replace function _noetl.classified_rows(source _noetl.tracking_source, origin text, sign integer)
returns text
language sql
immutable
parallel safe
return format($sql$select c.class, c.member, c.jobs,
  case
    when c.class in ('b', 'u', 'w', 'f') or c.due is null then '-infinity'
    when c.class in ('r', 's', 'y') then c.due + interval '1 microsecond'
    else c.due
  end as due
from (
  select (%2$s)::"char" as class, coalesce((%3$s)::text, '') as member, (%4$s)::timestamptz as due, %5$s::bigint as jobs
  from %1$s as j
  where %6$s
) as c
where c.class is not null$sql$, origin, (source).class, (source).member, (source).due, sign, (source).live);

comment on function _noetl.classified_rows(_noetl.tracking_source, text, integer) is
  'A query for what rows of a tracked table, which lie in origin, add to (sign 1) or take from (-1) its counts: class, member, jobs, due, as in _noetl.queue_change. A lease is over just after its last moment.';

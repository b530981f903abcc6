create or replace function _noetl.classified_rows(source _noetl.tracking_source, origin text, sign integer)
returns text
language sql
immutable
parallel safe
return format($sql$select (%2$s)::"char" as class, coalesce((%3$s)::text, '') as member, (%4$s)::timestamptz as due, %5$s as jobs
from %1$s as j
where %6$s$sql$, origin, (source).class, (source).member, (source).due, sign, (source).live);

comment on function _noetl.classified_rows(_noetl.tracking_source, text, integer) is
  'A query for what rows of a tracked table, which lie in origin, add to (sign 1) or take from (-1) its counts: class (null: none), member, due as its row gives it (see _noetl.counted_from()), jobs.';

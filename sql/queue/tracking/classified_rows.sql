create or replace function _noetl.classified_rows(origin text, state text, member text, due text, sign integer)
returns text
language sql
immutable
parallel safe
return format($sql$select (%2$s)::text as state, %3$s as member, (%4$s)::timestamptz as due, %5$s as jobs
from %1$s as j$sql$, origin, state, member, due, sign);

comment on function _noetl.classified_rows(text, text, text, text, integer) is
  'A query for what rows of a tracked table, which lie in origin, add to (sign 1) or take from (-1) its counts: state (null: none), member, due as its row gives it (see _noetl.counted_from()), jobs.';

create or replace function _noetl.ended_query(library jsonb, ended jsonb)
returns text
language sql
immutable
parallel safe
return format($sql$select %1$s as member, %2$s as operation, %3$s as outcome,
  extract(epoch from clock_timestamp() - %4$s)::double precision as duration_seconds,
  extract(epoch from %4$s - %5$s)::double precision as wait_seconds
from old_jobs as j
%6$s
where %7$s$sql$,
  coalesce(ended ->> 'queue', 'null::text'), coalesce(ended ->> 'operation', 'null::text'), ended ->> 'outcome',
  coalesce(_noetl.zoned(ended ->> 'started', library ->> 'zone'), 'null::timestamptz'),
  coalesce(_noetl.zoned(ended ->> 'since', library ->> 'zone'), 'null::timestamptz'),
  ended ->> 'joins', ended ->> 'when');

comment on function _noetl.ended_query(jsonb, jsonb) is
  'The query for jobs that a statement ended without a trace in a table, by the rows old_jobs that it changed or deleted, as _noetl.record_outcomes() takes them.';

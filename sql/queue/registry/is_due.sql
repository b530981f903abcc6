create or replace function _noetl.is_due(options jsonb)
returns text
language sql
immutable
parallel safe
return case
  when options ->> 'run_at' is null then 'true'
  else format('(%1$s <= %2$s or %1$s is null)', options ->> 'run_at', _noetl.clock_option(options, 'run_at', '$1'))
end;

comment on function _noetl.is_due(jsonb) is 'The condition that a queued row is due at $1. No time: it is due at once.';

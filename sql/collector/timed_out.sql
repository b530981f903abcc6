create or replace function _noetl.timed_out()
returns boolean
language sql
stable
parallel restricted
begin atomic
  select g.setting::bigint > 0 and clock_timestamp() >= statement_timestamp() + g.setting::bigint * interval '1 millisecond'
  from pg_settings as g
  where g.name = 'statement_timeout';
end;

comment on function _noetl.timed_out() is 'Whether the current statement has run for statement_timeout, so that its end was not somebody''s wish.';

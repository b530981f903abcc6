create or replace function _noetl.outcome_statement(queue _noetl.queue)
returns text
language sql
stable
parallel unsafe
begin atomic
  select coalesce(
    'select coalesce(jsonb_agg(to_jsonb(o)), ''[]''), pg_current_snapshot() from (' || _noetl.queue_outcome(queue) || ') as o',
    'select ''[]''::jsonb, pg_current_snapshot() where $1 is not null or $2 is not null');
end;

comment on function _noetl.outcome_statement(_noetl.queue) is 'The query for a queue''s new outcomes, as one array, and the snapshot that it saw.';

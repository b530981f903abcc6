create or replace function _noetl.outcome_statement(queue _noetl.queue)
returns text
language sql
stable
parallel unsafe
begin atomic
  select 'select coalesce(jsonb_agg(to_jsonb(o)), ''[]''), pg_current_snapshot() from (' || _noetl.queue_outcome(queue) || ') as o';
end;

comment on function _noetl.outcome_statement(_noetl.queue) is 'The query for a queue''s new outcomes, as one array, and the snapshot that it saw; null: they cannot be read from its tables.';

create or replace function _noetl.outcome_statement(queue _noetl.queue)
returns text
language sql
stable
parallel unsafe
begin atomic
  select 'select coalesce(jsonb_agg(to_jsonb(o)), ''[]''), pg_current_snapshot() from ' || _noetl.as_reader(_noetl.queue_reader(queue, o.sql), o.sql,
    '{member text,operation text,outcome text,duration_seconds double precision,wait_seconds double precision}', '$1, $2') || ' as o'
  from (select _noetl.queue_outcome(queue)) as o (sql)
  where o.sql is not null;
end;

comment on function _noetl.outcome_statement(_noetl.queue) is 'The query for a queue''s new outcomes, as one array, and the snapshot that it saw; null: they cannot be read from its tables.';

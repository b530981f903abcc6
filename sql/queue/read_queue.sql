create or replace function _noetl.read_queue(queue _noetl.queue, at timestamptz default clock_timestamp())
returns setof _noetl.queue_reading
language sql
stable
parallel unsafe
rows 10
begin atomic
  select r.* from _noetl.read_queue_as(queue, at, _noetl.is_tracked(queue)) as r;
end;

comment on function _noetl.read_queue(_noetl.queue, timestamptz) is
  'Reads a queue as of a moment that is not long past, one row for each queue in it; those that held jobs before are there with 0. Never writes. Its errors are those of the tables. How long it may take is the caller''s statement_timeout.';

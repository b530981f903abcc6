create or replace function _noetl.queue_lock()
returns integer
language sql
immutable
parallel safe
return 1852797041;

comment on function _noetl.queue_lock() is 'The first key of the advisory lock under which one queue is collected or counted anew; the second is its queue_id.';

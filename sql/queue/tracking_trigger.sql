create or replace function _noetl.tracking_trigger(queue _noetl.queue, operation text)
returns text
language sql
immutable
parallel safe
return format('create trigger noetl_track_%1$s_%2$s after %2$s on %3$s%4$s for each statement execute function _noetl_track.queue_%1$s_%2$s()',
  (queue).queue_id, operation, (queue).relation,
  case operation
    when 'insert' then ' referencing new table as new_jobs'
    when 'update' then ' referencing old table as old_jobs new table as new_jobs'
    when 'delete' then ' referencing old table as old_jobs'
    else ''
  end);

comment on function _noetl.tracking_trigger(_noetl.queue, text) is 'The trigger for one operation on a tracked queue''s table, as text.';

create or replace function _noetl.read_relations(queue _noetl.queue)
returns text[]
language sql
stable
parallel safe
return case (queue).adapter
  when 'table' then array[(queue).relation]
  else _noetl.named_relations(_noetl.tracked_queue_count(queue), (queue).options ->> 'schema')
end;

comment on function _noetl.read_relations(_noetl.queue) is 'The relations that a reading of a tracked queue looks into, by name.';

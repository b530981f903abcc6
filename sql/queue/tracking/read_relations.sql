create or replace function _noetl.read_relations(queue _noetl.queue, library jsonb)
returns text[]
language sql
stable
parallel safe
return case (queue).adapter
  when 'table' then array[(queue).relation]
  else _noetl.named_relations(_noetl.reading_query(queue, library, true), (queue).options ->> 'schema')
end;

comment on function _noetl.read_relations(_noetl.queue, jsonb) is 'The relations that a reading of a tracked queue looks into, by name.';

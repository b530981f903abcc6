create or replace function _noetl.is_indexable(queue _noetl.queue, expression text)
returns boolean
language sql
immutable
parallel safe
return coalesce(case (queue).adapter
  when 'table' then not coalesce((queue).options -> 'unindexed' ? expression, false)
  else expression ~ '^j\.("[^"]+"|\w+)(::\w+)?$' end, false);

comment on function _noetl.is_indexable(_noetl.queue, text) is
  'Whether an index on an expression over a queue''s table is advised: of a library''s on its plain columns, of one''s own on all that can have one; false for null.';

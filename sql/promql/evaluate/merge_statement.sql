create or replace function _noetl.merge_statement(statement text)
returns text
language sql
immutable
parallel safe
return format('select r.name, r.labels, case when count(*) = 1 then min(r.vals) else _noetl.merged_values(array_agg(r.vals)) end
  from (%s) as r group by r.name, r.labels', statement);

comment on function _noetl.merge_statement(text) is
  'A statement that gives series, as one that makes a single series of those with the same labels; see _noetl.merged_values().';

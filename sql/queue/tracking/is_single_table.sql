create or replace function _noetl.is_single_table(library jsonb)
returns boolean
language sql
stable
parallel safe
begin atomic
  select jsonb_array_length(library -> 'tables') = 1 and count(*) = 1 and bool_and(c.relkind = 'r')
  from _noetl.tracking_tree(array[_noetl.library_table(library, library #> '{tables,0}')]) as t
  join pg_class as c on c.oid = t.oid;
end;

comment on function _noetl.is_single_table(jsonb) is
  'Whether all jobs of a queue lie in one table without partitions, so that truncating it is the end of them all.';

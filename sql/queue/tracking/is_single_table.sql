create or replace function _noetl.is_single_table(queue _noetl.queue, source _noetl.tracking_source)
returns boolean
language sql
stable
parallel safe
begin atomic
  select (queue).adapter not in ('pgmq', 'solid_queue') and (
    select count(*) = 1 and bool_and(c.relkind = 'r')
    from _noetl.tracking_tree(array[(source).relation]) as t
    join pg_class as c on c.oid = t.oid);
end;

comment on function _noetl.is_single_table(_noetl.queue, _noetl.tracking_source) is
  'Whether all jobs of a queue lie in one table without partitions, so that truncating it is the end of them all.';

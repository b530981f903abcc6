create or replace function _noetl.tracking_tree(relations text[])
returns table (root oid, oid oid)
language sql
stable
parallel safe
begin atomic
  with recursive tree (root, oid) as (
    select c.oid, c.oid
    from unnest(relations) as r (name)
    join pg_class as c on c.oid = to_regclass(r.name)
    union all
    select t.root, i.inhrelid
    from tree as t
    join pg_inherits as i on i.inhparent = t.oid
  )
  select t.root, t.oid from tree as t;
end;

comment on function _noetl.tracking_tree(text[]) is
  'The tables of these names that are there, and their partitions to any depth: whatever a statement can name to change their rows.';

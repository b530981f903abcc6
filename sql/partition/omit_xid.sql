create or replace function _noetl.omit_xid(copy regclass)
returns regclass
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  made text := (select c.relname from pg_class as c where c.oid = copy);
  options text := (select array_to_string(c.reloptions, ', ') from pg_class as c where c.oid = copy);
begin
  -- a dropped column stays in the rows of its table, but not in those of a table like it
  execute format('alter table %s drop column xid', copy);
  execute format('alter table %s rename to packed_draft', copy);
  execute format('create table _noetl.%I (like _noetl.packed_draft including all) with (%s)', made, options);
  drop table _noetl.packed_draft;
  return format('_noetl.%I', made)::regclass;
end
$$;

comment on function _noetl.omit_xid(regclass) is
  'Makes an empty table of _noetl.packing_table() anew, without its last column, xid. Its inverse: _noetl.restore_xid().';

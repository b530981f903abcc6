create or replace function _noetl.on_packing_change()
returns trigger
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    insert into _noetl.packing_change (partition, place) values (tg_relid, new.ctid);
  else
    insert into _noetl.packing_change (partition) values (tg_relid);
  end if;
  return null;
end
$$;

comment on function _noetl.on_packing_change() is
  'Notes what changes a partition while it is being packed. The trigger is on that partition alone and only until then: inserts of today''s samples do not pay for it.';

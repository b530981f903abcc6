create or replace function _noetl.watch_partition(partition regclass, tries integer)
returns text
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
declare
  sample regclass := _noetl.packing_table(partition);
  obstacle text := case when tries < 3 then _noetl.packing_obstacle(partition, sample) else 'it changed each time it had been copied' end;
begin
  execute format('drop table %s', sample);
  perform _noetl.lock_briefly(array[partition]);
  execute format('drop trigger if exists packing_change on %s', partition);
  if obstacle is null then
    -- by now no transaction is open that has written to it: the trigger sees whatever a later snapshot may not
    execute format('create trigger packing_change after insert or update or delete on %s for each row execute function _noetl.on_packing_change()', partition);
    execute format('alter table %s enable always trigger packing_change', partition);
  end if;
  insert into _noetl.packing (partition, tries, obstacle) values (partition, tries, obstacle);
  return coalesce(obstacle, 'watched');
end
$$;

comment on function _noetl.watch_partition(regclass, integer) is
  'First step of packing: from now on every change of the partition is noted. Returns watched, or why it stays as it is: what somebody has given it, or that three copies were out of date before they could take its place.';

create or replace function noetl.drop_collector(name text)
returns boolean
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  was_there boolean;
begin
  if exists (select from noetl.collector as c where c.name = drop_collector.name and c.origin = 'queue') then
    raise exception 'name: collector "%" is of a registered queue', name
      using errcode = 'invalid_parameter_value', hint = format('select noetl.unregister_queue(%L)', substr(name, length('queue:') + 1));
  end if;
  if exists (select from noetl.collector as c where c.name = drop_collector.name and c.origin <> 'own') then
    raise exception 'name: collector "%" is built in', name
      using errcode = 'invalid_parameter_value', hint = format('select noetl.disable_collector(%L)', name);
  end if;
  perform _noetl.forget_collector(name);
  delete from _noetl.collector as c where c.name = drop_collector.name;
  was_there := found;
  perform _noetl.forget_readers();
  return was_there;
end
$$;

comment on function noetl.drop_collector(text) is
  'Removes a collector, and its metrics from the page; false: there was none of that name. A built-in one can only be disabled, and that of a queue goes with noetl.unregister_queue(). Inverse: noetl.add_collector().';

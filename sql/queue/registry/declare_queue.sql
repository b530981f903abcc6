create or replace function _noetl.declare_queue(queue _noetl.queue)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  perform noetl.declare_metric(f.name, f.type, help => f.help, unit => f.unit, per_component => false,
    buckets => case f.type when 'histogram' then '{0.1,0.5,1,2.5,5,10,30,60,300,600,1800,3600}'::double precision[] end)
  from _noetl.queue_family(queue) as f
  where not exists (
    select from _noetl.family as known
    where known.name = f.name and known.help = f.help and not known.per_component and known.declared);
end
$$;

comment on function _noetl.declare_queue(_noetl.queue) is 'Declares the families that a queue is shown by, unless they are.';

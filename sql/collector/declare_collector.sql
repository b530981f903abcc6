create or replace function _noetl.declare_collector(metrics jsonb)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  perform noetl.declare_metric(
    m ->> 'name', coalesce(m ->> 'type', 'gauge'), m ->> 'help', m ->> 'unit',
    case when m ? 'buckets' then array(select b::double precision from jsonb_array_elements_text(m -> 'buckets') as b) end,
    per_component => false)
  from jsonb_path_query(metrics, '$.*') as m
  where not exists (
    select from _noetl.family as f
    where f.name = m ->> 'name' and f.metric_type = coalesce(m ->> 'type', 'gauge') and f.declared and not f.per_component
      and (f.help = m ->> 'help' or not m ? 'help') and (to_jsonb(f.buckets) = m -> 'buckets' or not m ? 'buckets'));
end
$$;

comment on function _noetl.declare_collector(jsonb) is 'Declares the families that a collector is shown by, unless they are; a name that is in use with another type is an error.';

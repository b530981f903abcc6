create or replace function _noetl.operational_samples(metrics jsonb, faults jsonb)
returns jsonb
language sql
volatile
parallel unsafe
begin atomic
  with good as (
    select m.metric, m.place
    from jsonb_array_elements(metrics) with ordinality as m (metric, place)
    where not exists (select from jsonb_array_elements(faults) as f where (f ->> 'index')::bigint = m.place - 1)
  ),
  service as (
    select s.name, _noetl.component_id(s.name, 'service') as runtime_id
    from (select distinct g.metric ->> 'service' as name from good as g where g.metric ->> 'service' is not null order by 1) as s
  )
  select coalesce(jsonb_agg(
    case when g.place is not null then
      _noetl.operational_sample(g.metric)
      || case when s.runtime_id is null then '{}' else jsonb_build_object('runtime_id', s.runtime_id) end
    end order by m.place), '[]')
  from jsonb_array_elements(metrics) with ordinality as m (metric, place)
  left join good as g on g.place = m.place
  left join service as s on s.name = g.metric ->> 'service';
end;

comment on function _noetl.operational_samples(jsonb, jsonb) is
  'Operational metrics as samples, in their order, with null for the faulty ones. Registers services at first sight.';

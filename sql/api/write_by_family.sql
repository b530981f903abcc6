create or replace function _noetl.write_by_family(samples jsonb, indexes bigint[], runtime_id bigint)
returns jsonb
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  batch record;
  faults jsonb := jsonb_build_array();
begin
  for batch in
    select array_agg(s.place - 1 order by s.place) as indexes
    from jsonb_array_elements(samples) with ordinality as s (sample, place)
    where write_by_family.indexes is null or s.place - 1 = any (write_by_family.indexes)
    group by s.sample ->> 'runtime_id', s.sample ->> 'metric_name', s.sample ->> 'metric_type'
    order by min(s.place)
  loop
    begin
      perform _noetl.write_samples(samples, batch.indexes, runtime_id);
    exception when check_violation or foreign_key_violation then
      faults := faults || (select jsonb_agg(_noetl.fault_entry(i, sqlerrm) order by i) from unnest(batch.indexes) as i);
    end;
  end loop;
  return faults;
end
$$;

comment on function _noetl.write_by_family(jsonb, bigint[], bigint) is
  'Stores the samples at the given indexes, null: all of them, each component, name and type by itself, and returns what the tables refuse as an array of {index, field, rule}. For a batch known to hold something that they do.';

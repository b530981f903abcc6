create or replace function _noetl.store_samples(samples jsonb, partial boolean, runtime_id bigint default null)
returns jsonb
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  component bigint := _noetl.writing_component(runtime_id);
  most integer := _noetl.integer_setting('batch_limit');
  faults jsonb;
  good bigint[];
begin
  if jsonb_typeof(samples) is distinct from 'array' then
    raise exception 'metrics: must be an array of samples, not %', coalesce(jsonb_typeof(samples), 'null')
      using errcode = 'invalid_parameter_value';
  end if;
  if jsonb_array_length(samples) > most then
    raise exception 'metrics: must be at most % samples, not %', most, jsonb_array_length(samples)
      using errcode = 'program_limit_exceeded';
  end if;
  faults := _noetl.posted_faults(samples, component);
  if faults <> '[]' then
    perform _noetl.count_rejected(format('%s: %s', f ->> 'field', f ->> 'rule')) from jsonb_array_elements(faults) as f;
    good := array(
      select i from generate_series(0, jsonb_array_length(samples)::bigint - 1) as i
      except
      select (f ->> 'index')::bigint from jsonb_array_elements(faults) as f);
  end if;
  if partial or faults = '[]' then
    begin
      perform _noetl.write_samples(samples, good, component);
    exception when check_violation or foreign_key_violation then
      faults := faults || _noetl.write_by_family(samples, good, component);
    end;
  end if;
  if faults <> '[]' and not partial then
    raise exception 'metrics[%].%: %', faults #>> '{0,index}', faults #>> '{0,field}', faults #>> '{0,rule}'
      using errcode = 'check_violation', detail = faults::text, schema = 'noetl', table = 'metric';
  end if;
  return jsonb_build_object(
    'stored', jsonb_array_length(samples) - jsonb_array_length(faults),
    'rejected', (select coalesce(jsonb_agg(f order by (f ->> 'index')::bigint), '[]') from jsonb_array_elements(faults) as f));
end
$$;

comment on function _noetl.store_samples(jsonb, boolean, bigint) is
  'Stores a batch of samples and returns {stored, rejected: [{index, field, rule}]}. All or nothing unless partial: the error''s detail then lists every bad sample. Samples that name no component are of runtime_id; null: of the session''s.';

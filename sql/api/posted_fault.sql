create or replace function _noetl.posted_fault(sample jsonb)
returns text
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  if coalesce(sample ->> 'runtime_id', '0') !~ '^\d{1,18}$' then
    return 'runtime_id: must be a whole number';
  end if;
  perform _noetl.given_time('timestamp', sample ->> 'timestamp');
  return _noetl.reported_fault(sample);
exception
  when invalid_datetime_format then
    return sqlerrm;
  when numeric_value_out_of_range then
    return 'metric_value: is out of the range of double precision';
end
$$;

comment on function _noetl.posted_fault(jsonb) is
  'What is wrong with one sample as a client sent it, as "field: rule"; null: nothing that can be told by itself.';

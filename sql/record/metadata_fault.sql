create or replace function _noetl.metadata_fault(metadata jsonb)
returns text
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  fault text := (select _noetl.sample_size_fault(null, null, metadata, l) from _noetl.intake_limit as l);
begin
  if fault is not null then
    perform _noetl.count_rejected(fault);
  end if;
  return fault;
end
$$;

comment on function _noetl.metadata_fault(jsonb) is
  'Why metadata are refused, which it counts: they are larger than the setting max_metadata_bytes; null: they are not.';

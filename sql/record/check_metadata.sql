create or replace function _noetl.check_metadata(metadata jsonb)
returns void
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
    raise exception '%', fault using errcode = 'check_violation', column = 'metadata';
  end if;
end
$$;

comment on function _noetl.check_metadata(jsonb) is 'Refuses metadata that are larger than the setting max_metadata_bytes.';

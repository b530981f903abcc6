create or replace function _noetl.sample_size_fault(help_text text, unit text, metadata jsonb, most _noetl.intake_limit)
returns text
language sql
immutable
parallel safe
return case
  when octet_length(help_text) > most.help_bytes then
    format('help_text: has %s bytes, of at most %s (the setting max_help_bytes)', octet_length(help_text), most.help_bytes)
  when octet_length(unit) > most.unit_bytes then
    format('unit: has %s bytes, of at most %s (the setting max_unit_bytes)', octet_length(unit), most.unit_bytes)
  -- of what is stored compressed elsewhere the size says nothing
  when pg_column_size(metadata) > most.metadata_bytes
    or pg_column_compression(metadata) is not null and octet_length(metadata::text) > most.metadata_bytes then
    format('metadata: has %s bytes, of at most %s (the setting max_metadata_bytes)',
      greatest(pg_column_size(metadata), octet_length(metadata::text)), most.metadata_bytes)
end;

comment on function _noetl.sample_size_fault(text, text, jsonb, _noetl.intake_limit) is
  'Which limit the help text, the unit or the metadata of a sample exceed, as "field: rule"; null: none.';

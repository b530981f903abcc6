create or replace function _noetl.fault_entry(index bigint, fault text)
returns jsonb
language sql
immutable
parallel safe
return jsonb_build_object('index', index, 'field', split_part(fault, ': ', 1), 'rule', substr(fault, strpos(fault, ': ') + 2));

comment on function _noetl.fault_entry(bigint, text) is 'A fault of the form "field: rule" as an object, with the index of its sample in the batch.';

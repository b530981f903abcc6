create or replace function _noetl.label_count(labels jsonb)
returns bigint
language sql
immutable
parallel safe
begin atomic
  select count(*) from jsonb_object_keys(labels);
end;

comment on function _noetl.label_count(jsonb) is 'How many labels an object of labels has.';

create or replace function _noetl.full_labels(labels jsonb)
returns jsonb
language sql
immutable
parallel safe
begin atomic
  select coalesce(jsonb_object_agg(l.key, l.value), '{}') from jsonb_each_text(labels) as l where l.value <> '';
end;

comment on function _noetl.full_labels(jsonb) is 'Labels without those whose value is empty, which are as good as absent.';

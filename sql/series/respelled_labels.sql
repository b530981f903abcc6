create or replace function _noetl.respelled_labels(labels jsonb, part "char", bound double precision)
returns jsonb
language sql
immutable
parallel safe
begin atomic
  select coalesce(
    jsonb_object_agg(
      l.key,
      case when (part = 'b' and l.key = 'le') or (part = 'q' and l.key = 'quantile') then _noetl.bound_text(bound) else l.value end),
    '{}')
  from jsonb_each_text(labels) as l
  where l.value <> '';
end;

comment on function _noetl.respelled_labels(jsonb, "char", double precision) is 'What _noetl.canonical_labels() does for labels that are not canonical yet.';

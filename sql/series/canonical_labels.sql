create or replace function _noetl.canonical_labels(labels jsonb, part "char", bound double precision)
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

comment on function _noetl.canonical_labels(jsonb, "char", double precision) is
  'The one spelling of a label set: every value a string, none null or empty, le and quantile in canonical form.';

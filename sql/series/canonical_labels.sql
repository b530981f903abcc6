create or replace function _noetl.canonical_labels(labels jsonb, part "char", bound double precision)
returns jsonb
language sql
immutable
parallel safe
return case
  when part not in ('b', 'q') and not labels @? '$.* ? (@.type() != "string" || @ == "")' then labels
  else _noetl.respelled_labels(labels, part, bound)
end;

comment on function _noetl.canonical_labels(jsonb, "char", double precision) is
  'The one spelling of a label set: every value a string, none null or empty, le and quantile in canonical form.';

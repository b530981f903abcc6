create or replace function _noetl.named_relations(statement text, schema text)
returns text[]
language sql
immutable
parallel safe
begin atomic
  select coalesce(array_agg(distinct format('%I.', schema) || m.found[1]), '{}')
  from regexp_matches(statement,
    '\m(?:from|join)\s+' || regexp_replace(quote_ident(schema), '([^a-zA-Z0-9_])', '\\\1', 'g') || '\.("(?:[^"]|"")+"|[a-z_][a-z0-9_$]*)', 'g') as m (found);
end;

comment on function _noetl.named_relations(text, text) is 'The relations of a schema that a statement written by us reads, by their names, quoted where they must be.';

create or replace function _noetl.import_fault(name text, labels jsonb)
returns text
language sql
immutable
parallel safe
return case
  when name is null or name !~ '^[a-zA-Z_:][a-zA-Z0-9_:]*$' then
    'name: must match [a-zA-Z_:][a-zA-Z0-9_:]*, not ' || coalesce(quote_ident(left(name, 60)), 'null')
  when labels is null or jsonb_typeof(labels) <> 'object' then 'labels: must be an object'
  when labels @? '$.* ? (@.type() <> "string")' then 'labels: every value must be a string'
  when labels @? '$.keyvalue() ? (!(@.key like_regex "^[a-zA-Z_][a-zA-Z0-9_]*$") || @.key == "__name__")' then
    'labels: a name must match [a-zA-Z_][a-zA-Z0-9_]* and not be __name__'
end;

comment on function _noetl.import_fault(text, jsonb) is 'Which rule a name or labels break whose samples are to be imported; null: none.';

create or replace function _noetl.import_fault(name text, labels jsonb, at timestamptz, now timestamptz)
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
  when at is null or at < '1970-01-01 00:00+00' or at > now + interval '10 minutes' then
    'at: must lie between 1970 and 10 minutes from now'
end;

comment on function _noetl.import_fault(text, jsonb, timestamptz, timestamptz) is 'Which rule a sample breaks that is to be imported; null: none.';

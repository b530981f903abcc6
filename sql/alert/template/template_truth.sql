create or replace function _noetl.template_truth(value jsonb)
returns boolean
language sql
immutable
parallel safe
return case jsonb_typeof(value)
  when 'boolean' then value::boolean
  when 'array' then (value ->> 0)::double precision <> 0
  when 'number' then value <> '0'
  when 'string' then value <> '""'
  else value <> '{}'
end;

comment on function _noetl.template_truth(jsonb) is 'Whether Go''s templates take a value for true: anything but false, 0, an empty text or no labels.';

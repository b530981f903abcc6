create or replace function _noetl.template_text(value jsonb)
returns text
language sql
immutable
parallel safe
return case jsonb_typeof(value)
  when 'array' then _noetl.go_general((value ->> 0)::double precision)
  when 'object' then (
    select 'map[' || coalesce(string_agg(e.key || ':' || e.value, ' ' order by e.key collate "C"), '') || ']' from jsonb_each_text(value) as e)
  else value #>> '{}'
end;

comment on function _noetl.template_text(jsonb) is
  'A value of a template as Go prints it. A string, boolean or whole number is itself; [text] is a floating-point number; an object is a set of labels.';

create or replace function _noetl.without_exemplars(body text)
returns text
language sql
immutable
parallel safe
return case
  when strpos(body, ' # {') = 0 then body
  else regexp_replace(
    body,
    '^([a-zA-Z_:][^ {\n]*(?:\{(?:[^"}\n]|"(?:[^"\\\n]|\\[^\n])*")*\})? [^ \n]+) # \{(?:[^"}\n]|"(?:[^"\\\n]|\\[^\n])*")*\} [^ \n]+(?: [^ \n]+)?$',
    '\1', 'gn')
end;

comment on function _noetl.without_exemplars(text) is 'A text in OpenMetrics without the exemplars behind its values.';

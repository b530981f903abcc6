create or replace function _noetl.unescaped(written text)
returns text
language sql
immutable
parallel safe
begin atomic
  -- split first: a backslash that is escaped itself escapes nothing
  select string_agg(replace(replace(p.part, '\n', E'\n'), '\"', '"'), '\' order by p.place)
  from string_to_table(written, '\\') with ordinality as p (part, place);
end;

comment on function _noetl.unescaped(text) is 'A label value or help text as the text format has it between quotes or to the end of a line, read back. Inverse: _noetl.escaped_label(text).';

create or replace function _noetl.line_fault(content text)
returns text
language sql
immutable
parallel safe
return case
  when content like E'%\r' then 'ends in CR LF; lines must end in LF alone'
  when content !~ '^[ \t]*[a-zA-Z_:]' then
    format('must be a sample or a comment; a metric name matches [a-zA-Z_:][a-zA-Z0-9_:]*, %s does not', quote_ident(left(btrim(content, E' \t'), 60)))
  when content !~ '^[ \t]*[a-zA-Z_:][a-zA-Z0-9_:]*[ \t]*[{ \t]' then 'must have a value after the metric name'
  when content !~ '^[ \t]*[a-zA-Z_:][a-zA-Z0-9_:]*[ \t]*\{' then 'must be a metric name, a value and nothing else'
  when content ~ '"(?:[^"\\]|\\.)*\\[^\\"n]' then 'a backslash in a label value must be followed by \, " or n'
  when content !~ '^[ \t]*[a-zA-Z_:][a-zA-Z0-9_:]*[ \t]*\{(?:[^"]|"(?:[^"\\]|\\.)*")*\}' then 'the labels must end in }, and each value in "'
  when content ~ '\}[ \t]*$' then 'must have a value after the labels'
  else 'the labels must be name="value" pairs with commas between them; a name matches [a-zA-Z_][a-zA-Z0-9_]*'
end;

comment on function _noetl.line_fault(text) is 'Which rule of the text format a line breaks that is neither a comment nor a sample.';

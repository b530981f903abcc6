create or replace function _noetl.text_exemplar(body text)
returns table (line bigint, metadata jsonb)
language sql
immutable
parallel safe
rows 10
begin atomic
  select w.line,
    jsonb_strip_nulls(jsonb_build_object(
      'exemplar_labels', _noetl.text_labels(w.parts[1], false), 'exemplar_value', _noetl.text_value(w.parts[2]),
      'exemplar_time', case when w.parts[3] ~ '^\d{1,11}(\.\d{1,9})?$' then w.parts[3]::numeric end))
  from (
    select l.line, regexp_match(
      l.content, '^[a-zA-Z_:][^ {]*(?:\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\})? [^ ]+ # \{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\} ([^ ]+)(?: ([^ ]+))?$') as parts
    from string_to_table(case when strpos(body, ' # {') > 0 then body end, E'\n') with ordinality as l (content, line)
    where l.content like '% # {%'
  ) as w
  where w.parts is not null and abs(_noetl.text_value(w.parts[2])) < 1e300;
end;

comment on function _noetl.text_exemplar(text) is 'One row is one exemplar in a text in OpenMetrics, as metadata of the sample in its line.';

create or replace function _noetl.page_exemplar()
returns table (name text, labels jsonb, exemplar jsonb, value text, at timestamptz)
language sql
stable
parallel safe
begin atomic
  select p.part[1], _noetl.text_labels(coalesce(p.part[2], ''), false), _noetl.text_labels(p.part[3], false), p.part[4],
    to_timestamp(p.part[5]::double precision)
  from string_to_table(noetl.openmetrics_text(), E'\n') as l (line)
  cross join lateral regexp_match(l.line, '^([^{ #]+)(?:\{(.*)\})? \S+(?: \S+)? # \{([^}]*)\} (\S+) (\S+)$') as p (part)
  where l.line like '% # {%' and p.part is not null;
end;

comment on function _noetl.page_exemplar() is 'The exemplars on the page: of each line that has one its name and labels, and the exemplar''s labels, value and time.';

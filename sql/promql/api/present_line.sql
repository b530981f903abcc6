create or replace function _noetl.present_line(form jsonb)
returns table (name text, labels jsonb, value double precision, at_ms bigint)
language sql
stable
parallel safe
begin atomic
  with line as materialized (
    select l.line_id, l.name, l.labels from _noetl.matched_line(form, true) as l
  )
  select l.name, l.labels, s.vals[cardinality(s.vals)], s.at_ms[cardinality(s.at_ms)]
  from _noetl.line_samples(array(select l.line_id from line as l), now() - interval '5 minutes', now()) as s
  join line as l on l.line_id = s.line_id
  -- null: it has ended
  where s.vals[cardinality(s.vals)] is not null;
end;

comment on function _noetl.present_line(jsonb) is
  'The lines that any selector of a form''s match[] matches, with their last value and its time in Unix milliseconds, unless they ended or have none for five minutes.';

create or replace function _noetl.rule_result(tree jsonb, at timestamptz)
returns table (labels jsonb, value double precision)
language sql
stable
parallel unsafe
begin atomic
  select coalesce(e.labels, '{}'), e.vals[1]
  from _noetl.evaluate_promql(tree, at, at) as e
  where e.kind in ('series', 'scalar') and e.vals[1] is not null;
end;

comment on function _noetl.rule_result(jsonb, timestamptz) is
  'What a rule''s expression, parsed, gives at a time: a row is one series, with its name in __name__; a scalar is one without labels.';

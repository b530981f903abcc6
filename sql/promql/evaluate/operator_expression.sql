create or replace function _noetl.operator_expression(op text, is_bool boolean, l text, r text, kept text)
returns text
language sql
stable
parallel safe
begin atomic
  select case
    when not o.is_comparison then c.expression
    when is_bool then format('case when %s is not null and %s is not null then (%s)::integer::float8 end', l, r, c.expression)
    else format('case when %s then %s end', c.expression, kept)
  end
  from _noetl.promql_operator as o
  cross join lateral (select replace(replace(o.expression, '{l}', l), '{r}', r) as expression) as c
  where o.op = operator_expression.op;
end;

comment on function _noetl.operator_expression(text, boolean, text, text, text) is
  'An operator between the SQL expressions l and r; a comparison gives 1 or 0 with bool, and else "kept" where it holds.';

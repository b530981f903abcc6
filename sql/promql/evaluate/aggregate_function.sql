create or replace view _noetl.aggregate_function as
select a.op, a.expression, a.ieee_expression, a.positive_expression
from (values
  ('sum', 'case when abs(sum({v})) * 1e6 < sum(abs({v})) then _noetl.raise_imprecise() else sum({v}) end', '_noetl.kahan_sum(array_agg({v}))', 'sum({v})'),
  ('avg', 'case when abs(sum({v})) * 1e6 < sum(abs({v})) then _noetl.raise_imprecise() else sum({v}) / nullif(count({v}), 0) end', '_noetl.kahan_avg(array_agg({v}))', 'avg({v})'),
  ('min', 'min({v})', null, null),
  ('max', '-min(-{v})', null, null),
  ('count', 'nullif(count({v}), 0)', null, null),
  ('group', 'case when count({v}) > 0 then 1 end', null, null),
  ('stdvar', 'var_pop({v})', '_noetl.kahan_variance(array_agg({v}))', null),
  ('stddev', 'stddev_pop({v})', 'sqrt(_noetl.kahan_variance(array_agg({v})))', null)
) as a (op, expression, ieee_expression, positive_expression);

comment on view _noetl.aggregate_function is
  'One row is one aggregation of the values {v} of a group at a step, as an SQL expression. min() takes NaN for the greatest value and so leaves it out, as Prometheus does for min and max. Where values cancel out so far that a plain sum has lost digits, the sum is left to ieee_expression.';
comment on column _noetl.aggregate_function.positive_expression is 'Instead of the expression where no value is negative, so that none cancels out another; null: the same.';
comment on column _noetl.aggregate_function.ieee_expression is 'Instead of the expression where PostgreSQL''s arithmetic has raised an error; null: the same.';

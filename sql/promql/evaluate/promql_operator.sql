create or replace view _noetl.promql_operator as
select o.op, o.is_comparison, o.expression
from (values
  ('+', false, '{l} + {r}'),
  ('-', false, '{l} - {r}'),
  ('*', false, '{l} * {r}'),
  ('/', false, 'case when {r} <> 0 then {l} / {r} else _noetl.ieee_divide({l}, {r}) end'),
  ('%', false, '_noetl.remainder({l}, {r})'),
  ('^', false, 'case when {l} > 0 and {l} < ''Infinity'' and abs({r} * ln({l})) < 700 then power({l}, {r}) else _noetl.ieee_power({l}, {r}) end'),
  ('atan2', false, 'atan2({l}, {r})'),
  -- PostgreSQL takes NaN for equal to NaN and greater than all other numbers
  ('==', true, '{l} = {r} and {l} <> ''NaN'''),
  ('!=', true, '({l} <> {r} or {l} = ''NaN'') and {r} is not null'),
  ('>', true, '{l} > {r} and {l} <> ''NaN'''),
  ('>=', true, '{l} >= {r} and {l} <> ''NaN'''),
  ('<', true, '{l} < {r} and {r} <> ''NaN'''),
  ('<=', true, '{l} <= {r} and {r} <> ''NaN''')
) as o (op, is_comparison, expression);

comment on view _noetl.promql_operator is
  'One row is one operator between two numbers {l} and {r}, as an SQL expression: a number, or whether a comparison holds; null when one of them is missing.';

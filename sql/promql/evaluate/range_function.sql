create or replace view _noetl.range_function as
select f.name, f.samples_needed, f.keeps_name, f.prefix, f.expression, f.ieee_expression,
  case f.name when 'rate' then '({increase} * {factor_per_second})' when 'increase' then '({increase} * {factor})' end as rising_expression
from (values
  ('value', 1, true, null, $$vals[{last}]$$, null),
  ('time', 1, true, null, $$case when vals[{last}] is not null then at_ms[{last}]::float8 / 1000 end$$, null),
  ('last_over_time', 1, true, null, $$vals[{last}]$$, null),
  ('first_over_time', 1, true, null, $$vals[{first}]$$, null),
  ('present_over_time', 1, false, null, $$1::float8$$, null),
  ('absent_over_time', 1, false, null, $$1::float8$$, null),
  ('count_over_time', 1, false, null, $${samples}::float8$$, null),
  ('rate', 2, false, 'fall',
    $$case when vals[{first}] * {sampled} >= {increase} * {to_start} then {increase} * ({factor} / {range})
      else _noetl.extrapolated({increase}, vals[{first}], {sampled}, {to_start}, {to_end}) / {range} end$$, null),
  ('increase', 2, false, 'fall',
    $$case when vals[{first}] * {sampled} >= {increase} * {to_start} then {increase} * {factor}
      else _noetl.extrapolated({increase}, vals[{first}], {sampled}, {to_start}, {to_end}) end$$, null),
  ('delta', 2, false, null, $$(vals[{last}] - vals[{first}]) * {factor}$$, null),
  ('irate', 2, false, null,
    $$case when vals[{last}] < vals[{last}-1] and vals[{last}-1] <> 'NaN' then vals[{last}] else vals[{last}] - vals[{last}-1] end
      / ((at_ms[{last}] operator(pg_catalog.-) at_ms[{last}-1])::float8 / 1000)$$, null),
  ('idelta', 2, false, null, $$vals[{last}] - vals[{last}-1]$$, null),
  ('resets', 1, false, 'resets', $${fallen}$$, null),
  ('changes', 1, false, 'changes', $${fallen}$$, null),
  ('min_over_time', 1, false, null, $${least}$$, null),
  ('max_over_time', 1, false, null, $$-{least_negative}$$, null),
  ('sum_over_time', 1, false, null,
    $$(select case when abs(sum(x)) * 10000 >= sum(abs(x)) then sum(x) else _noetl.kahan_sum({window}) end from unnest({window}) as x)$$,
    $$_noetl.kahan_sum({window})$$),
  ('avg_over_time', 1, false, null,
    $$(select case when abs(sum(x)) * 10000 >= sum(abs(x)) then sum(x) / {samples} else _noetl.kahan_avg({window}) end from unnest({window}) as x)$$,
    $$_noetl.kahan_avg({window})$$),
  ('stdvar_over_time', 1, false, null, $$(select var_pop(x) from unnest({window}) as x)$$, $$_noetl.kahan_variance({window})$$),
  ('stddev_over_time', 1, false, null, $$(select stddev_pop(x) from unnest({window}) as x)$$, $$sqrt(_noetl.kahan_variance({window}))$$),
  ('quantile_over_time', 1, false, null,
    $$case
      when {phi} = 'NaN' then 'NaN'::float8 when {phi} < 0 then '-Infinity' when {phi} > 1 then 'Infinity'
      else (select (coalesce(s.ascending[{low}], 'NaN') * (1::float8 - {weight})) + (coalesce(s.ascending[{high}], 'NaN') * {weight})
        from (select {ascending} as ascending offset 0) as s)
    end$$, null),
  ('deriv', 2, false, null,
    $$_noetl.linear_regression({window}, at_ms[{first}:{last}], at_ms[{first}], null)$$, null),
  ('predict_linear', 2, false, null,
    $$_noetl.linear_regression({window}, at_ms[{first}:{last}], {step_ms}, {phi})$$, null)
) as f (name, samples_needed, keeps_name, prefix, expression, ieee_expression);

comment on view _noetl.range_function is
  'One row is one function over the samples of a line in a range; "value" and "time" are what an instant selector gives. The expression may name vals and at_ms of the line, and in braces the columns of _noetl.promql_window(), or {window}: the values in the range; {least}, {least_negative}: the least of them, or of their negatives, leaving out NaN; {ascending}: all in order, as nulls and first those that are NaN; {increase}: the last less the first and what falls of a counter hide; {fallen}: the sum of the prefix over the range. Arithmetic in it is in brackets throughout, because operators of IEEE 754 may take the place of PostgreSQL''s, and those all bind alike.';
comment on column _noetl.range_function.samples_needed is 'With fewer samples in the range there is no value.';
comment on column _noetl.range_function.keeps_name is 'The result still carries the name of the metric.';
comment on column _noetl.range_function.prefix is 'What a sample adds to a running total that the expression reads at both ends of the range: fall: the value before it if it is lower (a counter was reset); resets, changes: 1 if it is lower, or another.';
comment on column _noetl.range_function.rising_expression is 'Instead of the expression of a line that never falls, and that is nowhere so near zero that it would be extrapolated to before it was zero.';
comment on column _noetl.range_function.ieee_expression is 'Instead of the expression where PostgreSQL''s arithmetic has raised an error; null: the expression with its operators replaced.';

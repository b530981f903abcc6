create or replace function _noetl.otlp_quantiles(point jsonb)
returns jsonb
language sql
immutable
parallel safe
begin atomic
  select case when bool_and(q.quantile between 0 and 1 and q.value is not null) is not false then
    coalesce(jsonb_object_agg(_noetl.bound_text(q.quantile), _noetl.float_text(q.value)) filter (where q.quantile is not null), '{}') end
  from (
    select coalesce(_noetl.otlp_number(coalesce(each -> 'quantile', '0')), -1) as quantile, _noetl.otlp_number(coalesce(each -> 'value', '0')) as value
    from jsonb_array_elements(coalesce(point -> 'quantileValues', '[]')) as each
  ) as q;
end;

comment on function _noetl.otlp_quantiles(jsonb) is 'The quantiles of a summary''s data point and their values; null: one of them is none.';

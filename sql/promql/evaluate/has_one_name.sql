create or replace function _noetl.has_one_name(node jsonb)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return case node ->> 'type'
    when 'vectorSelector' then node -> 'matchers' @> '[{"name": "__name__", "type": "="}]'
    when 'matrixSelector' then node -> 'matchers' @> '[{"name": "__name__", "type": "="}]'
    when 'parenExpr' then _noetl.has_one_name(node -> 'expr')
    when 'subquery' then _noetl.has_one_name(node -> 'expr')
    when 'unaryExpr' then true
    when 'call' then node #>> '{func,name}' not in ('last_over_time', 'first_over_time', 'sort', 'sort_desc', 'label_replace', 'label_join')
    when 'aggregation' then node ->> 'op' not in ('topk', 'bottomk') and not node -> 'grouping' ? '__name__'
    when 'binaryExpr' then node ->> 'op' in ('+', '-', '*', '/', '%', '^', 'atan2') and coalesce(node -> 'matching' -> 'include' ? '__name__' or node -> 'matching' -> 'labels' ? '__name__', false) is false
    else false
  end;
end
$$;

comment on function _noetl.has_one_name(jsonb) is
  'Whether all series that a node gives have the same name, or none, as its form shows: then their labels differ also without it.';

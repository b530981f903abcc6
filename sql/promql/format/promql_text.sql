create or replace function _noetl.promql_text(node jsonb)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return case node ->> 'type'
    when 'numberLiteral' then case when (node -> 'duration')::boolean then _noetl.go_duration(trunc((node ->> 'val')::numeric * 1000)::bigint) else node ->> 'val' end
    when 'stringLiteral' then _noetl.go_quoted(node ->> 'val')
    when 'parenExpr' then '(' || _noetl.promql_text(node -> 'expr') || ')'
    when 'unaryExpr' then (node ->> 'op') || _noetl.promql_text(node -> 'expr')
    when 'binaryExpr' then concat_ws(' ', _noetl.promql_text(node -> 'lhs'), _noetl.promql_operator_text(node), _noetl.promql_text(node -> 'rhs'))
    when 'subquery' then _noetl.promql_text(node -> 'expr') || _noetl.promql_subquery_text(node)
    when 'aggregation' then _noetl.promql_head(node) || '('
      || concat_ws(', ', _noetl.promql_text(nullif(node -> 'param', 'null')), _noetl.promql_text(node -> 'expr')) || ')'
    when 'call' then _noetl.promql_head(node) || '(' || coalesce((
      select string_agg(_noetl.promql_text(a.node), ', ' order by a.place)
      from jsonb_array_elements(node -> 'args') with ordinality as a (node, place)), '') || ')'
    else _noetl.promql_selector_text(node)
  end;
end
$$;

comment on function _noetl.promql_text(jsonb) is 'A node of an expression''s tree in Prometheus'' normal form, on one line; null: there is no node.';

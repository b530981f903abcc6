create or replace function _noetl.promql_pretty(node jsonb, level integer)
returns text
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  line constant text := _noetl.promql_text(node);
  indent constant text := repeat('  ', level);
begin
  if node ->> 'type' = 'unaryExpr' then
    return indent || (node ->> 'op') || btrim(_noetl.promql_pretty(node -> 'expr', level), E' \n');
  elsif octet_length(line) <= 100 or node ->> 'type' ~ '(?:Selector|Literal)$' then
    -- a subquery is not indented, in Prometheus either
    return case when node ->> 'type' = 'subquery' then '' else indent end || line;
  end if;
  return case node ->> 'type'
    when 'parenExpr' then format(E'%s(\n%s\n%1$s)', indent, _noetl.promql_pretty(node -> 'expr', level + 1))
    when 'subquery' then _noetl.promql_pretty(node -> 'expr', level) || _noetl.promql_subquery_text(node)
    when 'binaryExpr' then format(E'%s\n%s%s\n%s',
      _noetl.promql_pretty(node -> 'lhs', level + 1), indent, _noetl.promql_operator_text(node), _noetl.promql_pretty(node -> 'rhs', level + 1))
    else format(E'%s%s(\n%s\n%1$s)', indent, _noetl.promql_head(node), (
      select string_agg(_noetl.promql_pretty(a.node, level + 1), E',\n' order by a.place)
      from jsonb_array_elements(coalesce(node -> 'args', jsonb_path_query_array(node, '$.param ? (@ != null)') || jsonb_build_array(node -> 'expr')))
        with ordinality as a (node, place)))
  end;
end
$$;

comment on function _noetl.promql_pretty(jsonb, integer) is
  'A node of an expression''s tree as Prometheus formats it: on one line up to 100 bytes, else over several, indented from a level on.';

create or replace function _noetl.promql_closed(
  tokens text[], starts integer[], opened integer, at integer, nodes jsonb[], faults jsonb[], grouped jsonb,
  out node jsonb, out fault jsonb, out next integer)
returns record
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  op text := lower(tokens[opened]);
  parsed record;
begin
  next := at + 1;
  if op = '(' then
    node := jsonb_build_object('type', 'parenExpr', 'expr', nodes[1], 'start', starts[opened], 'end', starts[at] + 1, 'returns', nodes[1] -> 'returns');
    fault := faults[1];
    return;
  elsif not _noetl.is_aggregator(op) then
    parsed := _noetl.promql_call(tokens, starts, opened, at, nodes, faults);
    node := parsed.node;
    fault := parsed.fault;
    return;
  elsif grouped is null and lower(tokens[next]) in ('by', 'without') then
    parsed := _noetl.promql_labels(tokens, starts, next + 1);
    grouped := jsonb_build_object('without', lower(tokens[next]) = 'without', 'grouping', parsed.labels);
    next := parsed.next;
  end if;
  parsed := _noetl.promql_aggregate(tokens, starts, opened, next - 1, nodes, faults);
  node := parsed.node || coalesce(grouped, '{"without": false, "grouping": []}');
  fault := parsed.fault;
end
$$;

comment on function _noetl.promql_closed(text[], integer[], integer, integer, jsonb[], jsonb[], jsonb) is
  'The node of what was opened by one token and is closed by the parenthesis at another: an expression in parentheses, a function call or an aggregation. Also what is wrong with its types, and where it ends. grouped: what stood before the parentheses.';

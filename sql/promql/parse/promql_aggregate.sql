create or replace function _noetl.promql_aggregate(
  tokens text[], starts integer[], at integer, closed integer, nodes jsonb[], faults jsonb[], out node jsonb, out fault jsonb)
returns record
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  op text := lower(tokens[at]);
  takes integer := case when op in ('topk', 'bottomk', 'count_values', 'quantile', 'limitk', 'limit_ratio') then 2 else 1 end;
  message text := case
    when nodes = '{}' then 'no arguments for aggregate expression provided'
    when op like 'limit%' then format('%s() is experimental and must be enabled with --enable-feature=promql-experimental-functions', op)
    when cardinality(nodes) <> takes then format(
      'wrong number of arguments for aggregate expression provided, expected %s, got %s', takes, cardinality(nodes))
  end;
begin
  if message is not null then
    perform _noetl.raise_promql(tokens[0], starts[at], message);
  end if;
  node := jsonb_build_object('type', 'aggregation', 'op', op, 'expr', nodes[takes], 'param', case takes when 2 then nodes[1] end,
    'start', starts[at], 'end', starts[closed] + 1, 'returns', 'vector');
  fault := coalesce(faults[takes], _noetl.promql_type_fault(nodes[takes], 'vector', 'aggregation expression'));
  if takes = 2 then
    fault := coalesce(fault, faults[1],
      _noetl.promql_type_fault(nodes[1], case op when 'count_values' then 'string' else 'scalar' end, 'aggregation parameter'));
  end if;
end
$$;

comment on function _noetl.promql_aggregate(text[], integer[], integer, integer, jsonb[], jsonb[]) is
  'The node of the aggregation that begins at a token and is closed at another, but for its grouping, and what is wrong with its types.';

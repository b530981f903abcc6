create or replace function _noetl.promql_call(
  tokens text[], starts integer[], at integer, closed integer, nodes jsonb[], faults jsonb[], out node jsonb, out fault jsonb)
returns record
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  given integer := cardinality(nodes);
  known record;
  required integer;
  message text;
begin
  select f.* into known from _noetl.promql_function as f where f.name = tokens[at];
  if known is null then
    perform _noetl.raise_promql(tokens[0], starts[at], format('unknown function with name %s', _noetl.go_quoted(tokens[at])));
  elsif known.experimental then
    perform _noetl.raise_promql(tokens[0], starts[at], format('function "%s" is not enabled', tokens[at]));
  end if;
  node := jsonb_build_object('type', 'call',
    'func', jsonb_build_object('name', known.name, 'argTypes', known.arg_types, 'variadic', known.repeats, 'returnType', known.return_type),
    'args', nodes, 'start', starts[at], 'end', starts[closed] + 1, 'returns', known.return_type);
  required := cardinality(known.arg_types) - (known.repeats <> 0)::integer;
  message := case
    when known.repeats = 0 and given <> required then format('expected %s argument(s)', required)
    when given < required then format('expected at least %s argument(s)', required)
    when known.repeats > 0 and given > required + known.repeats then format('expected at most %s argument(s)', required + known.repeats)
  end;
  if message is not null then
    fault := jsonb_build_object('start', starts[at], 'message', format('%s in call to "%s", got %s', message, known.name, given));
  end if;
  for place in 1..given loop
    exit when fault is not null;
    fault := coalesce(faults[place], _noetl.promql_type_fault(
      nodes[place], known.arg_types[least(place, cardinality(known.arg_types))], format('call to function "%s"', known.name)));
  end loop;
end
$$;

comment on function _noetl.promql_call(text[], integer[], integer, integer, jsonb[], jsonb[]) is
  'The node of the function call that begins at a token and is closed at another, and what is wrong with its types. An unknown function is an error (NP001).';

create or replace function _noetl.found_schema(adapter text, schema text)
returns text
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  found text[] := array(
    select d.schema from noetl.detect_queues() as d
    where d.adapter = found_schema.adapter and d.schema = coalesce(found_schema.schema, d.schema));
begin
  if not exists (select from _noetl.queue_adapter as a where a.name = adapter) then
    raise exception 'adapter: there is none called "%"', adapter
      using errcode = 'invalid_parameter_value',
        hint = format('Give the table of a queue of your own, or one of: %s.',
          (select string_agg(a.name, ', ' order by a.name) from _noetl.queue_adapter as a));
  elsif cardinality(found) <> 1 then
    raise exception 'schema: %', case cardinality(found)
        when 0 then format('the tables of %s, with the columns it should have, are not in %s',
          (select a.library from _noetl.queue_adapter as a where a.name = adapter), coalesce(quote_ident(schema), 'this database'))
        else format('the tables of %s are in several: %s', adapter, array_to_string(found, ', ')) end
      using errcode = 'invalid_parameter_value', hint = 'select * from noetl.detect_queues()';
  end if;
  return found[1];
end
$$;

comment on function _noetl.found_schema(text, text) is
  'The schema that holds the tables of an adapter; null: whichever it is. None, several or an unknown adapter is an error.';

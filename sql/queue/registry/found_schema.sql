create or replace function _noetl.found_schema(adapter text, schema text)
returns text
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  title text := (select k.library ->> 'title' from _noetl.known_library() as k where k.adapter = found_schema.adapter);
  found text[] := array(
    select distinct l.schema from _noetl.found_library as l
    where l.adapter = found_schema.adapter and l.schema = coalesce(found_schema.schema, l.schema) and l.renamed is null
    order by 1);
begin
  if title is null then
    raise exception 'adapter: there is none called "%"', adapter
      using errcode = 'invalid_parameter_value',
        hint = format('Give the table of a queue of your own, or one of: %s.', (select string_agg(k.adapter, ', ') from _noetl.known_library() as k));
  elsif cardinality(found) <> 1 then
    raise exception 'schema: %', case cardinality(found)
        when 0 then format('the tables of %s, with the columns it should have, are not in %s', title, coalesce(quote_ident(schema), 'this database'))
        else format('the tables of %s are in several: %s', adapter, array_to_string(found, ', ')) end
      using errcode = 'invalid_parameter_value', hint = 'select * from noetl.detect_queues()';
  end if;
  return found[1];
end
$$;

comment on function _noetl.found_schema(text, text) is
  'The schema that holds the tables of an adapter; null: whichever it is. None, several or an unknown adapter is an error.';

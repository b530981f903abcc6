create or replace function _noetl.listed_queues(schema text, list text)
returns setof text
language plpgsql
stable
parallel safe
rows 10
set search_path = pg_catalog, pg_temp
as $$
begin
  if schema is not null then
    return query execute format('select q.queue_name from %s as q order by 1',
      _noetl.as_reader(_noetl.reading_role(array[format('%I.%I', schema, list)]), format('select q.queue_name::text from %I.%I as q', schema, list), '{queue_name text}', 'null'));
  end if;
end
$$;

comment on function _noetl.listed_queues(text, text) is 'The names of the queues that a library lists in a table of that name, which has a table for each; none for a null schema.';

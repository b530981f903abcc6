create or replace function _noetl.pgmq_queues(schema text)
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
      _noetl.as_reader(_noetl.reading_role(array[format('%I.meta', schema)]), format('select q.queue_name::text from %I.meta as q', schema), '{queue_name text}', 'null'));
  end if;
end
$$;

comment on function _noetl.pgmq_queues(text) is 'The names of the queues that pgmq has; none for a null schema.';

create or replace function _noetl.queue_library(queue _noetl.queue)
returns jsonb
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  library jsonb;
  lease text;
  per text := queue.options ->> 'per';
begin
  if queue.adapter = 'table' then
    library := _noetl.own_table(queue.relation, queue.options);
  else
    execute format('select _noetl.%I($1, $2)::jsonb', queue.adapter) into library using queue.options ->> 'schema', queue.options;
    -- in seconds: a day is longer in one session's time zone than in another's
    lease := format('interval ''%s seconds''', extract(epoch from coalesce(queue.options ->> 'lease', library ->> 'lease')::interval));
    library := _noetl.filled_in(
      replace(library::text, '{lease}', coalesce(lease, 'null')), queue.options ->> 'schema', queue.options -> 'tables')::jsonb;
  end if;
  if library @? '$.tables[*] ? (@.optional == true)' then
    library := jsonb_set(library, '{tables}', (
      select jsonb_agg(t.doc order by t.place)
      from jsonb_array_elements(library -> 'tables') with ordinality as t (doc, place)
      where not t.doc ? 'optional' or to_regclass(format('%I.%I', queue.options ->> 'schema', t.doc ->> 'table')) is not null));
  end if;
  return library || jsonb_build_object(
    'schema', queue.options -> 'schema',
    'renamed', queue.options -> 'tables',
    'keys', case when per = 'task' then library -> 'keys' || coalesce(library -> 'task_keys', '[]') else library -> 'keys' end,
    'beat', nullif(library ->> 'beat', ''),
    'joins', case when per = 'task' then concat_ws(' ', library ->> 'joins', library ->> 'task_joins') else library ->> 'joins' end,
    'label', case per when 'none' then quote_literal(queue.name) when 'task' then library ->> 'task' else library ->> 'queue' end,
    'names', case when per = 'task' then null else nullif(library ->> 'names', '') end);
end
$$;

comment on function _noetl.queue_library(_noetl.queue) is
  'All that is known of how a queue''s jobs are kept, in the terms of _noetl.queue_library, with the tables and columns that are there now. keys, joins and names are those that its lines need; label is what names a line, null: the queue''s name.';

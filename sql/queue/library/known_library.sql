create or replace function _noetl.known_library()
returns table (adapter text, library jsonb)
language plpgsql
stable
parallel safe
security definer
rows 20
set search_path = pg_catalog, pg_temp
as $$
declare
  made text;
begin
  for made in
    select p.proname from pg_proc as p
    where p.pronamespace = '_noetl'::regnamespace and p.prorettype = '_noetl.queue_library'::regtype
    order by 1
  loop
    adapter := made;
    execute format('select _noetl.%I(null, ''{}'')::jsonb', made) into library;
    return next;
  end loop;
end
$$;

comment on function _noetl.known_library() is
  'The libraries whose queues can be registered by their name, as no schema in particular has them: one for each function of type _noetl.queue_library.';

create or replace function _noetl.read_as(
  role oid,
  statement text,
  columns text,
  at timestamptz default null,
  seen pg_snapshot default null,
  more jsonb default null
)
returns setof record
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  reader regprocedure := _noetl.reader_function(role, case when starts_with(statement, 'explain') then 'v' else 's' end::"char");
  prepared text[] := array(select p.name from pg_prepared_statements as p);
  left_behind text;
begin
  if reader is null then
    raise exception 'rights: nothing reads as % yet', role::regrole
      using errcode = 'insufficient_privilege', hint = 'Register the queue again, or let noetl.collect_queue() read it.';
  end if;
  return query execute format('select r.* from %s($1, $2, $3, $4) as r (%s)', reader::oid::regproc, columns) using statement, at, seen, more;
  -- all else that the statement did is undone by then; this would be executed by whoever has the name
  foreach left_behind in array array(select p.name from pg_prepared_statements as p where p.from_sql and p.name <> all (prepared)) loop
    perform _noetl.forget_prepared(left_behind);
  end loop;
end
$$;

comment on function _noetl.read_as(oid, text, text, timestamptz, pg_snapshot, jsonb) is
  'The rows of a query, or of an explain, that is run with the rights of a role, in the snapshot of the caller; its $1, $2 and $3 are at, seen and more, whose "search_path" it gets, if it is an object with that. The caller names the columns again, as every function that returns record wants. Whatever else it does is undone.';

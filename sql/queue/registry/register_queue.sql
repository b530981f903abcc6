create or replace function noetl.register_queue(
  name text,
  relation regclass default null,
  status text default null,
  run_at text default null,
  queued_at text default null,
  lease_expires_at text default null,
  ready_status text default null,
  running_status text default null,
  failed_status text default null,
  started_at text default null,
  finished_at text default null,
  attempts text default null,
  blocked text default null,
  queue text default null,
  task text default null,
  operation text default null,
  condition text default null,
  time_zone text default null,
  prefix text default null,
  adapter text default null,
  schema text default null,
  lease interval default null,
  max_reads integer default null,
  per text default null
)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  options jsonb := jsonb_strip_nulls(jsonb_build_object('lease', lease, 'max_reads', max_reads, 'per', per));
  new _noetl.queue;
  own text;
begin
  if coalesce(name, '') = '' or lease <= interval '0' or max_reads <= 0 or per not in ('queue', 'task', 'none') then
    raise exception '%', case
        when coalesce(name, '') = '' then 'name: must not be empty'
        when lease <= interval '0' then 'lease: must be longer than zero'
        when max_reads <= 0 then 'max_reads: must be above 0'
        else 'per: must be queue, task or none' end
      using errcode = 'invalid_parameter_value';
  end if;
  if relation is null then
    new.adapter := coalesce(adapter, name);
    options := options || jsonb_build_object('schema', _noetl.found_schema(new.adapter, schema));
    options := options || jsonb_strip_nulls(jsonb_build_object('time_zone', time_zone));
  else
    new.adapter := 'table';
    select format('%I.%I', n.nspname, c.relname) into own
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace where c.oid = relation;
    if row_security_active(relation) then
      raise exception 'relation: row security of % would hide rows from %, so that it would count too few', own, current_user
        using errcode = 'insufficient_privilege',
          hint = 'Register and collect as the owner of the table, or as a role with BYPASSRLS.';
    end if;
    options := options || _noetl.table_options(relation, _noetl.usual_columns(relation, time_zone) || jsonb_strip_nulls(jsonb_build_object(
      'status', status, 'run_at', run_at, 'queued_at', queued_at, 'lease_expires_at', lease_expires_at,
      'ready_status', ready_status, 'running_status', running_status, 'failed_status', failed_status,
      'started_at', started_at, 'finished_at', finished_at, 'attempts', attempts, 'blocked', blocked,
      'queue', queue, 'task', task, 'operation', operation, 'condition', condition, 'time_zone', time_zone)));
  end if;

  insert into _noetl.queue as q (name, adapter, relation, options, prefix)
  values (register_queue.name, new.adapter, own, options, register_queue.prefix)
  on conflict on constraint queue_name_key do update set
    adapter = excluded.adapter, relation = excluded.relation, options = excluded.options, prefix = excluded.prefix
  returning * into new;
  if exists (select from _noetl.queue_tracking as t where t.queue_id = new.queue_id) then
    perform noetl.untrack_queue(name);
  end if;
  begin
    perform _noetl.read_queue(new);
  exception when others then
    raise exception 'queue "%" cannot be read as asked: %', name, sqlerrm using
      errcode = sqlstate,
      hint = format('It is read as %s, who needs select on its tables, and must own them or have BYPASSRLS where they have row security.', current_user);
  end;
  perform _noetl.declare_queue(new);
end
$$;

comment on function noetl.register_queue(text, regclass, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, interval, integer, text) is
  'Registers a job queue, or changes it: of a library by the library''s name (see noetl.detect_queues()), else by its table. It is read once, and refused with the reason if it cannot be read as asked.
A library: adapter (default: the name), schema (default: the one that has it), lease: how long a claim or a worker''s beat lasts; max_reads: a pgmq message read so often is failed.
A table: columns or expressions for status, run_at (from when on it may run; null: at once), queued_at, started_at, finished_at, lease_expires_at, attempts (above 0: a retry), blocked, queue, task, operation (what durations are told apart by), and condition for the rows that count; started_at, finished_at and blueprint (operation) are used where there are columns of these names; ready_status, running_status, failed_status: the values of status; time_zone of timestamps without one.
prefix: also on the page as <prefix>_queue_depth and so on. per: one line for each queue, task, or none of them.';

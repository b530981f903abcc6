create or replace function _noetl.check_queue(name text, lease interval, max_reads integer, per text, prefix text)
returns void
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  fault text := case
    when coalesce(name, '') = '' then 'name: must not be empty'
    when lease <= interval '0' then 'lease: must be longer than zero'
    when max_reads <= 0 then 'max_reads: must be above 0'
    when per not in ('queue', 'task', 'none') then 'per: must be queue, task or none'
    when prefix = 'noetl' then 'prefix: noetl is that of what is there without one'
    else (
      select format('prefix: queue "%s" has it, and two would overwrite each other''s lines', q.name)
      from _noetl.queue as q where q.prefix = check_queue.prefix and q.name <> check_queue.name)
  end;
begin
  if fault is not null then
    raise exception '%', fault using errcode = 'invalid_parameter_value';
  end if;
end
$$;

comment on function _noetl.check_queue(text, interval, integer, text, text) is 'Raises an error that names the argument of noetl.register_queue() which cannot be, if there is one.';

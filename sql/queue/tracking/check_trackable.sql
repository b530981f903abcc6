create or replace function _noetl.check_trackable(name text, queue _noetl.queue)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  library jsonb := case when not (queue is null) then _noetl.queue_library(queue) end;
  fault text := case
    when queue is null then format('there is no queue "%s"', name)
    when queue.options ->> 'per' = 'task' and library ? 'untracked_task' then format('"%s" is read per task, which %s', name, library ->> 'untracked_task')
  end;
begin
  if fault is null then
    fault := (
      select case
          when c.oid is null then format('the table %s of "%s" is not there', s.relation, name)
          when c.relkind not in ('r', 'p') then format('%s is no ordinary table', t.oid::regclass)
          when c.relpersistence <> 'p' then format('%s is not logged, so that a crash empties it past its triggers', t.oid::regclass)
          when t.oid = t.root and exists (select from pg_inherits as i where i.inhrelid = t.oid) then
            format('%s is part of %s, which is written to past its triggers', s.relation,
              (select i.inhparent::regclass from pg_inherits as i where i.inhrelid = t.oid))
          when exists (select from pg_subscription_rel as r where r.srrelid = t.oid) then
            format('%s is filled by a subscription, which fires no triggers of statements', t.oid::regclass)
        end
      from _noetl.tracking_source(library) as s
      left join lateral _noetl.tracking_tree(array[s.relation]) as t on true
      left join pg_class as c on c.oid = t.oid
      where c.oid is null or c.relkind not in ('r', 'p') or c.relpersistence <> 'p'
        or t.oid = t.root and exists (select from pg_inherits as i where i.inhrelid = t.oid)
        or exists (select from pg_subscription_rel as r where r.srrelid = t.oid)
      order by s.place, t.oid
      limit 1);
  end if;
  if fault is null and queue.adapter = 'table' then
    fault := (
      select format('%s of "%s" cannot be counted by triggers, which see nothing but the row: %s: %s', o.key, name, o.value, f.fault)
      from jsonb_each_text(queue.options) as o
      cross join lateral (
        select _noetl.row_fault(to_regclass(queue.relation), _noetl.reading_role(array[queue.relation]), o.value) as fault
      ) as f
      where o.key in ('status', 'run_at', 'queued_at', 'started_at', 'lease_expires_at', 'attempts', 'blocked', 'queue', 'task', 'operation', 'condition')
        and o.value like '(%' and f.fault is not null
      order by o.key
      limit 1);
  end if;
  if fault is not null then
    raise exception 'name: %', fault using errcode = 'invalid_parameter_value';
  end if;
end
$$;

comment on function _noetl.check_trackable(text, _noetl.queue) is 'Raises an error that says why a queue cannot be tracked, if it cannot.';

create or replace function _noetl.check_trackable(name text, queue _noetl.queue)
returns void
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  fault text := case
    when queue is null then format('there is no queue "%s"', name)
    when queue.adapter = 'solid_queue' and queue.options ->> 'per' = 'task' then
      format('"%s" is read per task, which the tables of Solid Queue that hold its jobs by state do not name', name)
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
      from _noetl.tracking_source(queue) as s
      left join lateral _noetl.tracking_tree(array[s.relation]) as t on true
      left join pg_class as c on c.oid = t.oid
      where c.oid is null or c.relkind not in ('r', 'p') or c.relpersistence <> 'p'
        or t.oid = t.root and exists (select from pg_inherits as i where i.inhrelid = t.oid)
        or exists (select from pg_subscription_rel as r where r.srrelid = t.oid)
      order by s.place, t.oid
      limit 1);
  end if;
  if fault is not null then
    raise exception 'name: %', fault using errcode = 'invalid_parameter_value';
  end if;
end
$$;

comment on function _noetl.check_trackable(text, _noetl.queue) is 'Raises an error that says why a queue cannot be tracked, if it cannot.';
